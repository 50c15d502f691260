"""What waits for whom today: one short list for each office, oldest and latest-due first."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Min,
    Model,
    Q,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question, Sentence
from yishiting.ground.common.verbs import VERBS, labelled, usual_verb, why_not
from yishiting.ground.organisations.models import Appointment
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.organisations.rules import ACCOUNTS, OF_THE_LINE, WATCHING, WORKING
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.queries import acted_for
from yishiting.ground.seasons.queries import rules_for
from yishiting.overview.cycle import district, lines
from yishiting.overview.cycle.below import (
    calls_waiting,
    coming_year_waiting,
    entries_to_confirm,
    put_off_waiting,
    reported_to,
    special_matters_waiting,
    taken_on,
    to_be_sent,
)
from yishiting.overview.cycle.choices import choices_of, results_waiting
from yishiting.overview.cycle.guards import BEGINNING
from yishiting.overview.cycle.rows import told
from yishiting.overview.cycle.shapes import Thing, Wait, about, in_order
from yishiting.overview.cycle.units import for_units, named_to
from yishiting.year.councils.models import Assembly, ByElection, Council, Representative, Term
from yishiting.year.councils.queries import announced_by, seats_of, sits, terms_of, vacancies_waiting
from yishiting.year.councils.states import BY_ELECTION_LIFECYCLE
from yishiting.year.councils.states import State as TermState
from yishiting.year.directors.models import NeedsReport, Sitting, WorksPlan
from yishiting.year.directors.queries import (
    LIVE,
    directors_name,
    in_a_plan_in_force,
    lists_to_receive,
    needs_a_plan,
    not_before_the_directors,
    rounds_without_plan,
)
from yishiting.year.inquiries.models import Inquiry
from yishiting.year.inquiries.states import State as InquiryState
from yishiting.year.meetings.models import Attendance, Invitation, Meeting
from yishiting.year.meetings.queries import due_meetings
from yishiting.year.meetings.states import LIFECYCLE as MEETING_LIFECYCLE
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Finding, Project
from yishiting.year.projects.queries import pace_of, supervised_by, to_be_signed, whose_raisers_have_gone
from yishiting.year.projects.states import AT_WORK, FindingState
from yishiting.year.projects.states import LIFECYCLE as PROJECT_LIFECYCLE
from yishiting.year.proposals.models import Proposal, Source
from yishiting.year.proposals.queries import waiting_at
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.spending.queries import to_pay
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.joining import lying_at
from yishiting.year.suggestions.states import LIFECYCLE as OF_A_SUGGESTION
from yishiting.year.suggestions.states import State as SuggestionState

T = TypeVar("T", bound=Thing)
#: Few enough to be shown one by one.
SEVERAL = 5
#: What waits of packages that stand above this one; each enters its own.
LATER_SOURCES: list[Callable[[Person, date], list[Wait]]] = []


def waiting_for(person: Person, today: date) -> list[Wait]:
    """Everything that waits for this person, in all their offices and seats."""
    held, found = offices_of(person, today), for_representative(person, today) + for_units(person, today)
    for place in _with_former(_places(held, WORKING)):
        found += [wait for wait in at_the_desk(place, today, person) if _theirs(person, wait)]
        found += put_off_waiting(place, today)
        if place.level != Level.COMMUNITY:  # below a community there is nobody
            found += reported_to(place, today) + taken_on(place, today, person) + entries_to_confirm(place)
    for line, office in OF_THE_LINE.items():
        for place in _places(held, (office,)):
            found += lists_waiting(place, line)
    for place in _with_former(_places(held, WATCHING)):
        found += told(place, [*lines.of_polls(place, person), *lines.of_answered_findings(place, person, today)])
    for place in _with_former(_places(held, ACCOUNTS)):
        found += to_be_paid(place)
    found += district.at_the_committees(person, today) + district.at_the_units(person, today)
    found += [wait for source in LATER_SOURCES for wait in source(person, today)]
    return in_order(_open_or_not(found, person, today))


def _places(held: Iterable[Appointment], offices: Iterable[str]) -> list[Place]:
    """Where these offices are held, each place once: a secretary is often the director too."""
    return list(dict.fromkeys(one.place for one in held if one.office in offices))


def _with_former(places: list[Place]) -> list[Place]:
    """These places, and the closed ones whose open matters their desks finish."""
    return [one for place in places for one in acted_for(place)]


def _open_or_not(waits: list[Wait], person: Person, today: date) -> list[Wait]:
    """A line whose day has passed is red only where its reader can do something today; otherwise it says why not."""
    asked = (
        wait for wait in waits if not wait.verb.startswith(district.OURS)
    )  # those are told only when they can be done
    late = {wait for wait in asked if wait.late(today) and _subject_of(wait) is not None}
    things = _read(wait for wait in late if wait.thing is None)
    return [
        _closed(wait, person, wait.thing or things.get((wait.kind, wait.pk))) if wait in late else wait
        for wait in waits
    ]


def _read(waits: Iterable[Wait]) -> dict[tuple[str, str], Model]:
    """The things behind these lines, those of a kind in one query."""
    keys: dict[type[Model], set[str]] = defaultdict(set)
    for wait in waits:
        if (subject := _subject_of(wait)) is not None:
            keys[subject].add(wait.pk)
    return {
        (labelled(subject), str(one.pk)): one
        for subject, some in keys.items()
        for one in subject._base_manager.filter(pk__in=some).select_related("place")
    }


def _subject_of(wait: Wait) -> type[Model] | None:
    """The kind of thing behind a line, where it is the one that its verb is done to."""
    subject = VERBS[wait.verb].subject
    return subject if subject not in (None, Place) and labelled(subject) == wait.kind else None


def _closed(wait: Wait, person: Person, thing: Model | None) -> Wait:
    refusal = why_not(person, wait.verb, thing) if thing is not None else None
    return wait if refusal is None else replace(wait, closed=refusal)


def _theirs(person: Person, wait: Wait) -> bool:
    """Whether the next action is one this person may do: the rest waits for somebody else."""
    return VERBS[wait.verb].may.why_not(Question(person, wait.place)) is None


def waiting_for_colleagues(person: Person, today: date) -> list[Wait]:
    """What waits at the desks where this person works or watches, and is somebody else's: each line says whose."""
    places = _with_former(_places(offices_of(person, today), (*WORKING, *WATCHING)))
    rows = [wait for place in places for wait in at_the_desk(place, today, person, everybody=True)]
    return [replace(wait, whom=whose) for wait in rows if (whose := _why_not_theirs(person, wait)) is not None]


