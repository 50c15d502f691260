"""Who calls the directors' meeting and keeps its record, who signs, who receives the list for the district."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Permissions, Predicate, Question, place_of
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, heads_here, of_the_line, reads_here
from yishiting.ground.places.models import Level
from yishiting.year.directors.models import ListedMatter, NeedsReport, PlannedWork, Sitting, SittingItem, WorksPlan


def _is_a_subdistrict(ask: Question) -> bool:
    here = place_of(ask.thing)
    return here is not None and here.level == Level.SUBDISTRICT


#: The directors' meeting is a body of the subdistrict or township.
of_a_subdistrict = Predicate(_is_a_subdistrict, _("街道、乡（地区）"), _("主任办公会是街道、乡（地区）的会议。"))

MAY: Permissions = {
    "sitting.call": of_a_subdistrict & at_desk,
    "sitting.amend": at_desk,
    "sitting.put_down": at_desk,
    "sitting.add_topic": at_desk,
    "sitting.take_off": at_desk,
    "sitting.begin": at_desk,
    "sitting.name_leaders": at_desk,
    "sitting.conclude": at_desk,
    "sitting.issue": heads_here,
    "sitting.cancel": at_desk,
    "needs_report.draft": of_a_subdistrict & at_desk,
    "needs_report.word": at_desk,
    "needs_report.list_matters": at_desk,
    "needs_report.take_off": at_desk,
    "needs_report.adopt": at_desk,
    "needs_report.drop": at_desk,
    "needs_report.send_list": heads_here,
    "needs_report.receive_list": of_the_line,
    "needs_report.publish": heads_here,
    "listed_matter.give_back": of_the_line,
    "works_plan.draft": of_a_subdistrict & at_desk,
    "works_plan.arrange": at_desk,
    "planned_work.write": at_desk,
    "works_plan.decide": at_desk,
    "works_plan.publicise": heads_here,
    "works_plan.revise": at_desk,
    "works_plan.drop": at_desk,
}

read_by(reads_here, Sitting, SittingItem, NeedsReport, ListedMatter, WorksPlan, PlannedWork)
