"""预算表决 for representatives, on the phone: the projects with their costs, marked once."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link, Waiting, Words
from yishiting.doors.web.shared.templatetags.yishiting_ui import money
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import VERBS, why_not_now
from yishiting.year.budgeting.actions import cast_ballot
from yishiting.year.budgeting.models import BudgetOption, Voter, Way
from yishiting.year.budgeting.permissions import the_voter
from yishiting.year.budgeting.queries import open_for, options_of


class BallotForm(ours.Form):
    """The projects as cards, and the tick that one has looked again."""

    choices = forms.TypedMultipleChoiceField(label=gettext_lazy("您选哪几项"), coerce=int, required=True)
    sure = forms.BooleanField(label=gettext_lazy("我已核对，投出以后不能改"))

    def __init__(self, options: list[BudgetOption], most: int, *args: Any) -> None:
        super().__init__(*args)
        field: Any = self.fields["choices"]
        costs: dict[Any, Words] = {one.number: _("费用%(cost)s") % {"cost": money(one.cost)} for one in options}
        field.widget = ours.CheckCards(costs)
        field.choices = [(one.number, f"{one.number}. {one.title}") for one in options]
        field.help_text = _("最多选%(n)s项。") % {"n": most}
        field.error_messages["required"] = _("请至少选一项。")

    def clean(self) -> dict[str, Any]:
        """Only the numbers."""
        given = super().clean() or self.cleaned_data
        return {"choices": given.get("choices", [])}


def waiting(person: Person) -> list[Waiting]:
    """The votes that wait for this person."""
    return [
        Waiting(
            one.vote.title,
            reverse("my-budget-vote", args=[one.pk]),
            Button(_("去投票"), reverse("my-budget-vote", args=[one.pk]), "primary", "get"),
            _("可用的钱%(sum)s") % {"sum": money(one.vote.budget)},
            one.vote.closes,
        )
        for one in open_for(person, timezone.localdate())
        if one.way == Way.NOT_YET
    ]


@door(Voter, needs=the_voter, related=("place", "vote__place", "representative"))
def my_budget_vote(request: Request, voter: Voter) -> HttpResponse:
    """Mark the projects once; afterwards, what I marked."""
    vote = voter.vote
    options = options_of(vote)
    mine = set(voter.ballot.choices) if voter.way == Way.PHONE else set()
    here = reverse("my-budget-vote", args=[voter.pk])
    return perform(
        request,
        BallotForm(options, vote.rule["choices_most"], request.POST or None),
        lambda choices: cast_ballot(voter, by=request.actor, choices=choices),
        page="representative/budget_vote.html",
        to=here,
        done=str(VERBS["budget_ballot.cast"].done),
        context={
            "vote": vote,
            "voter": voter,
            "open": why_not_now("budget_ballot.cast", voter) is None,
            "mine": [one for one in options if one.number in mine],
            "crumbs": [Link(_("代表"), reverse("representative-home")), Link(vote.title, "")],
        },
    )


urlpatterns = [path("budget-votes/<uuid:pk>/", my_budget_vote, name="my-budget-vote")]
