"""Proposals by what they wait for, and the way between suggestions and proposals."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.queries import acted_for
from yishiting.ground.places.rules import highest
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.dossiers.models import Outcome, Referral, ReferralKind
from yishiting.year.dossiers.queries import hops_waiting_at
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.states import ItemState
from yishiting.year.proposals.models import Proposal, Source
from yishiting.year.proposals.rules import FIELDS, pending_until
from yishiting.year.proposals.states import ABOVE, State
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import blacks_of
from yishiting.year.suggestions.queries.clusters import clusters_of, households
from yishiting.year.suggestions.queries.duties import duty_of
from yishiting.year.suggestions.queries.joining import lying_at
from yishiting.year.suggestions.states import State as SuggestionState

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

#: What a council has before it or behind it is public; a draft is the desk's own.
PUBLIC = tuple(state for state in State if state != State.DRAFTED)


def proposals_of_place(place: Place) -> "QuerySet[Proposal]":
    """Every proposal of a place with the number of its sources, newest first."""
    rows = Proposal.objects.filter(place=place).select_related("place", "category", "agenda_item__meeting")
    return rows.annotate(source_count=Count("sources")).order_by("-created_at")


def public_proposals(place: Place) -> "QuerySet[Proposal]":
    """What anyone may read, of a place and of those below it, newest first."""
    under = Proposal.objects.filter(place__division_path__startswith=place.division_path, state__in=PUBLIC)
    return under.select_related("place", "category", "agenda_item__meeting").order_by("-created_at")


def not_now(place: Place) -> "QuerySet[Proposal]":
    """The public list of what is not done now, with the conditions and what the place above answered last."""
    sent = Referral.objects.filter(dossier=OuterRef("dossier"), kind=ReferralKind.UP, answered_on__isnull=False)
    rows = proposals_of_place(place).filter(state=State.NOT_NOW)
    said = Subquery(sent.order_by("-answered_on", "-created_at").values("answer")[:1])
    return rows.annotate(said_above=said).order_by("-decided_on", "-created_at")


def under_deliberation(place: Place) -> "QuerySet[Proposal]":
    """What is before the council of a place."""
    return proposals_of_place(place).filter(state=State.TABLED).order_by("agenda_item__meeting__starts_at")


def for_year(place: Place, year: int) -> "QuerySet[Proposal]":
    """The proposals to be carried out in a year."""
    return proposals_of_place(place).filter(for_year=year)


class HandedDown(TypedDict):
    """Since when a proposal is handed down to this place, and by when it says whether it carries it out."""

    handed_on: date | None
    agree_by: date | None


def waiting_at(place: Place, pending_since: date) -> "QuerySet[WithAnnotations[Proposal, HandedDown]]":
    """What the desk has before it: to table, to decide, adopted, and those pending at least since that day."""
    item = Q(agenda_item__state__in=(ItemState.DECIDED, ItemState.PUT_OFF))
    which = (
        Q(state=State.DRAFTED)
        | (Q(state=State.TABLED) & item)
        | Q(state__in=(State.ADOPTED, State.HANDED_DOWN))
        | Q(state=State.PENDING, decided_on__lte=pending_since)
    )
    down = Referral.objects.filter(dossier=OuterRef("dossier"), kind=ReferralKind.DOWN, answered_on=None)
    rows = Proposal.objects.filter(which, place=place).select_related("agenda_item")
    return rows.annotate(handed_on=Subquery(down.values("sent_on")[:1]), agree_by=Subquery(down.values("due")[:1]))


class Hop(TypedDict):
    """What a list says of the hop a proposal waits in."""

    source_count: int
    reported_on: date
    report_reason: str
    answer_by: date | None


def reported_to(place: Place) -> "QuerySet[WithAnnotations[Proposal, Hop]]":
    """What communities have reported to this place and is not answered, oldest first, with the hop it waits in.

    What was joined into a proposal of the place waits and is answered with that.
    """
    here = hops_waiting_at(place).filter(dossier=OuterRef("dossier"))
    rows = Proposal.objects.filter(Exists(here), ~_joined(), state=State.REPORTED_UP)
    rows = rows.select_related("place", "category")
    return rows.annotate(
        source_count=Count("sources"),
        reported_on=Subquery(here.values("sent_on")[:1]),
        report_reason=Subquery(here.values("reason")[:1]),
        answer_by=Subquery(here.values("due")[:1]),
    ).order_by("reported_on", "created_at")


class TakenOn(TypedDict):
    """Since when a place has said that it carries a proposal out, which section has it in hand, and until when."""

    taken_on: date
    unit: UUID | None
    take_up_by: date | None


def taken_on_by(place: Place) -> "QuerySet[WithAnnotations[Proposal, TakenOn]]":
    """What this place said it carries out; what was joined goes on with what joined it."""
    here = Referral.objects.filter(dossier=OuterRef("dossier"), kind=ReferralKind.UP, to_place=place)
    rows = Proposal.objects.filter(Exists(here), ~_joined(), state=State.TAKEN_ON)
    said = here.filter(outcome=Outcome.TAKEN_ON).order_by("-answered_on", "-created_at")
    inside = Referral.objects.filter(dossier=OuterRef("dossier"), kind=ReferralKind.INSIDE, answered_on=None)
    return rows.annotate(
        taken_on=Subquery(said.values("answered_on")[:1]),
        unit=Subquery(inside.values("unit")[:1], output_field=UUIDField()),
        take_up_by=Subquery(inside.values("due")[:1]),
    ).select_related("place")


class PassedOn(TypedDict):
    """Since when a proposal waits across, to whom it was sent, and by when it is answered."""

    sent_on: date
    sent_to: int
    sent_to_unit: UUID | None
    answer_by: date | None


def passed_on() -> "QuerySet[WithAnnotations[Proposal, PassedOn]]":
    """What was passed on to another unit or place and nobody has answered, wherever."""
    sent = Referral.objects.filter(
        dossier=OuterRef("dossier"), from_place=OuterRef("place"), kind=ReferralKind.ACROSS, answered_on=None
    )
    rows = Proposal.objects.filter(Exists(sent), state=State.PASSED_ON).select_related("place")
    return rows.annotate(
        sent_on=Subquery(sent.values("sent_on")[:1]),
        sent_to=Subquery(sent.values("to_place")[:1]),
        sent_to_unit=Subquery(sent.values("unit")[:1], output_field=UUIDField()),
        answer_by=Subquery(sent.values("due")[:1]),
    )


class ToLookAgain(TypedDict):
    """To which place it was sent up last, and whether that one put it off."""

    sent_to: int | None
    said: str | None


def put_off_until(today: date) -> "QuerySet[WithAnnotations[Proposal, ToLookAgain]]":
    """What was put off until a day that has come, wherever; what nobody named a day for has come."""
    come = Q(look_again_on__isnull=True) | Q(look_again_on__lte=today)
    up = Referral.objects.filter(dossier=OuterRef("dossier"), kind=ReferralKind.UP).order_by("-sent_on", "-created_at")
    rows = Proposal.objects.filter(come, ~_joined(), state=State.NOT_NOW).select_related("place")
    return rows.annotate(sent_to=Subquery(up.values("to_place")[:1]), said=Subquery(up.values("outcome")[:1]))


def to_look_again_at(place: Place, today: date) -> "QuerySet[WithAnnotations[Proposal, ToLookAgain]]":
    """What this place answered that it is not done now, and whose day has come."""
    return put_off_until(today).filter(said=Outcome.NOT_NOW, sent_to=place.pk)


def put_off_here(place: Place, today: date) -> "QuerySet[WithAnnotations[Proposal, ToLookAgain]]":
    """What this place itself has put off, and whose day has come."""
    elsewhere = Q(said=Outcome.NOT_NOW)
    return put_off_until(today).filter(~elsewhere | Q(said__isnull=True), place=place)


@dataclass(frozen=True, slots=True)
class AnsweredAbove:
    """What was answered from above to a proposal that this place reported up."""

    proposal: Proposal
    sent: Referral


def answered_above(places: Collection[Place], since: date, most: int) -> list[AnsweredAbove]:
    """The latest answers from above to what these places reported up."""
    own = {
        one.dossier_id: one
        for one in Proposal.objects.filter(place__in=places, dossier__referrals__answered_on__gte=since)
    }
    rows = Referral.objects.filter(kind=ReferralKind.UP, dossier__in=list(own), answered_on__gte=since)
    found = rows.select_related("to_place").order_by("-answered_on", "-created_at")[:most]
    return [AnsweredAbove(own[one.dossier_id], one) for one in found]


@dataclass(frozen=True, slots=True)
class Pending:
    """A pending proposal and the day by which it should have gone on."""

    proposal: Proposal
    until: date
    overdue: bool


def pending(place: Place, today: date) -> list[Pending]:
    """What is pending at a place, oldest first; overdue when it has lasted longer than the rulebook allows."""
    days = rules_for(place, today).number("proposal.pending_alert_days")
    rows = proposals_of_place(place).filter(state=State.PENDING).order_by("decided_on")
    untils = [(row, pending_until(row.decided_on, days)) for row in rows if row.decided_on is not None]
    return [Pending(row, until, overdue=today > until) for row, until in untils]


def ready_suggestions(place: Place) -> "QuerySet[Suggestion]":
    """Valid suggestions of a place, and those of several places it has joined, that no standing proposal rests on."""
    standing = Q(sources__proposal__isnull=False) & ~Q(sources__proposal__state=State.DECLINED)
    used = Suggestion.objects.filter(standing).values("pk")
    own = Q(place__in=acted_for(place))
    here = own if place.level == Level.COMMUNITY else own | lying_at(place)
    rows = Suggestion.objects.filter(here, state=SuggestionState.VALID).exclude(pk__in=used)
    return rows.select_related("category").order_by("-received_on", "-receipt")


def _joined() -> Exists:
    return Exists(Source.objects.filter(below=OuterRef("pk"), live=True))


def ready_below(place: Place) -> "QuerySet[Proposal]":
    """What was reported up to this place, or taken on by it, and is in none of its proposals yet; the oldest first."""
    rows = Proposal.objects.filter(~_joined(), state__in=ABOVE, dossier__lies_at=place).exclude(place=place)
    return rows.select_related("place", "dossier").order_by("created_at")


def joint_of(proposal: Proposal) -> Proposal | None:
    """The proposal of the place above that joins this one and has not been declined."""
    rows = Proposal.objects.filter(sources__below=proposal, sources__live=True)
    return rows.select_related("place").first()


def joined_from(proposal: Proposal) -> list[Proposal]:
    """The proposals from below that this one joins, in the order in which they were drafted."""
    rows = Proposal.objects.filter(joined_in__proposal=proposal).select_related("place", "dossier")
    return list(rows.order_by("created_at"))


def whole_of(proposals: Iterable[Proposal]) -> set[UUID]:
    """The keys of these and of all they rest on, through all levels."""
    found, layer = set[UUID](), {one.pk for one in proposals}
    while layer:
        found |= layer
        below = Source.objects.filter(proposal__in=layer, below__isnull=False).values_list("below", flat=True)
        layer = {pk for pk in below if pk is not None} - found
    return found


def whole_above(suggestions: Collection[UUID]) -> set[UUID]:
    """The keys of all proposals that rest on these, and of those that join them, through all levels."""
    found, layer = (
        set[UUID](),
        set(Source.objects.filter(suggestion__in=suggestions).values_list("proposal", flat=True)),
    )
    while layer:
        found |= layer
        layer = set(Source.objects.filter(below__in=layer).values_list("proposal", flat=True)) - found
    return found


def blacks_behind(mains: Iterable[Suggestion]) -> list[str]:
    """What the desk has blacked out in these suggestions and in what was merged into them, the longest first."""
    clusters = clusters_of(mains).values()
    return sorted({black for cluster in clusters for black in blacks_of(cluster)}, key=len, reverse=True)


def blacked_out_in(proposal: Proposal) -> list[str]:
    """Words of a proposal that have been blacked out in what it rests on."""
    text = "\n".join(words_of(proposal).values())
    return [black for black in blacks_behind(mains_of(proposal)) if black in text]


def mains_of(*proposals: Proposal) -> "QuerySet[Suggestion]":
    """The main suggestions these rest on, those of the proposals they join too."""
    return Suggestion.objects.filter(sources__proposal__in=whole_of(proposals)).distinct()


@dataclass(frozen=True, slots=True)
class SourceCluster:
    """One source of a proposal with everything merged into it: how many suggestions, from how many households."""

    main: Suggestion
    count: int
    households: int


def sources_of(proposal: Proposal) -> list[SourceCluster]:
    """The suggestions a proposal rests on, merged ones counted in."""
    mains = list(proposal.suggestions.select_related("place", "proposer").order_by("received_on", "receipt"))
    clusters = clusters_of(mains)
    return [SourceCluster(main, len(clusters[main.pk]), households(clusters[main.pk])) for main in mains]


def tabled_at(meeting: Meeting) -> dict[str, Proposal]:
    """The proposals on the agenda of a meeting, by the identifier of their item."""
    rows = Proposal.objects.filter(agenda_item__meeting=meeting).select_related("place", "agenda_item")
    return {str(row.agenda_item_id): row for row in rows}


def words_of(proposal: Proposal) -> dict[str, str]:
    """The words a proposal is made of, by field."""
    return {name: getattr(proposal, name) for name, _label in FIELDS}


def proposers_at(meeting: Meeting) -> list[Suggestion]:
    """The suggestions behind what is tabled at a meeting whose proposers can be invited: with account or with a name."""
    proposals = Proposal.objects.filter(agenda_item__meeting=meeting).only("pk")
    mains = list(mains_of(*proposals).select_related("place", "proposer"))
    people = [one for cluster in clusters_of(mains).values() for one in cluster]
    return [one for one in people if one.proposer is not None or one.proposer_name]


def duty_known(suggestion: Suggestion) -> str:
    """The duty a suggestion was said to be; where nobody has, the highest that it or a proposal on it was drafted as."""
    if suggestion.responsible_level:
        return suggestion.responsible_level
    drafted = Proposal.objects.filter(sources__suggestion=suggestion).values_list("responsible_level", flat=True)
    return highest([duty_of(suggestion), *drafted])
