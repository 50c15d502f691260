"""Matters by whom they wait for; the units, the people and the papers of one."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.masking import public_words
from yishiting.ground.common.request_cache import cached
from yishiting.ground.organisations.models import Office, Organisation, OrganisationKind
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import Level, Place
from yishiting.year.dossiers.queries import hops_waiting_at, last_way_up
from yishiting.year.matters.choices import Role, WithWhom
from yishiting.year.matters.models import (
    AnswerTemplate,
    Basis,
    Contact,
    Dispatch,
    Handling,
    Matter,
    Opinion,
    Rating,
    Result,
    Special,
    Step,
    WorkPlan,
)
from yishiting.year.matters.states import DispatchState, OpinionState, State
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.queries import lawyer_asked
from yishiting.year.meetings.states import ItemState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import whole_above
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.actions.telling import who_said
from yishiting.year.suggestions.models import Category, Suggestion
from yishiting.year.suggestions.queries.clusters import head_of
from yishiting.year.suggestions.queries.screening import OWN, may_be_chosen
from yishiting.year.visits.queries import proposers_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

#: Talking to these is talking to those who proposed it.
SPEAKS_FOR_THEM = (WithWhom.PROPOSER, WithWhom.PLACE)
RELATED = ("place", "dossier", "category", "agenda_item__meeting", "notice")


class ReportedUp(TypedDict):
    """Since when a proposal waits at the district, and by when it is answered."""

    reported_on: date
    answer_by: date | None


def to_take_in(place: Place, line: str) -> "QuerySet[WithAnnotations[Proposal, ReportedUp]]":
    """What the subdistricts or townships of a line have reported and no matter rests on yet, oldest first."""
    return all_to_take_in(place).filter(place__line=line)


def all_to_take_in(place: Place) -> "QuerySet[WithAnnotations[Proposal, ReportedUp]]":
    """What was reported to a district and no matter rests on yet, of both lines."""
    here = hops_waiting_at(place).filter(dossier=OuterRef("dossier"))
    rows = Proposal.objects.filter(Exists(here), state=ProposalState.REPORTED_UP).exclude(matters__live=True)
    dated = rows.annotate(reported_on=Subquery(here.values("sent_on")[:1]), answer_by=Subquery(here.values("due")[:1]))
    return dated.select_related("place").order_by("reported_on", "created_at")


def matters_of(place: Place) -> "QuerySet[Matter]":
    """The matters of a district, with the places they came from."""
    rows = Matter.objects.filter(place=place).select_related(*RELATED)
    return rows.prefetch_related("bases__proposal__place")


def district_of(proposal: Proposal) -> Place | None:
    """The district a proposal was sent up to last and waits at; None where it went nowhere so high."""
    sent = last_way_up(proposal.dossier)
    return sent.to_place if sent is not None and sent.to_place.level == Level.DISTRICT else None


def joinable(matter: Matter) -> "QuerySet[WithAnnotations[Proposal, ReportedUp]]":
    """What may be joined into a matter: reported by the same line and not taken in yet."""
    return to_take_in(matter.place, matter.line)


#: What is said where somebody names another than a department of the district.
NO_DEPARTMENT = _(
    "区级事项只交给区里的部门。社区（村）、街乡不承担部门的职责：应由它们办的，请由区委工委“退回街乡办理”；"
    "水电气热等外单位不选，由主办单位联系，“记录沟通”。"
)


def departments(place: Place) -> "QuerySet[Organisation]":
    """The departments of the district that are at work today; a community or a firm never handles its matters."""
    rows = Organisation.objects.filter(place=place, kind=OrganisationKind.DEPARTMENT)
    return rows.filter(Q(valid_to__isnull=True)).order_by("name")


def bases_of(matter: Matter) -> list[Proposal]:
    """The proposals it rests on, those that were let go too; what was joined by mistake and taken out again is not."""
    return cached(f"bases of {matter.pk}", lambda: _bases_of(matter))


def _bases_of(matter: Matter) -> list[Proposal]:
    rows = Basis.objects.filter(matter=matter, taken_out_on=None).order_by("created_at")
    return [one.proposal for one in rows.select_related("proposal__place__parent", "proposal__dossier")]


def joined_to(matter: Matter) -> "QuerySet[Proposal]":
    """The proposals that were joined to a matter after it was opened on another one."""
    rows = Proposal.objects.filter(matters__matter=matter, matters__live=True)
    return rows.exclude(dossier=matter.dossier_id).select_related("place").order_by("place__code")


def resting_on(proposal: Proposal) -> Matter | None:
    """The living matter that rests on a proposal."""
    return Matter.objects.filter(bases__proposal=proposal, bases__live=True).select_related(*RELATED).first()


def people_of(matter: Matter) -> list[Suggestion]:
    """Every suggestion behind a matter, merged ones too, each once."""
    found = {one.pk: one for proposal in bases_of(matter) for one in proposers_of(proposal)}
    return list(found.values())


def proposers_of_matters_at(meeting: Meeting) -> list[Suggestion]:
    """Everybody with a name whose words the matters on an agenda rest on."""
    rows = Matter.objects.filter(agenda_item__in=meeting.items.exclude(state=ItemState.WITHDRAWN))
    found = {one.pk: one for matter in rows for one in people_of(matter)}
    return [one for one in found.values() if one.proposer_id or one.proposer_name]


def of_person(matter: Matter, person: Person) -> Suggestion | None:
    """The suggestion behind a matter that is this person's."""
    return next((one for one in people_of(matter) if one.proposer_id == person.pk), None)


