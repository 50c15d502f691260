"""Reading projects: by place, by what they wait for, by pace."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import same_name
from yishiting.ground.organisations.models import Appointment, Office, Organisation, OrganisationKind
from yishiting.ground.organisations.queries import holding_at
from yishiting.ground.organisations.rules import DESKS, WATCHING
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.methods.workdays import Holidays
from yishiting.year.councils.models import Representative
from yishiting.year.projects import rules
from yishiting.year.projects.models import AcceptanceSignature, Finding, Partner, Project, Supervisor, TeamMember
from yishiting.year.projects.states import AT_WORK, OVER, FindingState, State
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import taken_on_by
from yishiting.year.proposals.states import State as ProposalState


def projects_at(place: Place) -> QuerySet[Project]:
    """Projects of a place and everything below it, with how many findings are open."""
    rows = Project.objects.filter(place__division_path__startswith=place.division_path)
    open_findings = Count("findings", filter=~Q(findings__state=FindingState.CLOSED))
    return rows.select_related("place", "notice", "lead").annotate(open_findings=open_findings)


def basis_of(project: Project) -> list[Proposal]:
    """The proposals a project rests on, the one it was opened from first."""
    return [one.proposal for one in project.bases.select_related("proposal__place").order_by("created_at")]


def basis_in_words(project: Project) -> str:
    """The numbers of the resolutions a project rests on."""
    numbers = [one.resolution_number for one in basis_of(project)]
    return _("、").join(dict.fromkeys(number for number in numbers if number))


def adopted_here(place: Place) -> QuerySet[Proposal]:
    """What the council of a place has adopted."""
    rows = Proposal.objects.filter(place=place, state=ProposalState.ADOPTED)
    return rows.select_related("place", "dossier").order_by("number")


def carried_out_by(place: Place) -> QuerySet[Proposal]:
    """The proposals on which a project of a place may rest: what it adopted, and what it took on from below."""
    own, taken_on = Q(place=place, state=ProposalState.ADOPTED), Q(pk__in=taken_on_by(place).values("pk"))
    return Proposal.objects.filter(own | taken_on).select_related("place", "dossier").order_by("number")


def without_a_project(place: Place) -> QuerySet[Proposal]:
    """What was adopted here and has become neither a project nor an agreement."""
    return adopted_here(place).filter(projects=None, agreement=None)


def going_on(proposal: Proposal) -> QuerySet[Project]:
    """The projects of a proposal that were not stopped."""
    return Project.objects.filter(proposals=proposal).exclude(state=State.STOPPED)


def others_of(proposal: Proposal, project: Project) -> QuerySet[Project]:
    """The other projects of a proposal whose work is not over."""
    return Project.objects.filter(proposals=proposal).exclude(pk=project.pk).exclude(state__in=OVER)


def others_go_on(project: Project) -> bool:
    """Whether another project of the same proposals is not over."""
    return any(others_of(one, project).exists() for one in basis_of(project))


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
    return due_after(today, rules_for(project.place, today).number("project.rectify_workdays"))


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


def whose_raisers_have_gone(today: date) -> QuerySet[Finding]:
    """Findings whose raisers can confirm nothing any more: their account is closed, or they neither sit in the group nor watch."""
    sits = Supervisor.objects.filter(
        _serving(today), project=OuterRef("project"), representative__person=OuterRef("found_by")
    )
    watches = Appointment.objects.in_force(today).filter(person=OuterRef("found_by"), office__in=WATCHING)
    return Finding.objects.filter(Q(found_by__is_active=False) | (~Exists(sits) & ~Exists(watches)))


def raiser_has_gone(finding: Finding, today: date) -> bool:
    """Whether somebody else of the supervision has to say if this one was put right."""
    return whose_raisers_have_gone(today).filter(pk=finding.pk).exists()


def findings_of(project: Project) -> list[Finding]:
    """What the supervision found, each knowing its project."""
    found = list(project.findings.prefetch_related("rounds"))
    for one in found:
        one.project = project
    return found


def team_of(project: Project) -> list[TeamMember]:
    """Who is on the team now."""
    return [one for one in project.team.all() if one.until is None]


def partners_of(project: Project) -> list[Partner]:
    """The units that work with the one that leads, each with what it gives."""
    return list(project.partners.filter(until=None).select_related("organisation"))


def doers_of(project: Project) -> list[Person]:
    """Who of a section or unit has the project in hand: the leader who answers for it and who does the work."""
    return [one for one in (project.responsible, project.handler) if one is not None]


def watchers_of(project: Project) -> list[Representative]:
    """The representatives of the supervision group."""
    return [one.representative for one in project.supervisors.select_related("representative")]


def at_work_on(project: Project) -> list[str]:
    """The names of those who answer for a project, are on its team or were."""
    named = (project.responsible_name, *(one.name for one in doers_of(project)))
    return [name for name in (*named, *project.team.values_list("name", flat=True)) if name]


#: The bodies of a community, which lead no duty of the government; as partners they are welcome.
OF_A_COMMUNITY = (
    OrganisationKind.RESIDENTS_COMMITTEE,
    OrganisationKind.SERVICE_STATION,
    OrganisationKind.SUPERVISORY_COMMITTEE,
    OrganisationKind.OWNERS_COMMITTEE,
)
#: What acts for a whole level stands first.
OFFICIAL = (
    OrganisationKind.SECTION,
    OrganisationKind.SUBDISTRICT_OFFICE,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.LEADING_GROUP_OFFICE,
)


def units_near(place: Place) -> "QuerySet[Organisation]":
    """The organisations that stand today at a place, below it or above it; its own first."""
    today = timezone.localdate()
    here = Q(place__division_path__startswith=place.division_path) | Q(place__division_path__in=place.ancestor_paths())
    rows = Organisation.objects.filter(here, Q(valid_to__isnull=True) | Q(valid_to__gt=today))
    return rows.select_related("place").order_by("place__division_path", "name")


def leading_units(place: Place) -> "QuerySet[Organisation]":
    """The sections of a place, and the units of its area that may lead a project; nothing that a community consists of."""
    own = Q(place=place, kind__in=(*OFFICIAL, OrganisationKind.PARTY_ORGANISATION))
    others = Q(place__division_path__startswith=place.division_path) & ~Q(
        kind__in=(*OFFICIAL, *OF_A_COMMUNITY, OrganisationKind.PARTY_ORGANISATION)
    )
    return units_near(place).filter(own | others)


def unit_called(known: "QuerySet[Organisation]", name: str) -> Organisation | None:
    """The unit with this name, however it is spelt; the nearest where there are several."""
    return next((one for one in known if same_name(one.name, name)), None)


def workers_at(place: Place) -> "QuerySet[Person]":
    """Everybody at the desk of a place today."""
    return holding_at(place, DESKS[place.level].working)


def called_leader(person: Any) -> str:
    """How one of them is called: by name, section and office."""
    return f"{person.name}（{person.section or ''}{Office(person.office).label}）"


def called_unit(unit: Any) -> str:
    """A unit with its place."""
    return f"{unit.name}（{unit.place.name}）"
