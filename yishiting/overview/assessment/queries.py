"""Who is assessed, by which rows, from which counts; what a number given as evidence leads to."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import labelled
from yishiting.ground.organisations.models import Appointment, Office, Organisation, OrganisationKind
from yishiting.ground.organisations.queries import leaders_at, offices_of
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Level, Place
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.methods.assessment import Fact
from yishiting.methods.numbers import number
from yishiting.overview.assessment.models import About, Assessment, Mark, UnitSheet
from yishiting.overview.assessment.rules import CHECKED
from yishiting.overview.assessment.states import State
from yishiting.overview.cycle.numbers import Seen, papers_with, things_with
from yishiting.overview.insights import volumes
from yishiting.overview.insights.counting import Counted, Figure, Period, at_places
from yishiting.overview.insights.judged import EVERY, OF_PLACES, OF_UNITS
from yishiting.year.matters.models import Matter
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion

RELATED = ("place",)
#: What may prove something, by its kind.
EVIDENCE: Mapping[str, type[Model]] = {
    labelled(kind): kind for kind in (Suggestion, Proposal, Project, Matter, PublicNotice, AgendaItem)
}
#: For a sheet and for a mark, whatever is said of it.
WHOLE = ("assessment__place", "place", "unit")
OF_A_MARK = ("place", "sheet__assessment__place", "sheet__place", "sheet__unit")


def figures_of(about: str) -> tuple[Figure, ...]:
    """The figures by which units of a kind may be judged."""
    return OF_PLACES if about == About.SUBDISTRICTS else OF_UNITS


def rules_of(assessment: Assessment) -> list[dict[str, Any]]:
    """The rows of the version of the rule table in force."""
    table = assessment.tables.order_by("-version").first()
    return list(table.rows) if table is not None else []


def is_checked(rule: Mapping[str, Any]) -> bool:
    """Whether a row is checked by hand, from evidence, and not counted."""
    return bool(rule["source"] == CHECKED)


def assessed_places(district: Place, day: date) -> list[Place]:
    """The subdistricts and townships of a district on a day, in the order of their codes."""
    rows = Place.objects.filter(parent=district, level=Level.SUBDISTRICT).there_on(day)
    return list(rows.order_by("code"))


def assessed_units(district: Place, day: date) -> list[Organisation]:
    """The departments of a district on a day."""
    there = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    rows = Organisation.objects.filter(there, place=district, kind=OrganisationKind.DEPARTMENT)
    return list(rows.order_by("name"))


def period_of(assessment: Assessment, today: date) -> Period:
    """From the first day of an assessment to its last, or to today: what is not due yet is no case yet."""
    return Period(assessment.since, min(assessment.until, today))


def owner_of(sheet: UnitSheet) -> str:
    """What leads from a case to the unit: the path of a place, the key of a department."""
    return sheet.place.division_path if sheet.unit_id is None else str(sheet.unit_id)


def counted_facts(assessment: Assessment, period: Period, owners: Iterable[str]) -> dict[str, dict[str, Counted]]:
    """By figure and owner, what is counted for each row of the table."""
    known, found = list(owners), {}
    for rule in rules_of(assessment):
        if not is_checked(rule):
            counted = EVERY[rule["source"]].counted(period)
            whole = at_places(counted, known) if assessment.about == About.SUBDISTRICTS else counted
            found[rule["code"]] = {owner: whole.get(owner, Counted()) for owner in known}
    return found


def counted_volumes(assessment: Assessment, period: Period, owners: Iterable[str]) -> dict[str, dict[str, int]]:
    """By owner, how much there was of each kind."""
    if assessment.about == About.SUBDISTRICTS:
        return volumes.of_places(period, owners)
    return volumes.of_units(period)


def fact_of(mark: Mark) -> Fact:
    """What a row rests on, for the arithmetic."""
    points = number(str(mark.score)) if mark.score is not None else None
    return Fact(mark.good, mark.total, points, mark.exempted_on is not None)


def sheets_of(assessment: Assessment) -> "QuerySet[UnitSheet]":
    """The sheets of an assessment in the order of codes, with their marks."""
    rows = UnitSheet.objects.filter(assessment=assessment).select_related(*WHOLE)
    return rows.prefetch_related("marks").order_by("code")


def live_marks(sheet: UnitSheet, rules: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """The marks of a sheet that the table in force asks for, in its order."""
    kept = {one.code: one for one in sheet.marks.all()}
    return [kept[rule["code"]] for rule in rules if rule["code"] in kept]


def unchecked(*assessments: Assessment) -> "QuerySet[Mark]":
    """Items of the tables in force that still want points, of units that are not exempt in them."""
    asked = Q(pk__in=[])
    for one in assessments:
        codes = [rule["code"] for rule in rules_of(one) if is_checked(rule)]
        asked |= Q(sheet__assessment=one, code__in=codes)
    return Mark.objects.filter(asked, score=None, exempted_on=None)


def open_appeals(*assessments: Assessment) -> "QuerySet[Mark]":
    """Appeals that wait for an answer."""
    return Mark.objects.filter(sheet__assessment__in=assessments, appealed_on__isnull=False, answered_on=None)


def people_of(sheet: UnitSheet) -> list[Person]:
    """Who is told for a unit: those who lead the subdistrict, those who handle matters for the department."""
    if sheet.unit_id is None:
        return list(leaders_at(sheet.place))
    in_force = Appointment.objects.in_force(timezone.localdate())
    held = in_force.filter(organisation=sheet.unit_id, office=Office.HANDLING_OFFICER)
    return list(Person.objects.filter(appointments__in=held, is_active=True).distinct())


def sheets_for(person: Person, today: date) -> "QuerySet[UnitSheet]":
    """The sheets of the units somebody works for, newest year first."""
    held = offices_of(person, today)
    places = [one.place_id for one in held if one.office in DESKS["subdistrict"].working]
    units = [one.organisation_id for one in held if one.office == Office.HANDLING_OFFICER and one.organisation_id]
    mine = Q(place__in=places, unit=None) | Q(unit__in=units)
    rows = UnitSheet.objects.filter(mine).exclude(assessment__state__in=(State.DRAFT, State.WITHDRAWN))
    return rows.select_related(*WHOLE).order_by("-assessment__year", "code")


def evidence_called(typed: str, sheet: UnitSheet) -> Model:
    """The one thing in the system that bears this number; refused where there is none, or it is another unit's."""
    found: list[Any] = [*Matter.objects.filter(number=typed), *things_with(typed, Seen()), *papers_with(typed)]
    if not found:
        raise Refused(
            _("系统里没有编号是“%(number)s”的建议、建议案、项目、决议或公示。证明材料要是系统里已有的，请核对编号。")
            % {"number": typed}
        )
    if len(found) > 1:
        raise Refused(_("“%(number)s”不止一件，请把地方的名称写全。") % {"number": typed})
    if sheet.unit_id is None and not sheet.place.contains(found[0].place):
        raise Refused(_("“%(number)s”不是%(unit)s的，请写本单位的记录。") % {"number": typed, "unit": sheet.name})
    thing: Model = found[0]
    return thing


def assessments_of(place: Place) -> "QuerySet[Assessment]":
    """The assessments of a district, newest year first."""
    return Assessment.objects.filter(place=place).select_related(*RELATED).order_by("-year", "about", "-created_at")


def published_at(place: Place) -> "QuerySet[Assessment]":
    """Those that everybody reads."""
    return assessments_of(place).filter(state=State.PUBLISHED)


def cases_of(mark: Mark, today: date) -> tuple[Figure, "QuerySet[Any]"] | None:
    """The figure of a counted row and the very cases it counts for this unit; None for what is checked by hand."""
    sheet = mark.sheet
    rule = next((rule for rule in rules_of(sheet.assessment) if rule["code"] == mark.code), None)
    if rule is None or is_checked(rule):
        return None
    figure, period = EVERY[rule["source"]], period_of(sheet.assessment, sheet.assessment.counted_on or today)
    return figure, figure.of(period, owner_of(sheet), below=sheet.unit_id is None)


def evidence_of(mark: Mark) -> Model | None:
    """The record that proves a row, where one was named."""
    kind = EVIDENCE.get(mark.evidence_kind)
    return kind._default_manager.filter(pk=mark.evidence_id).first() if kind is not None else None
