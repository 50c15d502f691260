"""What waits for the directors, what they have before them, what they have decided."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.models import Appointment, Office, Organisation
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Level, Place, ResponsibleLevel
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.directors.models import (
    ListedMatter,
    NeedsReport,
    PlannedWork,
    Sitting,
    SittingItem,
    Topic,
    WorksPlan,
)
from yishiting.year.directors.states import PlanState, ReportState, State
from yishiting.year.proposals.models import Proposal, Source
from yishiting.year.proposals.queries import reported_to
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.scoring.states import State as RoundState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.joining import lying_at
from yishiting.year.suggestions.states import State as SuggestionState

RELATED = ("place", "chaired_by")
LIVE = (State.CALLED, State.OPEN)


def directors_name(place: Place) -> bool:
    """Whether it is the directors' meeting that names who answers for a matter at this place."""
    return place.level == Level.SUBDISTRICT and bool(rules_for(place).values["suggestion.assigned_by_directors"])


def sittings_of(place: Place) -> "QuerySet[Sitting]":
    """The sittings of a place, newest first, with how many items stand on the agenda and how many are decided."""
    stands = Q(items__taken_off_because="")
    rows = Sitting.objects.filter(place=place).select_related(*RELATED)
    counted = rows.annotate(
        item_count=Count("items", filter=stands),
        decided_count=Count("items", filter=Q(items__decided_on__isnull=False)),
    )
    return counted.order_by("-held_on", "-created_at")


def items_of(sitting: Sitting) -> "QuerySet[SittingItem]":
    """The agenda with its decisions, in order; what was taken off is left out."""
    rows = SittingItem.objects.filter(sitting=sitting, taken_off_because="")
    return rows.select_related("suggestion__place", "proposal__place", "responsible", "section", "place")


def undecided(sitting: Sitting, *topics: Topic) -> "QuerySet[SittingItem]":
    """What stands on the agenda and nothing is decided on; of these kinds only, where some are named."""
    rows = items_of(sitting).filter(decided_on=None)
    return rows.filter(topic__in=topics) if topics else rows


def without_leader(place: Place) -> "QuerySet[Suggestion]":
    """Valid suggestions of a place, and those it has joined, that nobody answers for yet; special ones need no meeting."""
    here = Q(place=place) | lying_at(place)
    rows = Suggestion.objects.filter(here, state=SuggestionState.VALID, responsible=None, special=None)
    return rows.exclude(responsible_level="").select_related("place").order_by("received_on", "receipt")


def not_before_the_directors(place: Place) -> "QuerySet[Suggestion]":
    """Those that stand on no agenda yet."""
    return without_leader(place).exclude(Exists(_on_an_agenda("suggestion")))


def reported_and_not_named(place: Place) -> "QuerySet[Proposal]":
    """What communities have reported up, or a draft joins from them, and no sitting has named anybody for."""
    led = SittingItem.objects.filter(proposal=OuterRef("below"), place=place, responsible__isnull=False)
    rests_below = Source.objects.filter(~Exists(led), proposal=OuterRef("pk"), below__isnull=False)
    drafts = Q(Exists(rests_below), place=place, state=ProposalState.DRAFTED)
    reported = Q(pk__in=reported_to(place).order_by().values("pk"))
    rows = Proposal.objects.filter(drafts | reported).select_related("place")
    return rows.exclude(Exists(_named_at(place))).exclude(Exists(_on_an_agenda("proposal"))).order_by("created_at")


def _named_at(place: Place) -> "QuerySet[SittingItem]":
    """Of a proposal: the decision of the directors about who leads it."""
    return SittingItem.objects.filter(
        proposal=OuterRef("pk"), place=place, decided_on__isnull=False, responsible__isnull=False
    )


def below_and_not_named(proposal: Proposal) -> "QuerySet[Proposal]":
    """The proposals from below that it joins, for which no leader and section were named at its place."""
    return Proposal.objects.filter(joined_in__proposal=proposal).exclude(Exists(_named_at(proposal.place)))


def is_named(proposal: Proposal) -> bool:
    """Whether the directors of its place have named a leader and a section for the proposal itself."""
    return Proposal.objects.filter(Exists(_named_at(proposal.place)), pk=proposal.pk).exists()


