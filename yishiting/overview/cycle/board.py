"""What waits for whom today: one short list for each office, oldest and latest-due first."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Min, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS, labelled, why_not_now
from yishiting.ground.organisations.models import COMMUNITY_OFFICES, Office
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import Place
from yishiting.ground.places.rules import may_lead
from yishiting.ground.seasons.queries import rules_for
from yishiting.overview.cycle import lines
from yishiting.overview.cycle.choices import choices_of
from yishiting.overview.cycle.shapes import Wait, in_order
from yishiting.year.councils.models import ByElection, Council, Term
from yishiting.year.councils.queries import seats_of
from yishiting.year.councils.states import BY_ELECTION_LIFECYCLE
from yishiting.year.councils.states import State as TermState
from yishiting.year.meetings.models import Attendance, Invitation, Meeting
from yishiting.year.meetings.queries import due_meetings
from yishiting.year.meetings.states import ItemState
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Finding, Project
from yishiting.year.projects.queries import pace_of, supervised_by, to_be_signed
from yishiting.year.projects.states import FindingState
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import waiting_at
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

#: Few enough to be shown one by one.
SEVERAL = 5


def waiting_for(person: Person, today: date) -> list[Wait]:
    """Everything that waits for this person, in all their offices and seats."""
    found: list[Wait] = []
    for office in offices_of(person, today):
        if office.office in COMMUNITY_OFFICES:
            found += [wait for wait in at_community(office.place, today, person) if _theirs(person, wait)]
            continue
        if office.office in (Office.SECTION_HEAD, Office.SUBDISTRICT_LEADER, Office.SUBDISTRICT_SECRETARY):
            found += at_subdistrict(office.place)
        if office.office == Office.COMMUNITY_SUPERVISOR:
            found += lines.told(office.place, lines.of_polls(office.place, person))
        asked = lines.told(office.place, lines.of_consultations(office.place, today))
        found += [wait for wait in asked if _theirs(person, wait)]
    return in_order(found + for_representative(person, today))


def _theirs(person: Person, wait: Wait) -> bool:
    """Whether the next action is one this person may do: the rest waits for somebody else."""
    return VERBS[wait.verb].may.why_not(Question(person, wait.place)) is None


def at_community(place: Place, today: date, person: Person) -> list[Wait]:
    """What the desk of a community has before it."""
    sources: tuple[Callable[[Place, date], list[Wait]], ...] = (
        suggestions_waiting,
        meetings_waiting,
        proposals_waiting,
        projects_waiting,
        terms_waiting,
    )
    by_themselves = [
        *lines.of_notices(place, today),
        *lines.of_polls(place, person),
        *lines.of_reviews(place),
        *lines.of_tasks(place),
        *lines.of_findings(place),
        *lines.of_consultations(place, today),
        *lines.of_elections(place, today),
        *lines.of_choices(place, today),
    ]
    return [wait for source in sources for wait in source(place, today)] + lines.told(place, by_themselves)


def at_subdistrict(place: Place) -> list[Wait]:
    """What communities have reported up and waits for an answer here."""
    rows = Proposal.objects.filter(reported_to=place, state=ProposalState.REPORTED_UP).select_related("place")
    return [
        Wait(
            "proposal.bring_back",
            one.title,
            one.place,
            one.reported_on or today_of(one),
            kind="proposal",
            pk=str(one.pk),
        )
        for one in rows
    ]


def for_representative(person: Person, today: date) -> list[Wait]:
    """What a representative is asked for: meetings to come, works to check, findings to confirm."""
    seats = seats_of(person, today)
    if not seats:
        return []
    found = [
        Wait(
            "meeting.sign_in",
            one.meeting.title,
            one.place,
            one.meeting.convened_on or today,
            one.meeting.day,
            kind="invitation",
            pk=str(one.pk),
        )
        for one in Invitation.objects.filter(
            representative__in=seats,
            attendance=Attendance.EXPECTED,
            meeting__state__in=(MeetingState.CONVENED, MeetingState.OPEN),
        ).select_related("meeting", "place")
    ]
    found += [_about("project.sign", one, one.title, one.completed_on or today) for one in to_be_signed(seats)]
    findings = Finding.objects.filter(project__in=supervised_by(seats), state=FindingState.ANSWERED).select_related(
        "place", "project"
    )
    found += [_about("finding.confirm", one.project, one.text, one.answered_on or today) for one in findings]
    return found + choices_of(person, today)


#: What waits of suggestions: verb, what it is called together, which ones, and which date is its limit.
OF_SUGGESTIONS = (
    ("suggestion.screen", gettext_lazy("等待初审的建议"), Q(state=SuggestionState.RECEIVED), "screen_due"),
    ("suggestion.decide_appeal", gettext_lazy("申请复核的建议"), Q(state=SuggestionState.APPEALED), "answer_due"),
    (
        "suggestion.classify",
        gettext_lazy("等待分类分级的建议"),
        Q(state=SuggestionState.VALID, responsible_level=""),
        "answer_due",
    ),
    (
        "suggestion.answer",
        gettext_lazy("等待答复的有效建议"),
        Q(state=SuggestionState.VALID, answered_on=None) & ~Q(responsible_level=""),
        "answer_due",
    ),
)


def suggestions_waiting(place: Place, today: date) -> list[Wait]:
    """To be screened, looked at again, classed, answered: one by one while they are few, together when many."""
    here = Suggestion.objects.filter(place=place)
    wanted: dict[str, Any] = {}
    for n, (_verb, _says, which, due) in enumerate(OF_SUGGESTIONS):
        wanted |= {
            f"n{n}": Count("pk", filter=which),
            f"since{n}": Min("received_on", filter=which),
            f"due{n}": Min(due, filter=which),
        }
    sums, found, few = here.aggregate(**wanted), [], []
    for n, (verb, says, which, _due) in enumerate(OF_SUGGESTIONS):
        if sums[f"n{n}"] > SEVERAL:
            found.append(
                Wait(verb, says, place, sums[f"since{n}"], sums[f"due{n}"], count=sums[f"n{n}"], kind="suggestions")
            )
        elif sums[f"n{n}"]:
            few.append(When(which, then=Value(n)))
    return found + _one_by_one(here, place, few)


def _one_by_one(here: "QuerySet[Suggestion]", place: Place, few: list[When]) -> list[Wait]:
    if not few:
        return []
    rows = here.annotate(waits=Case(*few, output_field=IntegerField())).filter(waits__isnull=False)
    found = []
    for one in rows.only("title", "received_on", "screen_due", "answer_due"):
        verb, _says, _which, due = OF_SUGGESTIONS[one.waits]
        found.append(_about(verb, one, one.title, one.received_on, getattr(one, due), place))
    return found


NEXT_OF_MEETING = {
    MeetingState.PLANNED: "meeting.convene",
    MeetingState.CONVENED: "meeting.open",
    MeetingState.OPEN: "meeting.close",
    MeetingState.CLOSED: "meeting.approve_minutes",
    MeetingState.APPROVED: "meeting.publish_minutes",
}


def meetings_waiting(place: Place, today: date) -> list[Wait]:
    """Due meetings nobody has planned, and each meeting with its next step."""
    known = list(Meeting.objects.filter(Q(state__in=NEXT_OF_MEETING) | Q(starts_at__year=today.year), place=place))
    due = due_meetings(place, today.year, today, known)
    found = [
        Wait("meeting.plan", row.label, place, row.due.opens, row.due.closes)
        for row in due
        if row.meeting is None and row.due.opens <= today
    ]
    return found + [
        _about(NEXT_OF_MEETING[MeetingState(one.state)], one, one.title, one.created_at.date(), one.day, place)
        for one in known
        if one.state in NEXT_OF_MEETING
    ]


def proposals_waiting(place: Place, today: date) -> list[Wait]:
    """To be put on an agenda, decided, opened as projects or reported up, and those pending for too long."""
    days = rules_for(place, today).number("proposal.pending_alert_days")
    not_opened_yet = ~Q(state=ProposalState.ADOPTED) | Q(project=None)
    rows = waiting_at(place, today - timedelta(days=days)).filter(not_opened_yet)
    return [_proposal(one, place, today, days) for one in rows]


def _proposal(one: Proposal, place: Place, today: date, days: int) -> Wait:
    decided = one.decided_on or today
    if one.state == ProposalState.PENDING:
        return _about("proposal.table", one, one.title, decided, decided + timedelta(days=days), place)
    if one.state == ProposalState.ADOPTED:
        own = may_lead(place.level, one.responsible_level)
        return _about("project.open" if own else "proposal.report_up", one, one.title, decided, place=place)
    voted = one.agenda_item is not None and one.agenda_item.state == ItemState.DECIDED
    return _about("proposal.decide" if voted else "proposal.table", one, one.title, one.created_at.date(), place=place)


NEXT_OF_PROJECT = {
    ProjectState.PLANNING: "project.write_plan",
    ProjectState.PUBLICISED: "project.start",
    ProjectState.COMPLETED: "project.accept",
}


def projects_waiting(place: Place, today: date) -> list[Wait]:
    """Plans to write, works to start, works late or silent."""
    rows = Project.objects.filter(place=place).select_related("place", "notice")
    found = []
    for one in rows.exclude(state__in=(ProjectState.REVIEWED, ProjectState.STOPPED, ProjectState.ACCEPTED)):
        step = NEXT_OF_PROJECT.get(ProjectState(one.state))
        pace = pace_of(one, today)
        if step is not None:
            found.append(_about(step, one, one.title, one.created_at.date(), one.due, place))
        elif pace is not None and (pace.late or pace.stalled or pace.due_soon):
            found.append(_about("project.note_progress", one, one.title, one.last_progress_on or today, one.due, place))
    return found


def terms_waiting(place: Place, today: date) -> list[Wait]:
    """The next step of a term or a by-election in the making, and the end of a serving term when it comes near."""
    days = rules_for(place, today).number("council.term_reminder_days")
    terms = list(Term.objects.filter(place=place).exclude(state=TermState.ENDED).select_related("council"))
    by_elections = ByElection.objects.filter(place=place, state__in=BY_ELECTION_LIFECYCLE.usual)
    under_way: list[Term | ByElection] = [*terms, *by_elections.select_related("constituency", "term", "notice")]
    found = [
        _about(_usual(one), one, str(one), one.created_at.date(), place=place)
        for one in under_way
        if one.state in one.LIFECYCLE.usual
    ]
    near, newest = today + timedelta(days=days), max((one.number for one in terms), default=0)
    return found + [
        _about("term.begin", one.council, str(one), today, one.ends, place)
        for one in terms
        if one.state == TermState.SEATED and one.number == newest and one.ends is not None and one.ends <= near
    ]


def _usual(thing: Term | ByElection) -> str:
    """What comes next as a rule: of several, the first that can be done."""
    codes = thing.LIFECYCLE.usual[thing.state]
    return next((code for code in codes if why_not_now(code, thing) is None), codes[0])


def _about(
    verb: str,
    thing: Suggestion | Meeting | Proposal | Project | Council | Term | ByElection,
    says: str,
    since: date,
    due: date | None = None,
    place: Place | None = None,
) -> Wait:
    return Wait(verb, says, place or thing.place, since, due, kind=labelled(thing), pk=str(thing.pk))


def today_of(thing: Proposal) -> date:
    """The day a thing was written down, where no better date is kept."""
    return thing.created_at.date()


def late_ones(waits: Iterable[Wait], today: date) -> list[Wait]:
    """Those whose day has passed."""
    return [wait for wait in waits if wait.late(today)]
