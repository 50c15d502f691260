"""A matter of the district goes up to the standing committee and comes down to whoever proposed it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import matters
from tests.factories.matters import District
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.ledger.queries import history_of
from yishiting.ground.notices.models import Message
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.dossiers.models import Outcome, Referral, ReferralKind
from yishiting.year.matters.actions import (
    answer_matter,
    approve,
    ask_opinions,
    call_special,
    close_matter,
    decide_matter,
    decline,
    give_opinion,
    join_matter,
    lapse_opinion,
    note_contact,
    propose_handling,
    publicise,
    rate,
    record_special,
    remind,
    return_dispatch,
    rule_on_dispatch,
    screen_matter,
    send_back,
    take_in,
    take_up,
    unjoin_matter,
    write_plan,
)
from yishiting.year.matters.actions.overseeing import remind_of_owed
from yishiting.year.matters.choices import ResultKind, Satisfaction, Verdict, WithWhom
from yishiting.year.matters.models import Basis, Matter
from yishiting.year.matters.queries import all_to_take_in, bases_of, classes_here
from yishiting.year.matters.states import State
from yishiting.year.proposals.actions import take_on
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Answer, Suggestion
from yishiting.year.visits.models import Stance

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(cast: Cast) -> District:
    return matters.a_district(cast)


def fresh(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


def waits(person: Any) -> set[str]:
    return {one.verb for one in waiting_for(fresh(person), timezone.localdate())}


def basis(matter: Matter) -> Proposal:
    return Proposal.objects.get(matters__matter=matter)


def test_it_waits_with_one_desk_at_every_step(cast: Cast, clock: Clock, district: District) -> None:
    matters.reported(cast, clock)
    assert "matter.take_in" in waits(district.mei)
    assert not {one for one in waits(cast.sun) if one.startswith("matter.")}
    matter = take_in(Proposal.objects.get(), by=district.mei)
    assert "matter.screen" in waits(district.mei)
    screen_matter(matter, by=district.mei, category=classes_here()[0], touches_law=False)
    assert "opinion.ask" in waits(district.mei)
    ask_opinions(fresh(matter), by=district.mei, units=[district.roads], question="拓宽是否合规。")
    assert not {one for one in waits(district.mei) if one.startswith(("matter.", "opinion."))}
    assert waits(district.handler) == {"opinion.give"}
    assert not waits(district.traffic_handler)


def test_from_the_committee_to_the_resident(cast: Cast, clock: Clock, district: District) -> None:
    matter = matters.answered(cast, clock, district)
    assert (matter.state, matter.round) == (State.ANSWERED, 1)
    bodies = [(one.body, one.verdict) for one in matter.decisions.all()]
    assert bodies == [
        ("office", "passed"),
        ("group", "passed"),
        ("consultation", "agreed"),
        ("heads_meeting", "passed"),
        ("standing_committee", "passed"),
    ]
    assert basis(matter).state == ProposalState.TAKEN_ON
    up = Referral.objects.filter(kind=ReferralKind.UP, to_place=cast.district)
    assert [one.outcome for one in up.order_by("answered_on", "created_at")] == [Outcome.TAKEN_ON, Outcome.DONE]
    told = Answer.objects.latest("created_at")
    assert "道路已经拓宽通车。" in told.text
    assert told.kind == "settled"


def test_what_is_said_of_who_was_told_is_what_was_sent(cast: Cast, clock: Clock, district: District) -> None:
    """A yes on the way is no answer and claims nothing; the answer of the units reaches the proposer."""
    matter = matters.approved(cast, clock, district)
    Suggestion.objects.update(proposer=cast.lu)
    assert said("matter.approve", matter) == "领导小组的决定已登记。"
    answered = decline(_at(matter, State.PENDING), by=cast.sun, reason="道路改线")
    assert Message.objects.filter(to=cast.lu, template="proposal.explain").count() == 1
    assert said("matter.decline", answered) == "已说明。已告知1人。"


def said(code: str, thing: Any) -> str:
    done = VERBS[code].done
    assert callable(done)
    return str(done(thing))


def _at(matter: Matter, state: State) -> Matter:
    Matter.objects.filter(pk=matter.pk).update(state=state, pending_since=timezone.localdate())
    return fresh(matter)


def test_a_resident_who_is_not_satisfied_has_it_handled_again(cast: Cast, clock: Clock, district: District) -> None:
    matter = matters.answered(cast, clock, district)
    Suggestion.objects.update(proposer=cast.lu)
    with pytest.raises(Refused, match="哪里不满意"):
        rate(matter, by=cast.lu, satisfaction=Satisfaction.NOT_SATISFIED)
    rate(matter, by=cast.lu, satisfaction=Satisfaction.NOT_SATISFIED, words="路灯没有移")
    again = fresh(matter)
    assert (again.state, again.round, again.due) == (State.UNDERWAY, 2, timezone.localdate() + timedelta(days=60))
    assert "matter.note_contact" in waits(district.handler)
    with pytest.raises(WrongState, match="先和提出人"):
        answer_matter(again, by=district.handler, kind=ResultKind.SOLVED, text="路灯已经移好。")
    note_contact(
        again, by=district.handler, whom=WithWhom.PROPOSER, text="电话说过。", happened_on=timezone.localdate()
    )
    answer_matter(again, by=district.handler, kind=ResultKind.SOLVED, text="路灯已经移好。")
    assert [one.text for one in again.results.all()] == ["道路已经拓宽通车。", "路灯已经移好。"]
    rate(fresh(matter), by=cast.lu, satisfaction=Satisfaction.SATISFIED)
    assert close_matter(fresh(matter), by=cast.sun).state == State.CLOSED


def test_a_planned_one_comes_back_on_its_day(cast: Cast, clock: Clock, district: District) -> None:
    day = timezone.localdate() + timedelta(days=400)
    with pytest.raises(Refused, match="具备什么条件"):
        matters.answered(cast, clock, district, ResultKind.PLANNED)
    matter = Matter.objects.get()
    answer_matter(
        matter,
        by=district.handler,
        kind=ResultKind.PLANNED,
        text="列入明年养护。",
        conditions="东侧拆迁后",
        back_on=day,
    )
    clock.to(fresh(matter).rating_due + timedelta(days=1), 9)
    assert close_matter(fresh(matter), by=cast.sun).state == State.PLANNED
    assert "matter.take_up" not in waits(cast.sun)
    clock.to(day, 9)
    assert "matter.take_up" in waits(cast.sun)
    again = take_up(fresh(matter), by=cast.sun, reason="拆迁完成", deadline=day + timedelta(days=90))
    assert (again.state, again.round) == (State.UNDERWAY, 2)


def test_pending_through_two_special_consultations_to_an_honest_no(
    cast: Cast, clock: Clock, district: District
) -> None:
    matter = matters.consulted(cast, clock, district, yes=3, differences="两个部门都说不归自己管")
    assert matter.state == State.PENDING
    verdicts = [Verdict.PENDING, Verdict.DECLINED]
    for n, verdict in enumerate(verdicts):
        day = timezone.localdate() + timedelta(days=7)
        special = call_special(matter, by=cast.sun, held_on=day, venue="区机关", invited="两个部门、街道、居民代表")
        with pytest.raises(WrongState, match="开过以后再登记"):
            record_special(special, by=cast.sun, verdict=verdict, came="都到了", differences="谈不拢")
        clock.to(day, 9)
        assert "special.record" in waits(cast.sun)
        record_special(
            special, by=cast.sun, verdict=verdict, came="都到了", differences=f"第{n + 1}次：权属不清，不能开工"
        )
        matter = fresh(matter)
    assert matter.state == State.DECLINED
    assert basis(matter).state == ProposalState.NOT_FEASIBLE
    assert "权属不清" in Answer.objects.latest("created_at").text
    assert not matter.bases.filter(live=True).exists()


def test_a_legal_one_needs_the_lawyer_or_the_reason(cast: Cast, clock: Clock, district: District) -> None:
    matter = matters.prepared(cast, clock, district, touches_law=True)
    Matter.objects.filter(pk=matter.pk).update(state=State.PENDING, pending_since=timezone.localdate())
    day = timezone.localdate() + timedelta(days=3)
    with pytest.raises(Refused, match="涉及法律问题"):
        call_special(fresh(matter), by=cast.sun, held_on=day, venue="区机关", invited="各方")
    assert call_special(fresh(matter), by=cast.sun, held_on=day, venue="区机关", invited="各方", lawyer="周律师")


def test_a_returned_dispatch_is_ruled_on_by_the_office(cast: Cast, clock: Clock, district: District) -> None:
    matter = matters.dispatched(cast, clock, district)
    assert "dispatch.countersign" in waits(district.handler)
    sent = matter.dispatches.get(unit=district.traffic)
    with pytest.raises(NotAllowed, match="被分派的单位"):
        return_dispatch(sent, by=district.handler, reason="不归我们管")
    return_dispatch(sent, by=district.traffic_handler, reason="路灯归城管委")
    assert "dispatch.rule" in waits(cast.sun)
    assert Message.objects.filter(to=cast.sun, template="matter.dispatch_return").exists()
    with pytest.raises(WrongState, match="还在等"):
        write_plan(
            fresh(matter),
            by=district.handler,
            department="道路科",
            person="施工",
            measures="拓宽",
            standard="通车",
            deadline=timezone.localdate(),
        )
    rule_on_dispatch(fresh(sent), by=cast.sun, ruling="仍由交通处协办，依据三定方案。")
    assert fresh(sent).state == "sent"


def test_an_opinion_that_came_late_is_on_file_and_was_not_weighed(cast: Cast, clock: Clock, district: District) -> None:
    matter = matters.prepared(cast, clock, district)
    ask_opinions(matter, by=district.mei, units=[district.roads, district.traffic], question="拓宽是否合规。")
    first, second = matter.opinions.get(unit=district.roads), matter.opinions.get(unit=district.traffic)
    give_opinion(first, by=district.handler, stance=Stance.AGREES, **matters.OPINION)
    given = {
        "lead": district.roads,
        "person": "周平",
        "plan": "拓宽",
        "standard": "通车",
        "deadline": timezone.localdate() + timedelta(days=90),
    }
    with pytest.raises(WrongState, match="还在等交通处的意见"):
        propose_handling(matter, by=district.mei, **given)
    with pytest.raises(WrongState, match="还没有到"):
        lapse_opinion(second, by=district.mei)
    clock.to(second.due + timedelta(days=1), 9)
    lapse_opinion(second, by=district.mei)
    propose_handling(fresh(matter), by=district.mei, **given)
    late = give_opinion(fresh(second), by=district.traffic_handler, stance=Stance.DISAGREES, **matters.OPINION)
    assert (late.was_weighed, fresh(first).was_weighed) == (False, True)


def test_while_it_is_a_matter_nobody_answers_the_proposal_beside_it(
    cast: Cast, clock: Clock, district: District
) -> None:
    matter = matters.taken_in(cast, clock, district)
    one = basis(matter)
    assert "已列为区级事项" in str(why_not(cast.sun, "proposal.explain", one))
    with pytest.raises(WrongState, match="已经列为区级事项"):
        take_in(one, by=district.mei)
    with pytest.raises((NotAllowed, WrongState), match="区级事项"):
        take_on(one, by=cast.sun, answer="区里办", section=district.roads, responsible=cast.sun)


def test_what_is_no_duty_of_the_district_goes_back_and_may_come_again(
    cast: Cast, clock: Clock, district: District
) -> None:
    matter = send_back(matters.taken_in(cast, clock, district), by=district.mei, reason="胡同归街道管")
    assert matter.state == State.SENT_BACK
    assert basis(matter).state == ProposalState.REPORTED_UP
    assert Referral.objects.filter(outcome=Outcome.SENT_BACK, from_place=cast.maizidian).count() == 1


def test_nothing_is_public_before_the_standing_committee(cast: Cast, clock: Clock, district: District) -> None:
    matter = matters.consulted(cast, clock, district)
    with pytest.raises(WrongState, match="区长办公会"):
        publicise(matter, by=cast.sun)
    with pytest.raises(WrongState):
        decide_matter(matter, by=cast.sun, verdict=Verdict.PASSED, held_on=timezone.localdate(), paper="8号")
    Matter.objects.filter(pk=matter.pk).update(state=State.REVIEWED)
    with pytest.raises(Refused, match="写明理由"):
        approve(fresh(matter), by=cast.sun, verdict=Verdict.DECLINED, held_on=timezone.localdate())


def test_what_needs_a_finding_is_not_solved_without_it(cast: Cast, clock: Clock, district: District) -> None:
    matter = matters.underway(cast, clock, district, needs_finding="特种设备检验机构")
    note_contact(
        matter, by=district.handler, whom=WithWhom.PLACE, text="社区说可以。", happened_on=timezone.localdate()
    )
    with pytest.raises(Refused, match="专业机构的结论"):
        answer_matter(matter, by=district.handler, kind=ResultKind.SOLVED, text="电梯换好了。")
    answer_matter(
        matter, by=district.handler, kind=ResultKind.SOLVED, text="电梯换好了。", finding="特检所〔2026〕31号"
    )


def test_only_the_committee_of_the_line_takes_it_in(cast: Cast, clock: Clock, district: District) -> None:
    one = matters.reported(cast, clock)
    with pytest.raises(NotAllowed, match="归口的区委工委"):
        take_in(one, by=cast.sun)
    Proposal.objects.filter(pk=one.pk).update(state=ProposalState.ADOPTED)
    with pytest.raises(WrongState, match="只有报送到区里"):
        take_in(fresh(one), by=district.mei)


def test_a_no_after_the_decision_is_explained(cast: Cast, clock: Clock, district: District) -> None:
    matter = decline(matters.decided(cast, clock, district), by=cast.sun, reason="规划调整，道路改线")
    assert matter.state == State.DECLINED
    assert basis(matter).state == ProposalState.NOT_FEASIBLE


def test_the_oversight_list_reminds_units_leaders_and_the_office_once(
    cast: Cast, clock: Clock, district: District
) -> None:
    """Before the day, on the first day late, then by the rule; a second run of the day tells nobody."""
    matter = matters.quickly_approved(cast, district, "枣营路拓宽")
    due = timezone.localdate() + timedelta(days=30)
    Matter.objects.update(state=State.UNDERWAY, due=due)
    sent = {"place": cast.district, "unit": district.roads, "role": "lead", "state": "countersigned"}
    matter.dispatches.create(**sent, sent_on=timezone.localdate(), due=due)
    told = Message.objects.filter(template="matter.oversight")
    for days, times in ((-8, 0), (-7, 1), (0, 1), (1, 2), (7, 2), (8, 3)):
        clock.to(due + timedelta(days=days), 9)
        remind_of_owed(timezone.localdate())
        assert remind_of_owed(timezone.localdate()) == 0
        for someone in (district.handler, cast.sun, district.clerk):
            assert told.filter(to=someone).count() == times, (days, someone)
    assert "已超过8天" in told.latest("created_at").body
    assert "matter.remind" in waits(cast.sun)
    page = Client()
    page.force_login(fresh(cast.sun))
    listed = page.get(reverse("desk-oversight", args=[cast.district.code]), {"late": "yes"}).content.decode()
    assert "枣营路拓宽" in listed
    assert "市政处" in listed
    reminder = remind(fresh(matter), by=fresh(cast.sun), text="请在月底前办结。")
    assert "matter.remind" not in waits(cast.sun)
    paper = page.get(reverse("paper-reminder", args=[reminder.pk])).content.decode()
    for words in ("督办单", "8天", "请在月底前办结。", "市政处"):
        assert words in paper


def test_what_was_joined_by_mistake_is_taken_out_with_its_reason(cast: Cast, clock: Clock, district: District) -> None:
    matter = matters.prepared(cast, clock, district)
    assert "没有并入" in str(why_not(district.mei, "matter.unjoin", matter))
    kept = basis(matter)
    other = matters.lying_at_the_district(cast, "道路太窄")
    join_matter(matter, by=district.mei, proposal=other)
    assert set(bases_of(fresh(matter))) == {kept, other}
    assert not all_to_take_in(cast.district).exists()
    with pytest.raises(NotAllowed):
        unjoin_matter(fresh(matter), by=cast.zhao, proposal=other, reason="不是一件事")
    with pytest.raises(Refused, match="不能选它"):
        unjoin_matter(fresh(matter), by=district.mei, proposal=kept, reason="不是一件事")
    unjoin_matter(fresh(matter), by=district.mei, proposal=other, reason="不是一件事")
    assert bases_of(fresh(matter)) == [kept]
    assert list(all_to_take_in(cast.district)) == [other], "it waits by itself again"
    row = Basis.objects.get(proposal=other)
    assert (row.taken_out_because, row.live) == ("不是一件事", False)
    assert "matter.unjoin" in history_verbs(matter)
    assert take_in(other, by=district.mei).number != matter.number


def history_verbs(matter: Matter) -> list[str]:
    return [one.verb for one in history_of([matter])]