def units_of(matter: Matter) -> set[UUID]:
    """The keys of all units that were asked about it or have it in hand."""
    return cached(f"units of {matter.pk}", lambda: _units_of(matter))


def leading(matter: Matter) -> set[UUID]:
    """The key of the unit that leads it now."""
    rows = Dispatch.objects.filter(matter=matter, role=Role.LEAD).exclude(state=DispatchState.REPLACED)
    return cached(f"lead of {matter.pk}", lambda: set(rows.values_list("unit", flat=True)))


def _units_of(matter: Matter) -> set[UUID]:
    asked = Opinion.objects.filter(matter=matter).exclude(state=OpinionState.WITHDRAWN).order_by().values_list("unit")
    sent = Dispatch.objects.filter(matter=matter).exclude(state=DispatchState.REPLACED).order_by().values_list("unit")
    return {unit for (unit,) in asked.union(sent)}


def dispatches_of(matter: Matter) -> "QuerySet[Dispatch]":
    """To whom it is dispatched now, the lead first."""
    rows = Dispatch.objects.filter(matter=matter).exclude(state=DispatchState.REPLACED)
    return rows.select_related("unit", "matter", "place").order_by("role", "sent_on")


def sent_to(matter: Matter) -> list[Dispatch]:
    """The same as a list, read once in a request."""
    return cached(f"sent to {matter.pk}", lambda: list(dispatches_of(matter)))


def asked_about(matter: Matter) -> list[Opinion]:
    """The opinions it was asked to departments for, but for those taken back; read once in a request."""
    rows = Opinion.objects.filter(matter=matter).exclude(state=OpinionState.WITHDRAWN).select_related("unit")
    return cached(f"asked about {matter.pk}", lambda: list(rows))


def handling_of(matter: Matter) -> Handling | None:
    """The proposed handling in force."""
    return Handling.objects.filter(matter=matter).select_related("lead").order_by("-created_at").first()


def plan_of(matter: Matter) -> WorkPlan | None:
    """The plan in force."""
    return WorkPlan.objects.filter(matter=matter).order_by("-created_at").first()


def result_of(matter: Matter) -> Result | None:
    """The answer of this round of handling, if it was given."""
    rows = Result.objects.filter(matter=matter, round=matter.round)
    return cached(f"result of {matter.pk} in {matter.round}", rows.first)


def special_ahead(matter: Matter) -> Special | None:
    """The special consultation that is called and has no result yet."""
    rows = Special.objects.filter(matter=matter, verdict="", cancelled_because="")
    return cached(f"special of {matter.pk}", rows.first)


def lawyer_was_asked(matter: Matter) -> bool:
    """Whether a lawyer was asked to the consultation on it, or the reason why not is on file."""
    item = matter.agenda_item
    return item is not None and (bool(item.lawyer_reason.strip()) or lawyer_asked(item.meeting))


