"""Who takes in, advises, reviews, decides, handles and rates matters of the district."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import the_operator
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.models import Office, Organisation
from yishiting.ground.organisations.permissions import (
    at_desk,
    heads_here,
    of_the_level,
    of_the_line,
    reads_here,
    watches_here,
)
from yishiting.ground.organisations.queries import offices_of
from yishiting.year.matters.models import Dispatch, Matter, Opinion, Step
from yishiting.year.matters.queries import bases_of, leading, units_of, units_of_person
from yishiting.year.visits.queries import is_proposer


def _units(person: Person, ask: Question) -> set[UUID]:
    return units_of_person(person, ask.today)


def _for_its_unit(ask: Question) -> bool:
    if not isinstance(ask.actor, Person) or not isinstance(ask.thing, Opinion | Dispatch):
        return False
    mine = ask.thing.unit_id in _units(ask.actor, ask)
    ask.offices.extend([Office.HANDLING_OFFICER] if mine else [])
    return mine


def _works_for_it(ask: Question) -> bool:
    unit = getattr(ask.thing, "unit", ask.thing)
    if not isinstance(ask.actor, Person) or not isinstance(unit, Organisation):
        return False
    mine = unit.pk in _units(ask.actor, ask)
    ask.offices.extend([Office.HANDLING_OFFICER] if mine else [])
    return mine


def _leads_it(ask: Question) -> bool:
    if not isinstance(ask.actor, Person) or not isinstance(ask.thing, Matter):
        return False
    mine = bool(_units(ask.actor, ask) & leading(ask.thing))
    ask.offices.extend([Office.HANDLING_OFFICER] if mine else [])
    return mine


def _handles_it(ask: Question) -> bool:
    matter = getattr(ask.thing, "matter", ask.thing)
    if not isinstance(ask.actor, Person) or not isinstance(matter, Matter):
        return False
    mine = bool(_units(ask.actor, ask) & units_of(matter))
    ask.offices.extend([Office.HANDLING_OFFICER] if mine else [])
    return mine


def _proposed(ask: Question) -> bool:
    if not isinstance(ask.actor, Person) or not isinstance(ask.thing, Matter):
        return False
    person = ask.actor
    return any(is_proposer(person, one) for one in bases_of(ask.thing))


def _reported_it(ask: Question) -> bool:
    """The desks of the places it came from."""
    if not isinstance(ask.thing, Matter):
        return False
    return any(
        reads_here.why_not(Question(ask.actor, one, ask.today, ask.offices)) is None for one in bases_of(ask.thing)
    )


def _handles_here(ask: Question) -> bool:
    held = offices_of(ask.actor, ask.today) if isinstance(ask.actor, Person) else []
    return any(one.office == Office.HANDLING_OFFICER for one in held)


#: Whoever handles matters for a unit; whoever screens for the district.
handles_here = Predicate(_handles_here, _("承办单位经办人"), _("这里由承办单位的经办人查看。"))
screens_here = of_the_level(_("区委工委"), lambda desk: desk.screens)
#: The people of a unit, for what is the unit's own.
of_the_unit = Predicate(_works_for_it, _("本单位的经办人"), _("这里由本单位的经办人办理，经办人由安全管理员任命。"))
#: The people of the unit that was asked, or that it was dispatched to.
for_its_unit = Predicate(
    _for_its_unit, _("被征求意见或被分派的单位"), _("这一步由被征求意见或被分派的单位的经办人办理。")
)
#: The people of the lead unit; those of every unit that handles it.
the_lead = Predicate(_leads_it, _("主办单位"), _("这一步由主办单位的经办人办理。"))
the_units = Predicate(_handles_it, _("承办单位"), _("这一步由承办单位的经办人办理。"))
the_proposer = Predicate(
    _proposed,
    _("提出这件事的人"),
    _("请提出这件事的人本人评价。请用当时提建议的账号登录；没有账号的，由社区工作人员代录。"),
)
reported_it = Predicate(_reported_it, _("报送的街乡、社区（村）"), _("这里由报送的街乡、社区（村）查看。"))
reads_matter = reads_here | the_units | reported_it

MAY: Permissions = {
    "matter.take_in": of_the_line,
    "matter.screen": of_the_line,
    "matter.join": of_the_line,
    "matter.unjoin": of_the_line,
    "matter.send_back": of_the_line,
    "opinion.ask": of_the_line,
    "opinion.give": for_its_unit,
    "opinion.lapse": of_the_line,
    "opinion.withdraw": of_the_line,
    "matter.propose": of_the_line,
    "matter.pass_on": heads_here,
    "matter.return": heads_here,
    "matter.approve": at_desk,
    "matter.table": at_desk,
    "matter.consult": at_desk,
    "special.call": at_desk,
    "special.record": at_desk,
    "special.cancel": at_desk,
    "matter.decline": heads_here,
    "matter.endorse": at_desk,
    "matter.decide": at_desk,
    "matter.publicise": at_desk,
    "matter.reopen": at_desk,
    "matter.dispatch": at_desk,
    "dispatch.countersign": for_its_unit,
    "dispatch.return": for_its_unit,
    "dispatch.rule": heads_here,
    "dispatch.reassign": heads_here,
    "matter.plan": the_lead,
    "matter.note_progress": the_units,
    "matter.note_contact": the_units,
    "matter.coordinate": at_desk | the_lead,
    "step.withdraw": the_units,
    "contact.withdraw": the_units,
    "coordination.withdraw": at_desk | the_units,
    "answer_template.keep": of_the_unit,
    "answer_template.drop": of_the_unit,
    "matter.remind": heads_here | watches_here,
    "matter.answer": the_lead,
    "matter.rate": the_proposer,
    "matter.note_rating": reported_it,
    "matter.close": at_desk | the_operator,
    "matter.take_up": at_desk | the_lead,
}

read_by(reads_matter, Matter)
read_by(reads_matter, Step)
