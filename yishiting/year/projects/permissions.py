"""Who does the work, who supervises it."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, heads_here, reads_here, watches_above
from yishiting.ground.seasons.permissions import in_its_season
from yishiting.year.councils.permissions import confirms_entries
from yishiting.year.councils.queries import seats_of
from yishiting.year.projects.models import Finding, Progress, Project
from yishiting.year.proposals.permissions import special_matter


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
supervises = in_supervision_group | watches_above
work_time = in_its_season("project.start") | special_matter

MAY: Permissions = {
    "project.open": at_desk,
    "project.enter": heads_here,
    "project.confirm_entry": confirms_entries,
    "project.write_plan": at_desk,
    "project.set_team": at_desk,
    "project.set_supervisors": heads_here,
    "project.publicise_plan": heads_here,
    "project.revise_plan": at_desk,
    "project.start": at_desk & work_time,
    "project.note_progress": at_desk,
    "project.complete": at_desk,
    "project.withdraw_completion": at_desk,
    "progress.withdraw": at_desk,
    "signature.withdraw": at_desk,
    "project.sign": in_supervision_group,
    "project.note_signatures": at_desk,
    "project.accept": at_desk,
    "project.pass_review": at_desk,
    "project.fail_review": at_desk,
    "project.stop": heads_here,
    "finding.raise": supervises,
    "finding.answer": at_desk,
    "finding.confirm": supervises,
    "finding.reject": supervises,
}

read_by(reads_here | in_supervision_group, Project, Progress, Finding)
