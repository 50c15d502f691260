"""What waits for whom: short, in order, and only what each may do."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import OPERATOR, Cast
from tests.conftest import Clock
from tests.factories.ballots import hands
from tests.factories.councils import a_seated_term
from tests.factories.projects import adopted_proposal, give_account, underway
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.instruments.ballots.actions import enter_tally, redo_tally
from yishiting.overview.cycle.actions import run_daily
from yishiting.overview.cycle.board import terms_waiting, waiting_for
from yishiting.year.councils.actions import begin_term
from yishiting.year.projects.actions import accept_project, complete_project, raise_finding, sign_acceptance
from yishiting.year.suggestions.actions import appeal, screen_suggestion, submit_suggestion

pytestmark = pytest.mark.django_db
REFUSED = dict.fromkeys(("factual", "legality", "feasibility"), "pass") | {"public_interest": "fail"}


def verbs_for(person, day: date = date(2026, 3, 5)) -> list[str]:
    return [wait.verb for wait in waiting_for(person, day)]


def test_a_few_stand_one_by_one_and_many_together(cast: Cast) -> None:
    for n in range(3):
        submit_suggestion(cast.zaobei, by=Visitor(), text=f"第{n}盏灯不亮")
    waits = [w for w in waiting_for(cast.liu, date(2026, 3, 5)) if w.verb == "suggestion.screen"]
    assert [w.count for w in waits] == [1, 1, 1]
    for n in range(3, 9):
        submit_suggestion(cast.zaobei, by=Visitor(), text=f"第{n}盏灯不亮")
    (together,) = [w for w in waiting_for(cast.liu, date(2026, 3, 5)) if w.verb == "suggestion.screen"]
    assert together.count == 9


def test_an_appeal_waits_for_the_secretary_and_not_for_the_worker(cast: Cast) -> None:
    one = submit_suggestion(cast.zaobei, by=Visitor(), text="灯不亮", phone="13911112222")
    screen_suggestion(one, by=cast.liu, **REFUSED, result="not_admissible", reason="个人事务")
    appeal(one, by=Visitor(), text="不是个人的事", tail="2222")
    assert "suggestion.decide_appeal" in verbs_for(cast.wang)
    assert "suggestion.decide_appeal" not in verbs_for(cast.liu)


def test_what_is_late_comes_first(cast: Cast, clock) -> None:
    submit_suggestion(cast.zaobei, by=Visitor(), text="灯不亮")
    adopted_proposal(cast)
    clock.to(date(2026, 3, 30))
    first = waiting_for(cast.wang, date(2026, 3, 30))[0]
    assert first.verb == "suggestion.screen"
    assert first.late(date(2026, 3, 30))


def test_a_supervisor_is_asked_to_sign(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    complete_project(project, by=cast.liu, text="都装好了")
    assert "project.sign" in verbs_for(cast.liming, date(2026, 4, 16))
    raise_finding(project, by=cast.liming, text="灯罩松了")
    assert "finding.answer" in verbs_for(cast.liu, date(2026, 4, 16))


def test_a_supervisor_is_asked_to_sign_again_at_the_second_attempt(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    for attempt in (1, 2):
        complete_project(project, by=cast.liu, text="都装好了")
        assert "project.sign" in verbs_for(cast.liming, timezone.localdate()), f"attempt {attempt}"
        for supervisor in project.supervisors.select_related("representative"):
            give_account(supervisor.representative)
            sign_acceptance(project, by=supervisor.representative.person, meets_standard=False, note="没照到台阶")
        assert "project.sign" not in verbs_for(cast.liming, timezone.localdate())
        accept_project(project, by=cast.wang)


def test_turning_the_day_twice_changes_nothing_the_second_time(cast: Cast, clock) -> None:
    submit_suggestion(cast.zaobei, by=Visitor(), text="灯不亮")
    clock.to(date(2026, 3, 30))
    first = run_daily(date(2026, 3, 30))
    rows, messages = Entry.objects.count(), Message.objects.count()
    second = run_daily(date(2026, 3, 30))
    assert (first.signed, first.reminded > 0, second.signed) == (True, True, False)
    assert (Entry.objects.count(), Message.objects.count(), Checkpoint.objects.count()) == (rows, messages, 1)


def test_the_second_count_waits_for_somebody_else_than_the_first(cast: Cast) -> None:
    poll = hands(cast)
    enter_tally(poll, by=cast.liu, counts={"for": 8, "against": 1, "abstain": 1})
    assert "poll.enter_tally" not in verbs_for(cast.liu)
    assert "poll.enter_tally" in verbs_for(cast.wang)
    enter_tally(poll, by=cast.wang, counts={"for": 7, "against": 2, "abstain": 1})
    assert "poll.enter_tally" in verbs_for(cast.liu)


def test_whoever_keyed_what_was_set_aside_may_be_the_second(cast: Cast) -> None:
    poll = hands(cast)
    enter_tally(poll, by=cast.wang, counts={"for": 9, "against": 0, "abstain": 1})
    redo_tally(poll, by=cast.wang, reason="录错一个数")
    enter_tally(poll, by=cast.liu, counts={"for": 8, "against": 1, "abstain": 1})
    assert "poll.enter_tally" in verbs_for(cast.wang)
    assert "poll.enter_tally" not in verbs_for(cast.liu)


def test_two_offices_at_one_desk_show_each_line_once(cast: Cast) -> None:
    submit_suggestion(cast.zaobei, by=Visitor(), text="灯不亮")
    director = Office.COMMITTEE_DIRECTOR
    appoint(cast.zaobei, by=OPERATOR, person=cast.wang, office=director, since=date(2025, 1, 1))
    assert verbs_for(cast.wang).count("suggestion.screen") == 1


def test_a_line_says_since_when_and_by_when(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    finding = raise_finding(project, by=cast.liming, text="灯罩松了")
    (line,) = [one for one in waiting_for(cast.liu, date(2026, 4, 16)) if one.verb == "finding.answer"]
    assert (line.says, line.since, line.due) == ("灯罩松了", finding.found_on, finding.due)
    assert (line.kind, line.pk) == ("project", str(project.pk))


def test_the_end_of_a_term_is_remembered_sixty_days_before_until_the_next_is_prepared(cast: Cast, clock: Clock) -> None:
    term = a_seated_term(cast, clock)

    def waiting(days_before: int) -> list[str]:
        return [wait.verb for wait in terms_waiting(cast.zaobei, term.ends - timedelta(days=days_before), cast.wang)]

    assert waiting(75) == []
    assert waiting(61) == ["term.announce"]
    assert waiting(60) == ["term.announce", "term.begin"]
    begin_term(term.council, by=cast.wang)
    assert waiting(10) == ["term.plan_seats"]