def _why_not_theirs(person: Person, wait: Wait) -> Sentence | None:
    return VERBS[wait.verb].may.why_not(Question(person, wait.thing or wait.place))


def at_the_desk(place: Place, today: date, person: Person, *, everybody: bool = False) -> list[Wait]:
    """What the desk of a place has before it: what is this person's to do, or everybody's."""
    actor = None if everybody else person
    sources: tuple[Callable[[Place, date, Person | None], list[Wait]], ...] = (
        suggestions_waiting,
        meetings_waiting,
        directors_waiting,
        proposals_waiting,
        projects_waiting,
        terms_waiting,
        coming_year_waiting,
        special_matters_waiting,
        calls_waiting,
        to_be_sent,
    )
    by_themselves = [
        *lines.of_notices(place, today),
        *lines.of_referrals(place),
        *lines.of_polls(place, person),
        *lines.of_reviews(place),
        *lines.of_tasks(place),
        *lines.of_findings(place),
        *lines.of_consultations(place, today),
        *lines.of_elections(place, today),
        *lines.of_choices(place, today),
        *lines.of_inquiries(place),
        *lines.of_council_questions(place),
        *lines.of_agreements(place, today),
        *lines.of_payments(place),
        *lines.of_hearings(place, today),
        *lines.of_results(place),
        *(district.at_the_office(place, today) if place.level == Level.DISTRICT else ()),
    ]
    found = district.few(told(place, by_themselves))
    if place.run_by_id is not None:
        found = [wait for wait in found if wait.verb not in BEGINNING]
        sources = (suggestions_waiting, proposals_waiting, projects_waiting, calls_waiting)
    results = [wait for wait in found if wait.verb in RESULTS]
    return [
        *(wait for source in sources for wait in source(place, today, actor)),
        *(wait for wait in found if wait.verb not in RESULTS),
        *(results_waiting(place) if results else []),
    ]


#: What is closed is read again, since its next step may be a lot.
RESULTS = ("score_round.publish", "budget_vote.publish")