def spoke_with_proposers(matter: Matter) -> bool:
    """Whether somebody was in touch with a proposer, or with the place that speaks for them, in this round."""
    rows = Contact.objects.filter(matter=matter, withdrawn_on=None, round=matter.round, whom__in=SPEAKS_FOR_THEM)
    return cached(f"spoken of {matter.pk}", rows.exists)


def opinions_of(matter: Matter) -> "QuerySet[Opinion]":
    """What departments said that was there when the handling was proposed."""
    rows = Opinion.objects.filter(matter=matter, state=OpinionState.GIVEN, weighed_in__isnull=False)
    return rows.select_related("unit")


def units_asked(matter: Matter) -> list[Organisation]:
    """The departments that were asked about it."""
    asked = Opinion.objects.filter(matter=matter).exclude(state=OpinionState.WITHDRAWN)
    return list(Organisation.objects.filter(pk__in=asked.values("unit")).order_by("name"))


def units_in_hand(matter: Matter) -> list[Organisation]:
    """The units that have it in hand."""
    return list(Organisation.objects.filter(pk__in=dispatches_of(matter).values("unit")).order_by("name"))


def to_be_rated_by(person: Person) -> "QuerySet[Matter]":
    """The answers of the district this person proposed the matter of and has not rated."""
    mine = list(Suggestion.objects.filter(proposer=person).select_related("merged_into__merged_into"))
    above = whole_above({head_of(one).pk for one in mine})
    behind = Q(bases__proposal__in=above, bases__taken_out_on=None)
    rows = Matter.objects.filter(behind, state=State.ANSWERED, rating_due__gte=timezone.localdate())
    rated = Rating.objects.filter(suggestion__in=mine, result__round=OuterRef("round"), matter=OuterRef("pk"))
    return rows.filter(~Exists(rated)).distinct().select_related("place")


def units_of_person(person: Person, today: date) -> set[UUID]:
    """The keys of the units a person handles matters for."""
    held = offices_of(person, today)
    return {one.organisation_id for one in held if one.office == Office.HANDLING_OFFICER and one.organisation_id}


def in_hand_at(person: Person) -> "QuerySet[Dispatch]":
    """What was dispatched to the units of a person, what is over too."""
    rows = Dispatch.objects.filter(unit__in=units_of_person(person, timezone.localdate()))
    return (
        rows.exclude(state=DispatchState.REPLACED).select_related("matter", "unit").order_by("matter__due", "sent_on")
    )


def templates_of(units: Iterable[UUID]) -> "QuerySet[AnswerTemplate]":
    """The words these units keep for their answers."""
    return AnswerTemplate.objects.filter(unit__in=units, live=True).select_related("unit", "place")


def public_words_of(matter: Matter) -> str:
    """The words of a matter as everybody reads them."""
    return public_words(matter.situation)


def unit_of(matter: Matter, actor: Actor) -> Organisation | None:
    """For which of the units of a matter somebody acts."""
    if not isinstance(actor, Person):
        return None
    mine = [one.organisation for one in offices_of(actor) if one.office == Office.HANDLING_OFFICER]
    units = units_of(matter)
    return next((one for one in mine if one is not None and one.pk in units), None)


def last_percent(matter: Matter) -> int:
    """How far the last entry of the progress sheet says it has come."""
    last = Step.objects.filter(matter=matter, withdrawn_on=None).order_by("happened_on", "created_at").last()
    return last.percent if last is not None else 0


def all_have_rated(matter: Matter) -> bool:
    """Whether everybody whose words it rests on has said what they think of the answer."""
    result = result_of(matter)
    rated = Rating.objects.filter(result=result).values_list("suggestion", flat=True) if result is not None else ()
    known = set(rated)
    groups: dict[str, bool] = {}
    for one in people_of(matter):
        who = who_said(one)
        groups[who] = groups.get(who, False) or one.pk in known
    return bool(groups) and all(groups.values())


def classes_here() -> "QuerySet[Category]":
    """The six classes of the district."""
    return may_be_chosen().filter(scheme__key=OWN)


def asked_of(units: Iterable[UUID]) -> "QuerySet[Opinion]":
    """Opinions these units are asked for, the most urgent first."""
    rows = Opinion.objects.filter(unit__in=units, state=OpinionState.ASKED)
    return rows.select_related("matter", "unit", "place").order_by("due")
