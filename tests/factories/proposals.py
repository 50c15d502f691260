"""Proposals at every stage."""

from typing import Any

from tests.cast import Cast
from tests.factories import meetings
from tests.factories.suggestions import a_suggestion
from tests.put_back import kept
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.year.dossiers.actions import refer
from yishiting.year.dossiers.models import ReferralKind
from yishiting.year.meetings.actions import convene_meeting, open_meeting
from yishiting.year.meetings.models import Meeting
from yishiting.year.proposals.actions import decide_proposal, draft_proposal, table_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.actions import screen_suggestion
from yishiting.year.suggestions.models import Criterion, Mark, Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

OF_THE_SUBDISTRICT: dict[str, Any] = {
    "situation": "农展馆南路东口没有红绿灯。",
    "measures": "请交管部门装红绿灯。",
    "responsible_level": ResponsibleLevel.SUBDISTRICT,
}


@kept
def valid(cast: Cast, **facts: Any) -> Suggestion:
    """A suggestion that has passed the screening."""
    suggestion = a_suggestion(cast, **facts)
    marks = {criterion: str(Mark.PASS) for criterion in Criterion.values}
    return screen_suggestion(suggestion, by=cast.wang, **marks, result=SuggestionState.VALID)


@kept
def drafted(cast: Cast, **changes: Any) -> Proposal:
    given: dict[str, Any] = {
        "title": "楼前绿地改停车位",
        "situation": "3号楼前车辆占道，救护车进不来。",
        "measures": "把楼前绿地改成12个车位，东侧留出消防通道。",
        "responsible_level": ResponsibleLevel.COMMUNITY,
    }
    sources = changes.pop("suggestions", None) or [valid(cast)]
    return draft_proposal(cast.zaobei, by=cast.liu, suggestions=sources, **{**given, **changes})


@kept
def tabled(cast: Cast, proposal: Proposal | None = None) -> tuple[Proposal, Meeting]:
    given = proposal or drafted(cast)
    meeting = meetings.planned(cast)
    return table_proposal(given, by=cast.liu, meeting=meeting), meeting


@kept
def on_the_floor(cast: Cast, clock: Any, proposal: Proposal | None = None) -> tuple[Proposal, Meeting]:
    """Tabled at a meeting that is open."""
    given, meeting = tabled(cast, proposal)
    convene_meeting(meeting, by=cast.wang)
    clock.to(meetings.DAY, 14)
    meetings.here(cast, meeting, 10)
    open_meeting(meeting, by=cast.wang)
    return given, meeting


@kept
def decided(
    cast: Cast, clock: Any, proposal: Proposal | None = None, to: State = State.ADOPTED, **words: str
) -> Proposal:
    given, _ = on_the_floor(cast, clock, proposal)
    yes = 8 if to == State.ADOPTED else 4
    meetings.voted(cast, given.agenda_item, yes, 9 - yes, 1)
    return decide_proposal(given, by=cast.wang, to=to, **words)


@kept
def reported_up(cast: Cast, place: Place, by: Person, phone: str, title: str) -> Proposal:
    """As it stands after the community's council adopted it and its secretary reported it up."""
    said = a_suggestion(cast, place=place, text=f"{title}，请装红绿灯", phone=phone)
    marks = {criterion: str(Mark.PASS) for criterion in Criterion.values}
    said = screen_suggestion(said, by=by, **marks, result=SuggestionState.VALID)
    one = draft_proposal(place, by=by, suggestions=[said], title=title, **OF_THE_SUBDISTRICT)
    Proposal.objects.filter(pk=one.pk).update(state=State.REPORTED_UP, resolution_number=f"议{phone}")
    refer(one.dossier, ReferralKind.UP, cast.maizidian, here=place, reason="道路归街道管", today=said.received_on)
    return Proposal.objects.select_related("place", "dossier").get(pk=one.pk)