def _on_an_agenda(name: str) -> "QuerySet[SittingItem]":
    live: dict[str, Any] = {name: OuterRef("pk")}
    return SittingItem.objects.filter(
        taken_off_because="", decided_on=None, sitting__state__in=LIVE, topic=Topic.LEADERS, **live
    )


def may_sit(place: Place) -> "QuerySet[Person]":
    """Everybody who may be there: who holds an office at the desk of the place today, the heads first."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(place=place, office__in=DESKS[place.level].working)
    nearest = held.filter(person=OuterRef("pk")).order_by("office")
    rows = Person.objects.filter(pk__in=held.values("person"))
    return rows.annotate(office=Subquery(nearest.values("office")[:1])).order_by("name")


def may_chair(place: Place) -> "QuerySet[Person]":
    """Who may take the chair: the heads and those who lead with them."""
    return may_sit(place).filter(pk__in=_holding(place, DESKS[place.level].leading))


def leaders(place: Place) -> "QuerySet[Person]":
    """Who may be made the responsible leader: the heads and the responsible leaders of the place."""
    return may_chair(place)


def _holding(place: Place, offices: Iterable[str]) -> Any:
    held = Appointment.objects.in_force(timezone.localdate()).filter(place=place, office__in=tuple(offices))
    return held.values("person")


def with_office(person: Any) -> str:
    """How one of them is called: by name and office."""
    return f"{person.name}（{Office(person.office).label}）"


def decided_about(suggestions: Sequence[Suggestion], proposals: Sequence[Proposal]) -> list[SittingItem]:
    """What the directors have decided about these, oldest first."""
    if not suggestions and not proposals:
        return []
    rows = SittingItem.objects.filter(Q(suggestion__in=suggestions) | Q(proposal__in=proposals))
    rows = rows.filter(decided_on__isnull=False).select_related("sitting__place", "section", "responsible")
    return list(rows.order_by("created_at"))


def open_sittings(place: Place) -> "QuerySet[Sitting]":
    """The sittings that are going on at a place."""
    return Sitting.objects.filter(place=place, state=State.OPEN).select_related("place").order_by("held_on")


#: Whose duty a matter is that a subdistrict reports to the district.
ABOVE = (ResponsibleLevel.DISTRICT, ResponsibleLevel.MUNICIPAL)
MAY_BE_LISTED = (ProposalState.DRAFTED, ProposalState.ADOPTED, ProposalState.NOT_FEASIBLE)


def for_the_district(place: Place) -> "QuerySet[Proposal]":
    """Proposals of the subdistrict that are the duty of the district or the city and on no list.

    Drafted or adopted; or answered as not feasible before, when something new has come up.
    """
    rows = Proposal.objects.filter(place=place, responsible_level__in=ABOVE, state__in=MAY_BE_LISTED)
    waits = ListedMatter.objects.filter(proposal=OuterRef("pk"), live=True).exclude(
        proposal__state=ProposalState.NOT_FEASIBLE, sent_on__isnull=False
    )
    return rows.exclude(Exists(waits)).select_related("place").order_by("created_at")


def on_the_list(report: NeedsReport) -> "QuerySet[ListedMatter]":
    """What stands on the list for the district, in order."""
    rows = ListedMatter.objects.filter(Q(live=True) | Q(sent_on__isnull=False, returned_on=None), report=report)
    return rows.select_related("proposal__place", "proposal__dossier", "place", "report")


def matters_of(report: NeedsReport) -> "QuerySet[ListedMatter]":
    """The list as everybody may follow it: what stands on it, and what was returned with its reason."""
    rows = ListedMatter.objects.filter(Q(live=True) | Q(sent_on__isnull=False), report=report)
    return rows.select_related("proposal__place", "place", "report__place")


def reports_of(place: Place) -> "QuerySet[NeedsReport]":
    """The reports of a place, newest first."""
    rows = NeedsReport.objects.filter(place=place).select_related("place", "sitting")
    return rows.order_by("-year", "-version")


def public_reports(place: Place) -> "QuerySet[NeedsReport]":
    """What anyone may read."""
    return reports_of(place).filter(state=ReportState.PUBLISHED)


def lists_sent(district: Place) -> "QuerySet[NeedsReport]":
    """The lists that subdistricts and townships have sent to the district, what waits longest first."""
    rows = NeedsReport.objects.filter(place__parent=district, sent_on__isnull=False)
    counted = rows.annotate(matter_count=Count("matters", filter=Q(matters__sent_on__isnull=False)))
    return counted.select_related("place").order_by("received_on", "sent_on")


def lists_to_receive(district: Place, line: str) -> "QuerySet[NeedsReport]":
    """The lists of a line that its committee has not received."""
    return lists_sent(district).filter(place__line=line, received_on=None)


def scored_rounds(place: Place) -> "QuerySet[ScoreRound]":
    """The published rounds of a place, newest first."""
    return ScoreRound.objects.filter(place=place, state=RoundState.PUBLISHED).order_by("-published_on", "-created_at")


def may_carry_out(place: Place) -> "QuerySet[Organisation]":
    """Who may lead a project of a place: its sections, and every other unit registered there or below it."""
    rows = Organisation.objects.filter(place__division_path__startswith=place.division_path, valid_to=None)
    return rows.select_related("place").order_by("place__division_path", "kind", "name")


def plans_of(place: Place) -> "QuerySet[WorksPlan]":
    """The plans of a place, newest first, with how many works are taken up and how many depart."""
    rows = WorksPlan.objects.filter(place=place).select_related("place", "sitting", "notice")
    counted = rows.annotate(
        work_count=Count("works", filter=Q(works__position__isnull=False)),
        departing_count=Count("works", filter=Q(works__departs=True)),
    )
    return counted.order_by("-year", "-created_at")


def public_plans(place: Place) -> "QuerySet[WorksPlan]":
    """What anyone may read."""
    return plans_of(place).filter(state=PlanState.PUBLICISED)


def works_of(plan: WorksPlan) -> list[PlannedWork]:
    """Everything that was scored, in the council's order."""
    rows = PlannedWork.objects.filter(plan=plan).select_related(
        "proposal__place", "lead", "responsible", "plan", "place"
    )
    last = 10**6
    return sorted(rows, key=lambda one: (one.council_place or last, one.proposal.number))


