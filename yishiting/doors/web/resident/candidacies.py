"""自荐: a resident comes forward, sees how it goes, changes what is shown, steps back."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.declared import buttons, said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.fields import VerbForm
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.ground.accounts.permissions import signed_in
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.year.councils.actions import stand
from yishiting.year.councils.choices import Publishable
from yishiting.year.councils.models import Candidate, Constituency
from yishiting.year.councils.permissions import the_candidate
from yishiting.year.councils.queries import taking_nominations

CANDIDATE = ("place", "constituency__term__place", "constituency__place", "by_election", "person")
#: What the council's desk finds out, and what the account knows already.
NOT_ASKED = ("phone", "identities")


class StandForm(VerbForm):
    """What the verb asks, and where one stands; `open_here` takes nominations today, at least one of them."""

    def __init__(self, open_here: list[Constituency], data: Any = None, **kwargs: Any) -> None:
        self.open_here = {str(one.pk): one for one in open_here}
        super().__init__(VERBS["candidate.stand"], open_here[0], data, **kwargs)
        for name in NOT_ASKED:
            del self.fields[name]
        self.fields["constituency"] = forms.ChoiceField(
            label=_("您在哪个推选单位参选"),
            widget=ours.RadioCards(),
            choices=[(key, one.name) for key, one in self.open_here.items()],
            initial=str(open_here[0].pk),
        )
        self.order_fields(["constituency"])

    def told(self) -> dict[str, Any]:
        """What the verb asks, without where."""
        return {name: value for name, value in super().told().items() if name != "constituency"}

    @property
    def where(self) -> Constituency:
        """The constituency that was chosen."""
        return self.open_here[self.cleaned_data["constituency"]]


@door(Place, needs=signed_in)
def stand_here(request: Request, place: Place) -> HttpResponse:
    """Come forward oneself."""
    open_here = taking_nominations(place)
    if not open_here:
        raise Refused(_("%(place)s现在不在提名推荐阶段。开始时会在协商会页面公布。") % {"place": place.name})
    form = StandForm(open_here, request.POST or None)
    if request.person is not None:
        form.fields["name"].initial = request.person.name
    return perform(
        request,
        form,
        lambda **_words: stand(form.where, by=person_of(request), **form.told()),
        page="resident/stand.html",
        to=lambda candidate: reverse("my-candidacy", args=[candidate.pk]),
        done=lambda result: said_after(VERBS["candidate.stand"], result),
        context={"crumbs": _crumbs(place, _("自荐")), "back": reverse("council", args=[place.code])},
    )


@door(Candidate, needs=the_candidate, related=CANDIDATE)
def my_candidacy(request: Request, candidate: Candidate) -> HttpResponse:
    """How my candidacy stands."""
    shown = {
        "candidate": candidate,
        "facts": _facts(candidate),
        "verbs": buttons(request, candidate, asleep=False, room="me"),
        "crumbs": _crumbs(candidate.place, _("我的参选")),
    }
    return render(request, "resident/candidacy.html", shown)


def _facts(candidate: Candidate) -> list[Fact]:
    agreed = [_("姓名"), *(str(Publishable(kind).label) for kind in candidate.publishes)]
    facts = [
        Fact(_("推选单位"), candidate.constituency.name),
        Fact(_("姓名"), candidate.name),
        Fact(_("出生年份"), candidate.birth_year or ""),
        Fact(_("单位或楼院"), candidate.unit),
        Fact(_("公开的内容"), "、".join(agreed)),
        Fact(_("审查意见"), candidate.review_note),
    ]
    return [fact for fact in facts if fact.value]


def _crumbs(place: Place, title: str) -> list[Link]:
    council = Link(_("议事协商会"), reverse("council", args=[place.code]))
    return [Link(place.name, reverse("place", args=[place.code])), council, Link(title, "")]


urlpatterns = [
    path("p/<str:code>/stand/", stand_here, name="stand"),
    path("candidacies/<uuid:pk>/", my_candidacy, name="my-candidacy"),
]
