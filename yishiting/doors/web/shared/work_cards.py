"""Projects as cards: what a neighbour wants to see first, in a number of queries that does not grow with them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Picture, Tone, WorkCard
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date, money
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.queries import files_of_each
from yishiting.ground.seasons.queries import holidays
from yishiting.methods.workdays import workdays_between
from yishiting.year.projects.models import Progress, Project
from yishiting.year.projects.states import AT_WORK, State

WHOLE = 100
TONES: dict[State, Tone] = {
    State.PLANNING: "plain",
    State.PUBLICISED: "waiting",
    State.UNDERWAY: "open",
    State.COMPLETED: "waiting",
    State.RECTIFYING: "waiting",
    State.ACCEPTED: "done",
    State.REVIEWED: "done",
    State.STOPPED: "refused",
}


def work_cards(projects: Sequence[Project], today: date) -> list[WorkCard]:
    """The cards of some projects, whose place is loaded, in the order given."""
    if not projects:
        return []
    prefetch_related_objects(projects, "progress")
    files = files_of_each([entry for one in projects for entry in one.progress.all()], public_only=True)
    return [_card(one, files, today) for one in projects]


def _card(project: Project, files: dict[str, list[Attachment]], today: date) -> WorkCard:
    state, tone = _standing(project, today)
    return WorkCard(
        title=project.title,
        url=reverse("public-project", args=[project.pk]),
        state=state,
        tone=tone,
        where=_("%(place)s · %(path)s") % {"place": project.place.name, "path": project.get_path_display()},
        facts=_facts(project),
        percent=WHOLE if project.state in (State.COMPLETED, State.ACCEPTED, State.REVIEWED) else project.percent,
        planned=_planned(project, today),
        pictures=_pictures(project, files),
    )


def _standing(project: Project, today: date) -> tuple[str, Tone]:
    """The chip: how late, or how far, or the state by its name."""
    if project.state in AT_WORK and project.due and project.due < today:
        return _("超期%(n)s个工作日") % {"n": workdays_between(project.due, today, holidays())}, "late"
    if project.state == State.UNDERWAY:
        return _("实施中 %(n)s%%") % {"n": project.percent}, "open"
    return project.get_state_display(), TONES[State(project.state)]


def _facts(project: Project) -> list[str]:
    """Money, day and who: only what has been made public with the plan."""
    if project.state == State.PLANNING:
        return []
    facts = [_("计划%(money)s") % {"money": money(project.planned_cost)}] if project.planned_cost else []
    if project.accepted_on:
        facts.append(_("%(day)s验收") % {"day": cn_date(project.accepted_on, "plain")})
    elif project.due and project.state != State.STOPPED:
        facts.append(_("%(day)s前完成") % {"day": cn_date(project.due, "short")})
    if project.responsible_name and project.state != State.STOPPED:
        facts.append(_("负责人%(name)s") % {"name": project.responsible_name})
    return facts


def _planned(project: Project, today: date) -> int | None:
    """How far the time of the work has run, in percent; nothing while it does not run."""
    start, end = project.starts_on or project.started_on, project.due
    if project.state not in AT_WORK or start is None or end is None or end <= start:
        return None
    return min(WHOLE, max(0, round((today - start).days / (end - start).days * WHOLE)))


def _pictures(project: Project, files: dict[str, list[Attachment]]) -> list[Picture]:
    """The first photograph of the work and the last: how it was, how it is."""
    seen = [(entry, one) for entry in _entries(project) for one in files[str(entry.pk)] if _is_picture(one)]
    return [_picture(*pair) for pair in ([seen[0], seen[-1]] if len(seen) > 1 else seen)]


def _entries(project: Project) -> list[Progress]:
    return [entry for entry in project.progress.all() if entry.withdrawn_on is None]


def _is_picture(file: Attachment) -> bool:
    return file.media_type.startswith("image/")


def _picture(entry: Progress, file: Attachment) -> Picture:
    words = _("%(day)s，进度%(n)s%%") % {"day": cn_date(entry.happened_on, "short"), "n": entry.percent}
    return Picture(reverse("file", args=[file.pk]), words)