def taken_up(plan: WorksPlan) -> list[PlannedWork]:
    """What the plan takes up, in its own order."""
    return sorted((one for one in works_of(plan) if one.position is not None), key=lambda one: one.position or 0)


def planned_as(proposal: Proposal) -> PlannedWork | None:
    """The work of a standing plan that this proposal is to become."""
    rows = PlannedWork.objects.filter(proposal=proposal, position__isnull=False)
    rows = rows.exclude(plan__state=PlanState.DROPPED).select_related("plan__notice", "lead", "responsible")
    return rows.order_by("-plan__year").first()


def needs_a_plan(place: Place) -> bool:
    """Whether the works of this place come from its plan."""
    return place.level == Level.SUBDISTRICT and bool(rules_for(place).values["project.from_plan"])


def rounds_without_plan(place: Place) -> "QuerySet[ScoreRound]":
    """Published rounds of this year from which no plan was drawn up."""
    live = WorksPlan.objects.filter(score_round=OuterRef("pk")).exclude(state=PlanState.DROPPED)
    return scored_rounds(place).filter(~Exists(live), published_on__year=timezone.localdate().year)


def in_a_plan_in_force() -> Q:
    """Of proposals: in a plan whose notice has closed clear, so that they may be opened."""
    works = PlannedWork.objects.filter(
        position__isnull=False, plan__state=PlanState.PUBLICISED, plan__notice__state=NoticeState.CLEAR
    )
    return Q(pk__in=works.values("proposal"))


def planned_about(proposals: Sequence[Proposal]) -> tuple[list[PlannedWork], list[ListedMatter]]:
    """What plans and lists say of these proposals, oldest first."""
    if not proposals:
        return [], []
    works = PlannedWork.objects.filter(proposal__in=proposals).exclude(plan__state=PlanState.DROPPED)
    listed = ListedMatter.objects.filter(proposal__in=proposals, sent_on__isnull=False)
    return list(works.select_related("plan__place").order_by("created_at")), list(listed.order_by("created_at"))