def for_representative(person: Person, today: date) -> list[Wait]:
    """What a representative is asked for: meetings to come, works to check, findings to confirm."""
    seats = seats_of(person, today)
    if not seats:
        return []
    found = [
        Wait(
            "invitation.sign_in",
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
    return found + works_of(person, seats, today) + choices_of(person, today) + questions_of(person)


def to_be_paid(place: Place) -> list[Wait]:
    """What was approved and waits for who keeps the accounts, here and in the communities below whose books are kept here."""
    return [
        about("payment.pay", one, one.contract.title, one.approved_on or one.asked_on, place=one.place)
        for one in to_pay(place)
    ]


def questions_of(person: Person) -> list[Wait]:
    """What this person asked the office above and has to say more about."""
    rows = Inquiry.objects.filter(asked_by=person, state=InquiryState.RETURNED).select_related("place")
    return [about("inquiry.follow_up", one, one.title, one.asked_on) for one in rows]


def works_of(person: Person, seats: list[Representative], today: date) -> list[Wait]:
    """Works to sign for, of those that these seats supervise, and answers to confirm to whoever raised the finding."""
    theirs = Q(found_by=person) | Q(pk__in=whose_raisers_have_gone(today))
    answered = Finding.objects.filter(theirs, project__in=supervised_by(seats), state=FindingState.ANSWERED)
    return [about("project.sign", one, one.title, one.completed_on or today) for one in to_be_signed(seats)] + [
        about("finding.confirm", one.project, one.text, one.answered_on or today)
        for one in answered.select_related("place", "project__place")
    ]


#: What waits of suggestions: verb, what it is called together, which ones, and which date is its limit.
SCREEN, APPEAL, (ANSWER, CLASSIFY) = (
    *OF_A_SUGGESTION.usual[SuggestionState.RECEIVED],
    *OF_A_SUGGESTION.usual[SuggestionState.APPEALED],
    OF_A_SUGGESTION.usual[SuggestionState.VALID],
)
ASSIGN = "suggestion.assign"
OF_SUGGESTIONS = (
    (SCREEN, gettext_lazy("等待初审的建议"), Q(state=SuggestionState.RECEIVED), "screen_due"),
    (APPEAL, gettext_lazy("申请复核的建议"), Q(state=SuggestionState.APPEALED), "answer_due"),
    (CLASSIFY, gettext_lazy("等待分类分级的建议"), Q(state=SuggestionState.VALID, responsible_level=""), "answer_due"),
    (
        ANSWER,
        gettext_lazy("等待答复的有效建议"),
        Q(state=SuggestionState.VALID, answered_on=None) & ~Q(responsible_level=""),
        "answer_due",
    ),
)
#: Where the rules name somebody first: who answers for it is asked before the answer.
NOBODY = Q(state=SuggestionState.VALID, responsible=None) & ~Q(responsible_level="")
ASSIGNED_FIRST = (
    *OF_SUGGESTIONS[:3],
    (ASSIGN, gettext_lazy("等待确定责任人的建议"), NOBODY, "answer_due"),
    (ANSWER, OF_SUGGESTIONS[3][1], OF_SUGGESTIONS[3][2] & ~Q(responsible=None), "answer_due"),
)


def suggestions_waiting(place: Place, today: date, person: Person | None) -> list[Wait]:
    """To be screened, looked at again, classed, answered: one by one while they are few, together when many."""
    own = Q(place=place)
    carried = Source.objects.filter(live=True).exclude(proposal__place=place)
    here = Suggestion.objects.filter(
        own if place.level == Level.COMMUNITY else own | (lying_at(place) & ~Q(sources__in=carried))
    )
    kinds: tuple[Any, ...] = (
        ASSIGNED_FIRST if rules_for(place, today).values["suggestion.assign_first"] else OF_SUGGESTIONS
    )
    if directors_name(place):  # there it waits for a sitting
        theirs = named_to(person, place, today)
        kinds = tuple((verb, says, which & theirs, due) for verb, says, which, due in kinds if verb != ASSIGN)
    wanted: dict[str, Any] = {}
    for n, (_verb, _says, which, due) in enumerate(kinds):
        wanted |= {
            f"n{n}": Count("pk", filter=which),
            f"since{n}": Min("received_on", filter=which),
            f"due{n}": Min(due, filter=which),
        }
    sums, found, few = here.aggregate(**wanted), [], []
    for n, (verb, says, which, _due) in enumerate(kinds):
        if sums[f"n{n}"] > SEVERAL:
            found.append(
                Wait(verb, says, place, sums[f"since{n}"], sums[f"due{n}"], count=sums[f"n{n}"], kind="suggestions")
            )
        elif sums[f"n{n}"]:
            few.append(When(which, then=Value(n)))
    return found + _one_by_one(here, place, kinds, few)


def _one_by_one(here: "QuerySet[Suggestion]", place: Place, kinds: tuple[Any, ...], few: list[When]) -> list[Wait]:
    if not few:
        return []
    rows = here.annotate(waits=Case(*few, output_field=IntegerField())).filter(waits__isnull=False)
    found = []
    for one in rows.select_related("place"):
        verb, _says, _which, due = kinds[one.waits]
        found.append(about(verb, one, one.title, one.received_on, getattr(one, due), place))
    return found


def directors_waiting(place: Place, today: date, person: Person | None) -> list[Wait]:
    """Sittings of the directors' meeting with their next step; what stands on the agenda of none, together."""
    if place.level != Level.SUBDISTRICT:
        return []
    found = _papers_waiting(place, person)
    if not directors_name(place):
        return found
    sittings = Sitting.objects.filter(place=place, state__in=LIVE).select_related("place")
    found += _each(person, sittings, lambda one, verb: about(verb, one, str(one), one.held_on, one.held_on))
    left = not_before_the_directors(place).aggregate(
        n=Count("pk"), since=Min("received_on"), due=Min("answer_due", filter=Q(answered_on=None))
    )
    if left["n"]:
        says = gettext_lazy("等待主任办公会确定责任领导和科室的建议")
        found.append(Wait("sitting.call", says, place, left["since"], left["due"], count=left["n"], kind="suggestions"))
    return found


def _papers_waiting(place: Place, person: Person | None) -> list[Wait]:
    """The report and the plan with their next step; a report whose list is sent and that is public waits no more."""
    reports = NeedsReport.objects.filter(place=place, state__in=NeedsReport.LIFECYCLE.usual).select_related("place")
    plans = WorksPlan.objects.filter(place=place, state__in=WorksPlan.LIFECYCLE.usual).select_related("place", "notice")
    papers: list[NeedsReport | WorksPlan] = [*reports, *plans]
    found = _each(person, papers, lambda one, verb: about(verb, one, str(one), timezone.localdate(one.created_at)))
    says = gettext_lazy("打分结果已公布，还没有编制实施计划书")
    ready = rounds_without_plan(place).first()
    return found + (
        [Wait("works_plan.draft", says, place, ready.published_on, kind="place")]
        if ready is not None and ready.published_on is not None
        else []
    )


def lists_waiting(district: Place, line: str) -> list[Wait]:
    """The lists that the committee of a line has to receive."""
    rows = lists_to_receive(district, line)
    return [about("needs_report.receive_list", one, str(one), one.sent_on or timezone.localdate()) for one in rows]


def meetings_waiting(place: Place, today: date, person: Person | None) -> list[Wait]:
    """Due meetings nobody has planned, where a council sits that could hold them; and each meeting with its next step."""
    of_interest = Q(state__in=MEETING_LIFECYCLE.usual) | Q(starts_at__year=today.year)
    known = list(Meeting.objects.filter(of_interest, place=place).select_related("place", "council"))
    due = due_meetings(place, today.year, today, known) if known or sits(place, today) else []
    found = [
        Wait("meeting.plan", row.label, place, row.due.opens, row.due.closes, pk=row.due.kind)
        for row in due
        if row.meeting is None and row.due.opens <= today
    ]
    return found + _each(
        person, known, lambda one, verb: about(verb, one, one.title, timezone.localdate(one.created_at), one.day)
    )


def proposals_waiting(place: Place, today: date, person: Person | None) -> list[Wait]:
    """To be put on an agenda, decided, opened as projects or reported up, and those pending for too long."""
    days = rules_for(place, today).number("proposal.pending_alert_days")
    not_opened_yet = ~Q(state=ProposalState.ADOPTED) | Q(projects=None, agreement=None)
    rows = waiting_at(place, today - timedelta(days=days)).filter(not_opened_yet).select_related("place")
    if needs_a_plan(place):  # what the council adopted waits for the plan, and only then to be opened
        rows = rows.filter(~Q(state=ProposalState.ADOPTED) | in_a_plan_in_force())
    return _each(person, rows, lambda one, verb: _proposal(one, verb, days, (one.handed_on, one.agree_by)))


def _proposal(one: Proposal, verb: str, days: int, handed: tuple[date | None, date | None]) -> Wait:
    """Pending ones are due after some days, those handed down by the day the place above named."""
    handed_on, agree_by = handed if one.state == ProposalState.HANDED_DOWN else (None, None)
    since = handed_on or one.decided_on or timezone.localdate(one.created_at)
    due = since + timedelta(days=days) if one.state == ProposalState.PENDING else agree_by
    return about(verb, one, one.title, since, due)


def projects_waiting(place: Place, today: date, person: Person | None) -> list[Wait]:
    """Plans to write, works to start and to accept; works under way while they are late, silent or due soon."""
    rows = Project.objects.filter(place=place, state__in=PROJECT_LIFECYCLE.usual).select_related("place", "notice")
    returned = [one for one in rows if one.entry_note]
    wanted = [one for one in rows if _asks(one, today) and not one.entry_note]
    prefetch_related_objects([one for one in wanted if one.state not in AT_WORK], "team", "supervisors")
    found = _each(person, wanted, lambda one, verb: about(verb, one, one.title, _since(one), one.due))
    return found + [about("project.amend_entry", one, one.title, one.entered_on or today) for one in returned]


def _asks(project: Project, today: date) -> bool:
    if project.state not in AT_WORK:
        return True
    pace = pace_of(project, today)
    return pace is not None and (pace.late or pace.stalled or pace.due_soon)


def _since(project: Project) -> date:
    """Of a work under way, when something was last heard of it."""
    heard = project.last_progress_on if project.state in AT_WORK else None
    return heard or timezone.localdate(project.created_at)


def terms_waiting(place: Place, today: date, person: Person | None) -> list[Wait]:
    """The next step of a term or a by-election in the making, and the end of a serving term when it comes near."""
    terms = [one for one in terms_of(place) if one.state != TermState.ENDED]
    by_elections = ByElection.objects.filter(place=place, state__in=BY_ELECTION_LIFECYCLE.usual)
    under_way: list[Term | ByElection] = [
        *terms,
        *by_elections.select_related("constituency", "term", "notice", "place"),
    ]
    newest = max((one.number for one in terms), default=0)
    returned = [one for one in terms if one.state == TermState.ENTERED and one.entry_note]
    found = _each(
        person, under_way, lambda one, verb: about(verb, one, _called(one), timezone.localdate(one.created_at))
    )
    found += [about("term.amend_entry", one, _called(one), one.entered_on or today) for one in returned]
    found += _to_be_convened(terms, today) if terms else _first_term(place, today)
    last = next((one for one in terms if one.state == TermState.SEATED and one.number == newest), None)
    return [*found, *_vacant(place, today), *(_ending(last, today) if last is not None else [])]


def _called(one: Term | ByElection) -> str:
    return gettext("议事协商会%(term)s") % {"term": one} if isinstance(one, Term) else str(one)


def _to_be_convened(terms: list[Term], today: date) -> list[Wait]:
    """Elections that nobody has called the assembly for."""
    electing = [one for one in terms if one.state == TermState.ELECTING]
    called = Assembly.objects.standing().filter(term__in=electing, by_election=None) if electing else ()
    met = {one.term_id for one in called}
    return [about("assembly.convene", one, _called(one), today) for one in electing if one.pk not in met]


def _first_term(place: Place, today: date) -> list[Wait]:
    """Where nobody sits: found the council, then prepare a term or enter the one that sits."""
    if place.level != Level.COMMUNITY:
        return []
    council = Council.objects.filter(place=place).select_related("place").first()
    if council is None:
        says = gettext_lazy("还没有登记议事协商会")
        return [Wait("council.found", says, place, today, kind="place", pk=place.code)]
    return [about("term.begin", council, gettext_lazy("议事协商会没有在任的一届，也没有筹备中的一届"), today)]


def _vacant(place: Place, today: date) -> list[Wait]:
    """Seats that nobody holds and about which nobody has decided."""
    days = timedelta(days=rules_for(place, today).number("council.vacancy_days"))
    return [
        about("by_election.call", one, gettext("%(name)s空缺%(n)s席") % {"name": one, "n": n}, since, since + days)
        for one, n, since in vacancies_waiting(place, today)
    ]


def _ending(term: Term, today: date) -> list[Wait]:
    """The last term there is comes to its end: everybody is told, and the next one is prepared."""
    days, found = announced_by(term), []
    if days is not None and not term.end_is_announced and days[0] <= today:
        found.append(about("term.announce", term, _called(term), *days))
    if days is not None and days[1] <= today:
        found.append(about("term.begin", term.council, _called(term), days[1], term.ends, term.place))
    return found


def _each(person: Person | None, things: Iterable[T], line: Callable[[T, str], Wait]) -> list[Wait]:
    """A line for each thing whose usual next verb is this person's; without one, for each thing that goes on."""
    return [line(one, verb) for one in things if (verb := usual_verb(one, person)) is not None]


def late_ones(waits: Iterable[Wait], today: date) -> list[Wait]:
    """Those whose day has passed."""
    return [wait for wait in waits if wait.late(today)]
