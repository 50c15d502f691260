"""Progress, completion, and what the review makes of it."""

from datetime import date

from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.projects.models import Progress, Project
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.queries import AT_WORK, rectify_by
from yishiting.year.projects.rules import FULL
from yishiting.year.projects.states import LIFECYCLE


@verb("project.note_progress", "记录进展", MAY)
def note_progress(project: Project, *, by: Person, percent: int, text: str, happened_on: date) -> Progress:
    """Note how far the work has come, what was done and what is in the way; photographs are hung on the entry."""
    if project.state not in AT_WORK:
        raise WrongState(f"项目现在是“{project.get_state_display()}”，开工后、完工前才记录进展。")
    if not 0 <= percent <= FULL:
        raise Refused("进度应在0到100之间。", field="percent")
    if happened_on > timezone.localdate():
        raise Refused("进展的日期不能晚于今天。", field="happened_on")
    entry = Progress.objects.create(
        project=project, place=project.place, percent=percent, text=text, happened_on=happened_on, recorded_by=by
    )
    project.percent = percent
    project.last_progress_on = max(happened_on, project.last_progress_on or happened_on)
    project.save(update_fields=["percent", "last_progress_on"])
    write_entry(entry, project=str(project.pk), percent=percent, on=happened_on.isoformat(), private={"text": text})
    return entry


@verb("project.complete", "报告完工", MAY)
def complete_project(project: Project, *, by: Person, text: str) -> Project:
    """Report the work as finished; the supervision group is asked to check it against the standard."""
    LIFECYCLE.advance(project, "project.complete")
    today = timezone.localdate()
    Progress.objects.create(
        project=project, place=project.place, percent=FULL, text=text, happened_on=today, recorded_by=by
    )
    project.percent, project.completed_on, project.last_progress_on = FULL, today, today
    project.save(update_fields=["state", "percent", "completed_on", "last_progress_on"])
    write_entry(project, completed_on=today.isoformat(), private={"text": text})
    return project


@verb("project.pass_review", "评议达标", MAY)
def pass_review(project: Project, *, by: Actor, review: str) -> Project:
    """Note that the year-end review found the project satisfactory."""
    LIFECYCLE.advance(project, "project.pass_review")
    project.save(update_fields=["state"])
    write_entry(project, review=review)
    return project


@verb("project.fail_review", "评议未达标", MAY)
def fail_review(project: Project, *, by: Actor, review: str) -> Project:
    """Note that the satisfaction gate was missed; the work is put right once more, by a day."""
    LIFECYCLE.advance(project, "project.fail_review")
    project.rectify_by = rectify_by(project, timezone.localdate())
    project.save(update_fields=["state", "rectify_by"])
    write_entry(project, review=review, rectify_by=project.rectify_by.isoformat())
    return project
