"""Reading projects: by place, by what they wait for, by pace."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.methods.workdays import Holidays, add_workdays
from yishiting.year.councils.models import Representative
from yishiting.year.projects import rules
from yishiting.year.projects.models import AcceptanceSignature, Finding, Project, Supervisor, TeamMember
from yishiting.year.projects.states import AT_WORK, FindingState, State


def projects_at(place: Place) -> QuerySet[Project]:
    """Projects of a place and everything below it, with how many findings are open."""
    rows = Project.objects.filter(place__division_path__startswith=place.division_path)
    open_findings = Count("findings", filter=~Q(findings__state=FindingState.CLOSED))
    return rows.select_related("place", "proposal", "notice").annotate(open_findings=open_findings)


def pace_of(project: Project, today: date, table: Holidays | None = None) -> rules.Pace | None:
    """The pace of a project at work; None when there is nothing to be late with."""
    if project.due is None or project.state not in AT_WORK:
        return None
    book = rules_for(project.place, today)
    return rules.pace(
        project.due,
        project.last_progress_on or project.started_on or today,
        today,
        holidays() if table is None else table,
        soon=book.number("project.due_soon_workdays"),
        stalled=book.number("project.stalled_workdays"),
    )


def rectify_by(project: Project, today: date) -> date:
    """The day by which work that was not accepted, or missed the review, is put right."""
    return add_workdays(today, rules_for(project.place, today).number("project.rectify_workdays"), holidays())


def supervised_by(seats: list[Representative]) -> QuerySet[Project]:
    """The projects these seats supervise."""
    return Project.objects.filter(supervisors__representative__in=seats).select_related("place").distinct()


def to_be_signed(seats: list[Representative]) -> QuerySet[Project]:
    """The finished works these seats supervise and have not signed for at this attempt at acceptance."""
    signed = AcceptanceSignature.objects.filter(
        project=OuterRef("pk"), supervisor__representative__in=seats, attempt=OuterRef("acceptance_attempts") + 1
    )
    return supervised_by(seats).filter(~Exists(signed), state=State.COMPLETED)


def supervisor_of(project: Project, seats: list[Representative]) -> Supervisor | None:
    """The seat in the supervision group, if one of these is in it."""
    wanted = {seat.pk for seat in seats}
    return next((one for one in project.supervisors.all() if one.representative_id in wanted), None)


def open_findings(project: Project) -> QuerySet[Finding]:
    """Findings not yet confirmed as put right."""
    return project.findings.exclude(state=FindingState.CLOSED)


def signatures_now(project: Project) -> QuerySet[AcceptanceSignature]:
    """The signatures of the attempt at acceptance that is under way."""
    return project.signatures.filter(attempt=project.acceptance_attempts + 1)


def latest_signatures(project: Project) -> QuerySet[AcceptanceSignature]:
    """The signatures people look at: of the attempt under way, or of the last one that was concluded."""
    attempt = project.acceptance_attempts + (project.state == State.COMPLETED)
    rows = project.signatures.filter(attempt=attempt)
    return rows.select_related("supervisor__representative", "place").order_by("created_at")


def group_size(project: Project, today: date) -> int:
    """How many of the supervision group must sign: those who serve today, and whoever has signed before leaving."""
    signed = Q(signatures__in=signatures_now(project))
    return project.supervisors.filter(_serving(today) | signed).distinct().count()


def serving_supervisors(project: Project, today: date) -> list[UUID]:
    """The representatives of the supervision group who serve today, by their keys."""
    return list(project.supervisors.filter(_serving(today)).values_list("representative", flat=True))


def to_sign_still(project: Project, today: date) -> QuerySet[Supervisor]:
    """Those of the supervision group who serve today and have not signed at this attempt at acceptance."""
    signed = signatures_now(project).values("supervisor")
    rows = project.supervisors.filter(_serving(today)).exclude(pk__in=signed)
    return rows.select_related("representative__constituency", "representative__person").order_by("created_at")


def _serving(today: date) -> Q:
    return Q(representative__in=Representative.objects.serving(today))


def findings_of(project: Project) -> list[Finding]:
    """What the supervision found, each knowing its project."""
    found = list(project.findings.prefetch_related("rounds"))
    for one in found:
        one.project = project
    return found


def team_of(project: Project) -> list[TeamMember]:
    """Who is on the team now."""
    return [one for one in project.team.all() if one.until is None]


def at_work_on(project: Project) -> list[str]:
    """The names of those who answer for a project, are on its team or were."""
    return [name for name in (project.responsible_name, *project.team.values_list("name", flat=True)) if name]
