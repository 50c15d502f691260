"""What comes next of anything, in any state, stands on the home of everybody who may do it, and its page opens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories import (
    agreements,
    assessments,
    ballots,
    councils,
    directors,
    evaluation,
    funds,
    hearings,
    inquiries,
    matters,
    meetings,
    projects,
    proposals,
    publicity,
    sections,
)
from tests.put_back import kept
from yishiting.doors.web.desk.links import way_to
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import why_not
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.instruments.publicity.actions import close_notice
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.councils.actions import begin_term, call_by_election, end_representative, qualify_candidate
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import Representative
from yishiting.year.directors.actions import adopt_report, decide_plan, draft_plan, draft_report, write_work
from yishiting.year.directors.models import Sitting
from yishiting.year.inquiries.actions import ask_back
from yishiting.year.matters.models import Matter
from yishiting.year.matters.permissions import the_lead
from yishiting.year.meetings.actions import approve_minutes, close_meeting
from yishiting.year.projects.actions import (
    accept_project,
    answer_finding,
    complete_project,
    publicise_plan,
    raise_finding,
    sign_acceptance,
)
from yishiting.year.projects.models import Project
from yishiting.year.proposals.actions import bring_back, defer, pass_on, put_off_proposal, report_up
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.spending.actions import approve
from yishiting.year.visits.actions import ask_councils
from yishiting.year.visits.models import CouncilQuestion

_pages = get_resolver().url_patterns  # with its pages each noun says where its verbs are done
pytestmark = pytest.mark.django_db
Make = Callable[[Cast, Clock], Any]


@kept
def a_report(cast: Cast) -> Any:
    directors.sitting(cast)
    return draft_report(cast.maizidian, by=cast.zhao, year=2026)


@kept
def a_works_plan(cast: Cast) -> Any:
    plan = draft_plan(cast.maizidian, by=cast.zhao, score_round=directors.scored(cast, 9, 8), year=2027)
    _head, leader = directors.heads(cast)
    for one in plan.works.all():
        write_work(one, by=cast.zhao, responsible=leader, lead=directors.section(cast), **directors.WRITTEN)
    directors.sitting(cast)
    return plan


@kept
def a_decided_plan(cast: Cast, _clock: Clock) -> Any:
    return decide_plan(a_works_plan(cast), by=cast.zhao, sitting=Sitting.objects.get())


def over(clock: Clock, notice: Any) -> None:
    """The day after the last day of a notice."""
    clock.to(notice.last_day + timedelta(days=1))


def clear(cast: Cast, clock: Clock, notice: Any) -> None:
    """The notice has run its days and is closed."""
    over(clock, notice)
    close_notice(notice, by=cast.wang)


@kept
def a_notice(cast: Cast, clock: Clock) -> Any:
    notice = publicity.a_notice(cast)
    over(clock, notice)
    return notice


@kept
def a_count(cast: Cast, clock: Clock, *sheets: int) -> Any:
    poll = ballots.hands(cast)
    for someone, yes in zip((cast.liu, cast.wang), sheets, strict=False):
        enter_tally(poll, by=someone, counts={"for": yes, "against": 9 - yes, "abstain": 1})
    return poll


@kept
def a_planning_term(cast: Cast, clock: Clock) -> Any:
    return begin_term(councils.a_council(cast), by=cast.wang)


@kept
def a_publicised_term(cast: Cast, clock: Clock) -> Any:
    term = councils.a_publicised_term(cast)
    clear(cast, clock, term.notice)
    return term


@kept
def a_by_election(cast: Cast, clock: Clock) -> Any:
    councils.a_seated_term(cast, clock)
    leaving = Representative.objects.order_by("name").first()
    assert leaving is not None
    end_representative(leaving, by=cast.wang, kind=Leaving.RESIGNED, reason="搬走了")
    clock.to(timezone.localdate() + timedelta(days=1))
    by_election = call_by_election(leaving.constituency, by=cast.wang, reason="有人离任")
    for name in ("补甲", "补乙"):
        qualify_candidate(councils.a_candidate(cast, leaving.constituency, name), by=cast.liu)
    return by_election


@kept
def a_candidate(cast: Cast, clock: Clock) -> Any:
    term = councils.a_nominating_term(cast)
    return councils.a_candidate(cast, term.constituencies.all()[0], "一甲")


@kept
def a_meeting_at_its_end(cast: Cast, clock: Clock) -> Any:
    meeting, item = meetings.opened(cast, clock)
    meetings.voted(cast, item)
    return meeting


@kept
def a_closed_meeting(cast: Cast, clock: Clock) -> Any:
    return close_meeting(a_meeting_at_its_end(cast, clock), by=cast.wang)


@kept
def an_approved_meeting(cast: Cast, clock: Clock) -> Any:
    return approve_minutes(a_closed_meeting(cast, clock), by=cast.wang)


@kept
def a_draft(cast: Cast, clock: Clock) -> Any:
    meetings.planned(cast)
    return proposals.drafted(cast)


@kept
def a_pending_proposal(cast: Cast, clock: Clock) -> Any:
    proposal = proposals.decided(cast, clock, to=ProposalState.PENDING, reason="停车位多少还有争议")
    clock.to(timezone.localdate() + timedelta(days=365))
    return proposal


@kept
def a_voted_proposal(cast: Cast, clock: Clock) -> Any:
    proposal, _meeting = proposals.on_the_floor(cast, clock)
    meetings.voted(cast, proposal.agenda_item)
    return proposal


@kept
def a_reported_proposal(cast: Cast, clock: Clock) -> Any:
    draft = proposals.drafted(cast, responsible_level=ResponsibleLevel.SUBDISTRICT)
    return report_up(proposals.decided(cast, clock, draft), by=cast.wang, reason="道路归街道管")


@kept
def a_proposal_handed_down(cast: Cast, clock: Clock) -> Any:
    return bring_back(a_reported_proposal(cast, clock), by=cast.zhao, answer="社区组织铺，街道拨沥青。")


@kept
def a_proposal_taken_on(cast: Cast, clock: Clock) -> Any:
    return sections.taken_on(cast, sections.a_section(cast), a_reported_proposal(cast, clock))


@kept
def a_proposal_deferred_above(cast: Cast, clock: Clock) -> Any:
    given = defer(a_reported_proposal(cast, clock), by=cast.zhao, answer="明年再看", conditions="列入预算")
    clock.to(given.look_again_on)
    return given


@kept
def a_proposal_put_off(cast: Cast, clock: Clock) -> Any:
    """Until a day on which it can be tabled."""
    return put_off_proposal(a_draft(cast, clock), by=cast.liu, conditions="围墙拆除后", look_again_on=TODAY)


@kept
def a_plan(cast: Cast, clock: Clock) -> Any:
    return projects.planned(cast, projects.seated_council(cast))


@kept
def a_council_question(cast: Cast, clock: Clock) -> Any:
    meetings.a_council(cast.zaobei)
    draft = proposals.drafted(cast)
    Proposal.objects.filter(pk=draft.pk).update(place=cast.maizidian)
    ask_councils(Proposal.objects.get(pk=draft.pk), by=cast.zhao, councils=[cast.zaobei], question="行不行")
    return CouncilQuestion.objects.get()


@kept
def a_publicised_plan(cast: Cast, clock: Clock) -> Any:
    project = publicise_plan(a_plan(cast, clock), by=cast.wang)
    clear(cast, clock, project.notice)
    clock.to(projects.PLAN.starts_on)
    return project


@kept
def a_silent_work(cast: Cast, clock: Clock) -> Any:
    project = projects.underway(cast, clock)
    clock.to(projects.PLAN.deadline)
    return project


@kept
def a_completed_work(cast: Cast, clock: Clock) -> Any:
    return complete_project(projects.underway(cast, clock), by=cast.liu, text="三盏灯都亮了")


def sign(project: Project, *, meets_standard: bool) -> Project:
    for one in project.supervisors.select_related("representative"):
        projects.give_account(one.representative)
        note = "" if meets_standard else "没照到台阶"
        sign_acceptance(project, by=one.representative.person, meets_standard=meets_standard, note=note)
    return project


@kept
def a_signed_work(cast: Cast, clock: Clock) -> Any:
    return sign(a_completed_work(cast, clock), meets_standard=True)


@kept
def a_work_put_right(cast: Cast, clock: Clock) -> Any:
    project = accept_project(sign(a_completed_work(cast, clock), meets_standard=False), by=cast.wang)
    clock.to(project.rectify_by)
    return project


@kept
def a_finding(cast: Cast, clock: Clock) -> Any:
    return raise_finding(projects.underway(cast, clock), by=cast.liming, text="灯罩松了")


@kept
def an_answered_finding(cast: Cast, clock: Clock) -> Any:
    return answer_finding(a_finding(cast, clock), by=cast.liu, answer="已经拧紧")


@kept
def an_agreement_of_a_year_ago(cast: Cast, clock: Clock) -> Any:
    agreement = agreements.agreed(cast)
    clock.to(agreement.review_due)
    return agreement


@kept
def a_review(cast: Cast, clock: Clock) -> Any:
    return evaluation.review_meeting(cast, clock)[1]


@kept
def a_counted_review(cast: Cast, clock: Clock) -> Any:
    return evaluation.rated(cast, a_review(cast, clock), satisfied=5, mostly=0, unsatisfied=0)


@kept
def a_hearing_on_its_day(cast: Cast, clock: Clock) -> Any:
    hearing = hearings.announced(cast)
    clock.to(timezone.localdate(hearing.starts_at), 18)
    return hearing


def a_proposal_passed_on(cast: Cast, _clock: Clock) -> Any:
    """To a unit; what another place has waits on its home: tests/year/proposals/test_across.py."""
    return pass_on(projects.adopted_proposal(cast), by=cast.wang, receiver="安居物业公司", reason="地面归物业管")


#: Of each noun and state, how it comes to be; several where several things may come next.
SITUATIONS: dict[tuple[str, str], list[Make]] = {
    ("PublicNotice", "posted"): [a_notice],
    ("Objection", "received"): [lambda cast, clock: publicity.an_objection(publicity.a_notice(cast))],
    ("Poll", "open"): [a_count],
    ("Poll", "counting"): [lambda cast, clock: a_count(cast, clock, 8)],
    ("Poll", "different"): [lambda cast, clock: a_count(cast, clock, 8, 7)],
    ("Term", "planning"): [a_planning_term, lambda cast, clock: councils.a_planned_term(cast)],
    ("Term", "entered"): [lambda cast, clock: councils.an_entered_term(cast)],
    ("Term", "nominating"): [lambda cast, clock: councils.fill_candidates(cast, councils.a_nominating_term(cast))],
    ("Term", "publicising"): [a_publicised_term],
    ("Term", "electing"): [
        lambda cast, clock: councils.hold_election(cast, councils.an_electing_term(cast, clock)),
    ],
    ("ByElection", "nominating"): [a_by_election],
    ("Candidate", "nominated"): [a_candidate],
    ("Meeting", "planned"): [
        lambda cast, clock: meetings.planned(cast),
        lambda cast, clock: meetings.with_item(cast)[0],
    ],
    ("Meeting", "convened"): [lambda cast, clock: meetings.convened(cast)[0]],
    ("Meeting", "open"): [a_meeting_at_its_end],
    ("Meeting", "closed"): [a_closed_meeting],
    ("Meeting", "approved"): [an_approved_meeting],
    ("Proposal", "drafted"): [a_draft],
    ("Proposal", "tabled"): [a_voted_proposal],
    ("Proposal", "pending"): [a_pending_proposal],
    ("Proposal", "adopted"): [
        lambda cast, clock: projects.adopted_proposal(cast),
        lambda cast, clock: projects.adopted_proposal(cast, ResponsibleLevel.SUBDISTRICT),
        lambda cast, clock: sections.adopted_by_the_street(cast),
    ],
    ("Proposal", "reported_up"): [a_reported_proposal],
    ("Proposal", "handed_down"): [a_proposal_handed_down],
    ("Proposal", "taken_on"): [a_proposal_taken_on],
    ("Proposal", "passed_on"): [a_proposal_passed_on],
    ("Proposal", "not_now"): [a_proposal_deferred_above, a_proposal_put_off],
    ("Project", "planning"): [
        lambda cast, clock: projects.open_project(projects.adopted_proposal(cast), by=cast.wang),
        a_plan,
        lambda cast, clock: sections.taken_up(cast, sections.a_section(cast)),
    ],
    ("Project", "publicised"): [a_publicised_plan],
    ("Project", "underway"): [a_silent_work],
    ("Project", "rectifying"): [a_work_put_right],
    ("Project", "completed"): [a_completed_work, a_signed_work],
    ("Finding", "open"): [a_finding],
    ("Finding", "answered"): [an_answered_finding],
    ("Agreement", "in_force"): [an_agreement_of_a_year_ago],
    ("Breach", "reported"): [lambda cast, clock: agreements.broken(cast)],
    ("NeedsReport", "drafted"): [lambda cast, clock: a_report(cast)],
    ("NeedsReport", "adopted"): [
        lambda cast, clock: adopt_report(a_report(cast), by=cast.zhao, sitting=Sitting.objects.get())
    ],
    ("WorksPlan", "drafted"): [lambda cast, clock: a_works_plan(cast)],
    ("WorksPlan", "decided"): [a_decided_plan],
    ("Sitting", "called"): [lambda cast, clock: directors.called(cast)],
    ("Sitting", "open"): [lambda cast, clock: directors.sitting(cast, directors.passed(cast))],
    ("Assessment", "draft"): [assessments.drafted],
    ("Assessment", "scoring"): [assessments.all_checked],
    ("Assessment", "announced"): [assessments.undisputed],
    ("CouncilQuestion", "asked"): [a_council_question],
    ("Inquiry", "asked"): [lambda cast, clock: inquiries.asked(cast)],
    ("Inquiry", "returned"): [lambda cast, clock: ask_back(inquiries.asked(cast), by=cast.sun, text="哪一次会？")],
    ("Payment", "asked"): [lambda cast, clock: funds.asked(cast, funds.clerks(cast))],
    ("Payment", "approved"): [lambda cast, clock: approve(funds.asked(cast, funds.clerks(cast)), by=cast.wang)],
    ("Review", "listed"): [a_review, a_counted_review],
    ("Hearing", "announced"): [a_hearing_on_its_day],
    ("Hearing", "held"): [hearings.held],
    ("Opinion", "asked"): [matters.an_opinion],
    ("Dispatch", "sent"): [matters.a_dispatch],
    ("Dispatch", "returned"): [matters.a_returned_dispatch],
    **{("Matter", state): [make] for state, make in matters.AT.items()},
}
#: A by-election goes the way of a term, and is seen above while it begins.
AS_A_TERM = {("ByElection", "publicising"), ("ByElection", "electing")}
#: Nouns of packages whose verbs are being declared: they join when they are.
LATER = {"Consultation", "Statement", "Questionnaire", "ScoreRound", "BudgetVote", "Suggestion"}
CASES = [(name, state, make) for (name, state), ways in SITUATIONS.items() for make in ways]


def test_every_state_with_something_next_has_its_situation() -> None:
    tables = {one.__name__: one.LIFECYCLE for one in apps.get_models() if getattr(one, "LIFECYCLE", None) is not None}
    wanted = {(name, state) for name, table in tables.items() if name not in LATER for state in table.usual}
    assert wanted == set(SITUATIONS) | AS_A_TERM


@pytest.mark.parametrize(("name", "state", "make"), CASES, ids=lambda one: one if isinstance(one, str) else "")
def test_it_waits_for_everybody_who_may_and_its_page_opens(
    cast: Cast, clock: Clock, name: str, state: str, make: Make
) -> None:
    thing = make(cast, clock)
    thing.refresh_from_db()
    assert (type(thing).__name__, thing.state) == (name, state)
    today, usual = timezone.localdate(), thing.LIFECYCLE.usual[state]
    everybody = [cast.liming, cast.lu, *Person.objects.filter(appointments__isnull=False).distinct()]
    everybody += [one for one in directors.heads(cast) if one not in everybody]
    theirs = {one: [code for code in usual if why_not(one, code, thing) is None] for one in everybody}
    first = next((code for code in usual for codes in theirs.values() if code in codes), None)
    assert first is not None or (name, state) in NOT_BEFORE_THE_DAY, "nobody can go on"
    for person, codes in theirs.items():
        if not codes:
            continue
        waits = [one for one in waiting_for(person, today) if one.verb in codes]
        if first in codes and (person, state) not in done_theirs(cast) and not is_left_to_the_lead(person, thing):
            assert first in {one.verb for one in waits}, person
        they_are_on_the_home_and_open(person, {way_to(wait) for wait in waits})


#: The day of the meeting has to come; until then it stands on the home with its day.
NOT_BEFORE_THE_DAY = {("Meeting", "convened")}


def is_left_to_the_lead(person: Person, thing: Any) -> bool:
    """What several units have in hand lies at one desk: those who help may, and are not asked to."""
    return (
        isinstance(thing, Matter)
        and thing.state == "underway"
        and the_lead.why_not(Question(person, thing)) is not None
    )


def done_theirs(cast: Cast) -> set[tuple[Person, str]]:
    """Whoever keyed in the first count does not key in the second."""
    return {(cast.liu, "counting")}


def they_are_on_the_home_and_open(person: Person, addresses: set[str]) -> None:
    browser = Client()
    browser.force_login(person)
    home = browser.get("/desk/" if offices_of(person) else "/council/").content.decode() if addresses else ""
    for address in addresses:
        assert f'href="{address.replace("&", "&amp;")}"' in home, (person, address)
        assert browser.get(address).status_code == 200, (person, address)
