"""Who does the work, who supervises it."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, heads_here, leads_here, reads_here, watches_above
from yishiting.ground.seasons.permissions import in_its_season
from yishiting.year.councils.permissions import confirms_entries
from yishiting.year.councils.queries import seats_of
from yishiting.year.projects.models import Finding, Path, Progress, Project
from yishiting.year.projects.queries import raiser_has_gone
from yishiting.year.proposals.permissions import carries_out, in_hand, rests_on_special, special_matter


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


def _of_the_section(ask: Question) -> bool:
    """Of a project that residents carry out, everybody; of another, its section, those named and the heads."""
    project = getattr(ask.thing, "project", ask.thing)
    if not isinstance(project, Project) or project.path != Path.DEPARTMENT_RUN:
        return True
    if not isinstance(ask.actor, Person):
        return False
    named = ask.actor.pk == project.handler_id
    return named or in_hand(ask.actor, project.place, project.lead_id, project.responsible_id, ask.today)


#: Who works on a project: at the desk of its place, of the section that leads it.
works_on_it = at_desk & Predicate(
    _of_the_section,
    _("承办科室、责任领导或主要负责人"),
    _("这个项目由别的科室承办，请承办科室、责任领导或主要负责人办理。"),
)


def _raised_it(ask: Question) -> bool:
    """Whoever raised a finding; another of the supervision only when that one can do so no longer."""
    finding = ask.thing
    if not isinstance(finding, Finding) or not isinstance(ask.actor, Person):
        return True
    return finding.found_by_id == ask.actor.pk or raiser_has_gone(finding, ask.today)


#: A finding is confirmed, or sent back, by who raised it.
raised_it = Predicate(
    _raised_it,
    _("提出这条意见的人（离任以后由监督小组其他人）"),
    _("整改到没到位，由提出这条意见的人确认。"),
)
supervises = in_supervision_group | watches_above
#: An emergency or special intake opens the work on its matter.
special_work = Predicate(
    lambda ask: isinstance(ask.thing, Project) and rests_on_special(list(ask.thing.proposals.all()), ask.today),
    special_matter.label,
    special_matter.refusal,
)
work_time = in_its_season("project.start") | special_work

MAY: Permissions = {
    "project.open": at_desk,
    "project.open_together": at_desk,
    "project.open_another": at_desk,
    "project.add_basis": works_on_it,
    "project.remove_basis": works_on_it,
    "project.take_up": carries_out,
    "project.set_lead": leads_here,
    "project.set_partners": works_on_it,
    "project.enter": heads_here,
    "project.amend_entry": heads_here,
    "project.return_entry": confirms_entries,
    "project.confirm_entry": confirms_entries,
    "project.write_plan": works_on_it,
    "project.set_team": works_on_it,
    "project.set_supervisors": heads_here,
    "project.publicise_plan": heads_here,
    "project.revise_plan": works_on_it,
    "project.start": works_on_it & work_time,
    "project.note_progress": works_on_it,
    "project.complete": works_on_it,
    "project.withdraw_completion": works_on_it,
    "progress.withdraw": works_on_it,
    "signature.withdraw": works_on_it,
    "project.sign": in_supervision_group,
    "project.note_signatures": works_on_it,
    "project.accept": works_on_it,
    "project.pass_review": at_desk,
    "project.fail_review": at_desk,
    "project.stop": heads_here,
    "finding.raise": supervises,
    "finding.answer": works_on_it,
    "finding.confirm": supervises & raised_it,
    "finding.reject": supervises & raised_it,
}

read_by(reads_here | in_supervision_group, Project, Progress, Finding)
