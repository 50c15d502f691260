"""The district assesses, nobody else; a unit says what it thinks of its own sheet, appeals, and sees that sheet alone."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import holds_above
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.organisations.rules import DESKS
from yishiting.overview.assessment.models import Assessment, Mark, UnitSheet

#: The desk of the district and its heads, for whatever lies in the district.
by_the_district = holds_above(*DESKS["district"].working)
heads_of_the_district = holds_above(*DESKS["district"].heads)
watches_the_district = holds_above(*DESKS["district"].watches)


def _unit_of(thing: object) -> tuple[int, UUID | None] | None:
    sheet = thing.sheet if isinstance(thing, Mark) else thing
    return (sheet.place_id, sheet.unit_id) if isinstance(sheet, UnitSheet) else None


def _of_the_unit(ask: Question) -> bool:
    """The desk of the subdistrict that is assessed, or whoever handles matters for the department."""
    found = _unit_of(ask.thing)
    if not isinstance(ask.actor, Person) or found is None:
        return False
    place, unit = found
    offices = DESKS["subdistrict"].working if unit is None else (Office.HANDLING_OFFICER,)
    mine = [
        one.office
        for one in offices_of(ask.actor, ask.today)
        if one.office in offices and (one.place_id == place if unit is None else one.organisation_id == unit)
    ]
    ask.offices.extend(mine)
    return bool(mine)


def _is_public(ask: Question) -> bool:
    return isinstance(ask.thing, Assessment) and ask.thing.published_on is not None


the_unit = Predicate(_of_the_unit, _("被考核单位"), _("这一步由被考核单位的工作人员办理。"))
is_public = Predicate(_is_public, _("已公布的"), _("考核结果公布以前，由区领导小组办公室和被考核单位查看。"))
#: Whoever reads a sheet, or everything in an assessment, before it is public.
reads_assessment = by_the_district | watches_the_district
reads_sheet = by_the_district | the_unit | watches_the_district

MAY: Permissions = {
    "assessment.draft": by_the_district,
    "assessment.adopt_rules": heads_of_the_district,
    "assessment.begin": heads_of_the_district,
    "assessment.count": by_the_district,
    "assessment.announce": heads_of_the_district,
    "assessment.publish": heads_of_the_district,
    "assessment.reopen": heads_of_the_district,
    "assessment.withdraw": heads_of_the_district,
    "unit_sheet.self_score": the_unit,
    "unit_sheet.check": by_the_district,
    "mark.exempt": heads_of_the_district,
    "mark.withdraw_exemption": heads_of_the_district,
    "mark.appeal": the_unit,
    "mark.answer_appeal": heads_of_the_district,
}
