"""Progress, completion, and what the review makes of it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese, said
from yishiting.ground.common.parameters import Day, Files, Text, Whole
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.projects.actions.telling import tell_all
from yishiting.year.projects.models import Progress, Project
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.queries import others_go_on, rectify_by
from yishiting.year.projects.rules import FULL
from yishiting.year.projects.states import LIFECYCLE

PERCENT = Whole(_("进度（%）"), most=FULL, initial=lambda project: project.percent)
DONE_SO_FAR = Text(_("进展"), hint=_("做了什么，还有什么困难，下一步做什么。"))
HAPPENED = Day(_("日期"), past=True, initial=lambda project: timezone.localdate())
PHOTOS = Files(_("照片"), hint=_("施工前后各拍一张。照片里的位置信息会去掉。"))


@verb("project.note_progress", _("记录进展"), MAY, done=_("进展已公开。"))
def note_progress(
    project: Project,
    *,
    by: Person,
    percent: Annotated[int, PERCENT],
    text: Annotated[str, DONE_SO_FAR],
    happened_on: Annotated[date | None, HAPPENED] = None,
    photos: Annotated[Sequence[Any], PHOTOS] = (),
) -> Progress:
    """Note how far the work has come, what was done and what is in the way, with photographs."""
    day = happened_on or timezone.localdate()
    if project.started_on is not None and day < project.started_on:
        told = {"day": said(project.started_on, "plain")}
        raise Refused(_("%(day)s才开工，进展的日期不能早于开工。") % told, field="happened_on")
    entry = Progress.objects.create(
        project=project, place=project.place, percent=percent, text=text, happened_on=day, recorded_by=by
    )
    project.percent = project.progress.filter(withdrawn_on=None).latest("happened_on", "created_at").percent
    project.last_progress_on = max(day, project.last_progress_on or day)
    project.save(update_fields=["percent", "last_progress_on"])
    write_entry(entry, project=str(project.pk), percent=percent, on=day.isoformat(), private={"text": text})
    _hang(entry, photos, by)
    return entry


FINISHED = Text(_("完工情况"), hint=_("对照完成标准逐条写明。"))


@verb("project.complete", _("报告完工"), MAY, done=_("已报告完工，请监督小组验收签字。"))
def complete_project(
    project: Project,
    *,
    by: Person,
    text: Annotated[str, FINISHED],
    photos: Annotated[Sequence[Any], Files(_("完工照片"))] = (),
) -> Project:
    """Report the work as finished; the supervision group is asked to check it against the standard."""
    LIFECYCLE.advance(project, "project.complete")
    today = timezone.localdate()
    entry = Progress.objects.create(
        project=project, place=project.place, percent=FULL, text=text, happened_on=today, recorded_by=by
    )
    project.percent, project.completed_on, project.last_progress_on = FULL, today, today
    project.save(update_fields=["state", "percent", "completed_on", "last_progress_on"])
    write_entry(project, completed_on=today.isoformat(), private={"text": text})
    _hang(entry, photos, by)
    tell_all(project, "complete", f"“{project.title}”已经完工，请监督小组验收。")
    return project


def _hang(entry: Progress, photos: Sequence[Any], by: Person) -> None:
    """Photographs on an entry, for everyone to see."""
    for photo in photos:
        attach(entry, photo, by=by, purpose="photo", public=True)


PART_OF_REVIEW = "由宣布评议结果一并办理"


@verb("project.pass_review", _("评议达标"), MAY, internal=PART_OF_REVIEW)
def pass_review(project: Project, *, by: Actor, review: str) -> Project:
    """Note that the year-end review found the project satisfactory."""
    LIFECYCLE.advance(project, "project.pass_review")
    project.save(update_fields=["state"])
    write_entry(project, review=review)
    end = "" if others_go_on(project) else "这件事办结了。"
    tell_all(project, "pass_review", f"“{project.title}”年终评议达标。{end}谢谢您的建议。")
    return project


@verb("project.fail_review", _("评议未达标"), MAY, internal=PART_OF_REVIEW)
def fail_review(project: Project, *, by: Actor, review: str) -> Project:
    """Note that the satisfaction gate was missed; the work is put right once more, by a day."""
    LIFECYCLE.advance(project, "project.fail_review")
    project.rectify_by = rectify_by(project, timezone.localdate())
    project.save(update_fields=["state", "rectify_by"])
    write_entry(project, review=review, rectify_by=project.rectify_by.isoformat())
    by_when = chinese(project.rectify_by, "plain")
    tell_all(project, "fail_review", f"“{project.title}”年终评议没有达标，{by_when}前整改。")
    return project
