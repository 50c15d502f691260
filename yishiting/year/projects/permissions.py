"""Who does the work, who supervises it."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import at_community_desk, community_secretary, holds_above, holds_here
from yishiting.ground.seasons.models import Season
from yishiting.ground.seasons.permissions import season_open
from yishiting.year.councils.queries import seats_of
from yishiting.year.projects.models import Finding, Progress, Project


def _supervises(ask: Question) -> bool:
    if not isinstance(ask.actor, Person):
        return False
    seats = {seat.pk for seat in seats_of(ask.actor, ask.today)}
    project: Project = getattr(ask.thing, "project", ask.thing)
    return bool(seats) and any(one.representative_id in seats for one in project.supervisors.all())


in_supervision_group = Predicate(
    _supervises,
    _("本项目监督小组成员（在任代表）"),
    _("这一步由本项目监督小组的在任代表办理；任期届满或离任以后不能办理。"),
)
supervises = (
    in_supervision_group
    | holds_here(Office.COMMUNITY_SUPERVISOR)
    | holds_above(Office.SUBDISTRICT_AUDITOR, Office.AUDITOR)
)
#: Who reads what is not public of a project: its desk, the supervisors, the auditors, the offices above.
reads_projects = at_community_desk | holds_above(
    Office.SECTION_HEAD,
    Office.SUBDISTRICT_LEADER,
    Office.SUBDISTRICT_AUDITOR,
    Office.DISTRICT_DIRECTOR,
    Office.DISTRICT_OFFICER,
    Office.AUDITOR,
    Office.COMMUNITY_SUPERVISOR,
)
work_time = season_open(Season.DELIVERY, Season.REVIEW)

MAY: Permissions = {
    "project.open": at_community_desk,
    "project.write_plan": at_community_desk,
    "project.set_team": at_community_desk,
    "project.set_supervisors": community_secretary,
    "project.publicise_plan": community_secretary,
    "project.revise_plan": at_community_desk,
    "project.start": at_community_desk & work_time,
    "project.note_progress": at_community_desk,
    "project.complete": at_community_desk,
    "project.sign": in_supervision_group,
    "project.note_signatures": at_community_desk,
    "project.accept": at_community_desk,
    "project.pass_review": at_community_desk,
    "project.fail_review": at_community_desk,
    "project.stop": community_secretary,
    "finding.raise": supervises,
    "finding.answer": at_community_desk,
    "finding.confirm": supervises,
    "finding.reject": supervises,
}

read_by(reads_projects | in_supervision_group, Project, Progress, Finding)
