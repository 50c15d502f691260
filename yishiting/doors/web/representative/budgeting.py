"""预算表决 for representatives, on the phone: the projects with their costs, marked once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.declared import said_after
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

#: The button that sums up without voting.
COUNT = "count"
#: How much of what would be done stands on the ballot.
SHOWN_MOST = 80


class BallotForm(ours.Form):
    """The projects as cards, and the tick that one has looked again."""

    choices = forms.TypedMultipleChoiceField(label=gettext_lazy("您选哪几项"), coerce=int, required=True)
    sure = forms.BooleanField(label=gettext_lazy("我已核对，投出以后不能改"))

    def __init__(self, options: list[BudgetOption], most: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["choices"]
        said: dict[Any, Words] = {one.number: _says(one) for one in options}
        field.widget = ours.CheckCards(said, {one.number: one.cost for one in options})
        field.choices = [(one.number, f"{one.number}. {one.title}") for one in options]
        field.help_text = _("最多选%(n)s项。") % {"n": most}
        field.error_messages["required"] = _("请至少选一项。")

    def clean(self) -> dict[str, Any]:
        """Only the numbers."""
        given = super().clean() or self.cleaned_data
        return {"choices": given.get("choices", [])}


def _says(option: BudgetOption) -> str:
    """What an option costs, for whom it is, and what would be done."""
    cost = _("费用%(cost)s") % {"cost": money(option.cost)}
    return _("。").join(filter(None, (cost, option.proposal.beneficiaries, option.proposal.measures[:SHOWN_MOST])))


@dataclass(frozen=True, slots=True)
class Total:
    """What the options ticked so far come to, beside the money there is; the page says the same while one ticks."""

    within = gettext_lazy("已选合计{sum}，还剩{rest}。")
    over = gettext_lazy("已选合计{sum}，比经费总额多{rest}。多选不要紧，最后按票数和费用依次列入。")

    chosen: int
    budget: int

    @property
    def words(self) -> str:
        """The sum, and what is left or lacking."""
        said = str(self.within if self.chosen <= self.budget else self.over)
        return said.format(sum=money(self.chosen), rest=money(abs(self.budget - self.chosen)))


def total_of(options: list[BudgetOption], ticked: Iterable[str], budget: int) -> Total:
    """Of what somebody has ticked."""
    numbers = set(ticked)
    return Total(sum(one.cost for one in options if str(one.number) in numbers), budget)


def waiting(person: Person) -> list[Waiting]:
    """The votes that wait for this person."""
    return [
        Waiting(
            one.vote.title,
            reverse("my-budget-vote", args=[one.pk]),
            Button(_("去投票"), reverse("my-budget-vote", args=[one.pk]), "primary", "get"),
            _("经费总额%(sum)s") % {"sum": money(one.vote.budget)},
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
    ticked = request.POST.getlist("choices")
    form = BallotForm(options, vote.rule["choices_most"], request.POST or None)
    if COUNT in request.POST:  # only to see what it comes to: nothing is cast, and nothing is wrong yet
        form = BallotForm(options, vote.rule["choices_most"], None, initial={"choices": ticked})
    mine = set(voter.ballot.choices) if voter.way == Way.PHONE else set()
    here = reverse("my-budget-vote", args=[voter.pk])
    return perform(
        request,
        form,
        lambda choices: cast_ballot(voter, by=request.actor, choices=choices),
        page="representative/budget_vote.html",
        to=here,
        done=lambda result: said_after(VERBS["budget_ballot.cast"], result),
        context={
            "vote": vote,
            "voter": voter,
            "total": total_of(options, ticked, vote.budget),
            "open": why_not_now("budget_ballot.cast", voter) is None,
            "mine": [one for one in options if one.number in mine],
            "crumbs": [Link(_("代表"), reverse("representative-home")), Link(vote.title, "")],
        },
    )


urlpatterns = [path("budget-votes/<uuid:pk>/", my_budget_vote, name="my-budget-vote")]
