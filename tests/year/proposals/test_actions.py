"""A proposal from suggestions to its decision, and every path from there."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import meetings, proposals
from tests.factories.suggestions import a_suggestion
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.dossiers.models import ReferralKind
from yishiting.year.dossiers.queries import last_sent
from yishiting.year.meetings import actions as meeting_actions
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.meetings.queries import agenda
from yishiting.year.meetings.states import ItemState
from yishiting.year.proposals import actions
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.actions import merge_suggestions


def last() -> Entry:
    return Entry.objects.latest("seq")


def told(person: object) -> list[str]:
    return list(Message.objects.filter(to=person, template__startswith="proposal").values_list("template", flat=True))


# ── Drafting ─────────────────────────────────────────────────────────────


def test_a_proposal_rests_on_valid_suggestions(cast: Cast) -> None:
    mine = proposals.valid(cast, by=cast.lu)
    proposal = proposals.drafted(cast, suggestions=[mine])
    assert (proposal.number, proposal.state, proposal.for_year) == ("枣营北里社区案〔2026〕1号", State.DRAFTED, 2026)
    assert last().facts["sources"] == [str(mine.pk)]
    assert told(cast.lu) == ["proposal.draft"]


def test_no_proposal_without_a_valid_suggestion_of_the_place(cast: Cast) -> None:
    with pytest.raises(Refused, match="至少选一条"):
        actions.draft_proposal(
            cast.zaobei,
            by=cast.liu,
            suggestions=[],
            title="停车",
            situation="车多。",
            measures="画线。",
            responsible_level=ResponsibleLevel.COMMUNITY,
        )
    with pytest.raises(Refused, match="还不是有效建议"):
        proposals.drafted(cast, suggestions=[a_suggestion(cast)])
    with pytest.raises(Refused, match="拟办年度已经过去"):
        proposals.drafted(cast, for_year=2025)
    used = proposals.drafted(cast)
    with pytest.raises(Refused, match=r"已经写入建议案枣营北里社区案〔2026〕1号"):
        proposals.drafted(cast, suggestions=[used.suggestions.get()])


def test_a_suggestion_of_another_place_is_refused(cast: Cast) -> None:
    proposal = proposals.drafted(cast)
    elsewhere = a_suggestion(cast, place=cast.zaonan)
    with pytest.raises(Refused, match="不是枣营北里社区的建议"):
        actions.add_source(proposal, by=cast.liu, suggestion=elsewhere)


def test_merged_proposers_are_told_too(cast: Cast) -> None:
    main, other = (
        proposals.valid(cast, text="停车难，没地方停。"),
        proposals.valid(cast, by=cast.lu, text="车没地方停。"),
    )
    merge_suggestions(main, by=cast.liu, others=[other])
    proposals.drafted(cast, suggestions=[main])
    assert told(cast.lu) == ["proposal.draft"]


def test_a_merged_suggestion_points_to_its_main_one(cast: Cast) -> None:
    main, other = proposals.valid(cast), proposals.valid(cast, text="车没地方停。")
    merge_suggestions(main, by=cast.liu, others=[other])
    other.refresh_from_db()
    with pytest.raises(Refused, match="请选主案"):
        proposals.drafted(cast, suggestions=[other])


def test_one_more_source_while_it_is_a_draft(cast: Cast) -> None:
    proposal = proposals.drafted(cast)
    actions.add_source(proposal, by=cast.liu, suggestion=proposals.valid(cast, by=cast.lu, text="车没地方停。"))
    assert proposal.sources.count() == 2
    (template,) = told(cast.lu)
    assert template.startswith("proposal.add_source.")


@pytest.mark.parametrize("who", ["qian", "lu", "zhao", "zhou"])
def test_only_the_desk_of_the_place_drafts(cast: Cast, who: str) -> None:
    proposal = proposals.drafted(cast)
    with pytest.raises(NotAllowed):
        actions.amend_proposal(proposal, by=getattr(cast, who), reason="改", measures="画线。")


# ── Amending ─────────────────────────────────────────────────────────────


def test_amending_keeps_both_texts_and_the_agenda_carries_the_new_one(cast: Cast) -> None:
    proposal, _ = proposals.tabled(cast)
    actions.amend_proposal(proposal, by=cast.liu, reason="消防要求", measures="改成10个车位。")
    amendment = proposal.amendments.get()
    assert (amendment.before["measures"][:4], amendment.after) == ("把楼前绿", {"measures": "改成10个车位。"})
    assert "改成10个车位。" in agenda(proposal.agenda_item.meeting)[0].text
    with pytest.raises(Refused, match="没有变化"):
        actions.amend_proposal(proposal, by=cast.liu, reason="再改", measures="改成10个车位。")
    with pytest.raises(Refused, match="为什么修改"):
        actions.amend_proposal(proposal, by=cast.liu, reason=" ", measures="改成9个车位。")


def test_what_is_put_to_the_vote_is_no_longer_amended(cast: Cast, clock: Clock) -> None:
    draft = proposals.drafted(cast)
    actions.amend_proposal(draft, by=cast.liu, reason="写清楚", measures="改成9个车位。")
    proposal, _ = proposals.on_the_floor(cast, clock, draft)
    item = proposal.agenda_item
    meeting_actions.put_to_vote(item, by=cast.wang)
    with pytest.raises(Refused, match="文本不能再改"):
        actions.amend_proposal(Proposal.objects.get(pk=proposal.pk), by=cast.liu, reason="又改", measures="改成8个。")
    item.refresh_from_db()
    assert "改成9个车位。" in item.text


def test_what_was_announced_is_announced_again_before_it_is_voted_on(cast: Cast, clock: Clock) -> None:
    proposal, _ = proposals.on_the_floor(cast, clock)
    actions.amend_proposal(proposal, by=cast.liu, reason="会上改", measures="改成9个车位。")
    with pytest.raises(Refused, match="文本和会议通知里写的不一样"):
        meeting_actions.put_to_vote(proposal.agenda_item, by=cast.wang)


def test_agenda_and_proposal_have_one_text(cast: Cast, clock: Clock) -> None:
    """Whatever writes past the verbs: a text that has parted is neither announced nor voted on."""
    proposal, meeting = proposals.tabled(cast)
    Proposal.objects.filter(pk=proposal.pk).update(measures="改成1个车位。")
    with pytest.raises(Refused, match="和建议案的文本不一样"):
        meeting_actions.convene_meeting(meeting, by=cast.wang)
    Proposal.objects.filter(pk=proposal.pk).update(measures=proposal.measures)
    meeting_actions.convene_meeting(meeting, by=cast.wang)
    clock.to(meetings.DAY, 14)
    meetings.here(cast, meeting, 10)
    meeting_actions.open_meeting(meeting, by=cast.wang)
    Proposal.objects.filter(pk=proposal.pk).update(measures="改成1个车位。")
    item = AgendaItem.objects.get(pk=proposal.agenda_item_id)
    with pytest.raises(Refused, match="和建议案的文本不一样"):
        meeting_actions.put_to_vote(item, by=cast.wang)


# ── On the agenda ────────────────────────────────────────────────────────


def test_tabled_at_a_meeting_of_its_place_only(cast: Cast) -> None:
    elsewhere = meetings.a_council(cast.zaonan)
    from yishiting.year.meetings.actions import plan_meeting
    from yishiting.year.meetings.models import MeetingKind

    there = plan_meeting(
        elsewhere, by=cast.qian, kind=MeetingKind.REVIEW, title="评审会", starts_at=meetings.BEGINS, venue="会议室"
    )
    with pytest.raises(Refused, match="还没有筹备中的会议"):
        actions.table_proposal(proposals.drafted(cast), by=cast.liu, meeting=there)


def test_tabled_and_taken_off_again(cast: Cast) -> None:
    proposal, meeting = proposals.tabled(cast, proposals.drafted(cast, suggestions=[proposals.valid(cast, by=cast.lu)]))
    assert told(cast.lu)[0] == "proposal.table"
    with pytest.raises(Refused, match="已经在议程上"):
        actions.table_proposal(proposal, by=cast.liu, meeting=meeting)
    with pytest.raises(Refused, match="为什么撤下"):
        actions.take_off_proposal(proposal, by=cast.liu, reason="")
    actions.take_off_proposal(proposal, by=cast.liu, reason="材料不齐")
    assert (proposal.state, proposal.agenda_item, agenda(meeting)) == (State.DRAFTED, None, [])


def test_put_off_at_a_meeting_it_goes_to_another(cast: Cast, clock: Clock) -> None:
    proposal, meeting = proposals.on_the_floor(cast, clock)
    meeting_actions.put_off_item(proposal.agenda_item, by=cast.wang, reason="要先量地")
    later = meetings.planned(cast, meeting.council, starts_at=meetings.BEGINS + timedelta(days=14))
    proposal.refresh_from_db()
    actions.table_proposal(proposal, by=cast.liu, meeting=later)
    assert (proposal.state, proposal.agenda_item.meeting) == (State.TABLED, later)


# ── Deciding ─────────────────────────────────────────────────────────────


def test_adopted_with_the_number_and_the_rule_of_the_vote(cast: Cast, clock: Clock) -> None:
    proposal = proposals.decided(cast, clock)
    assert (proposal.state, proposal.resolution_number) == (State.ADOPTED, "枣营北里社区议〔2026〕1号")
    assert proposal.rules_label == proposal.agenda_item.poll.rules_label
    assert last().facts["resolution"] == "枣营北里社区议〔2026〕1号"


def test_nothing_is_decided_before_the_vote_is_announced(cast: Cast, clock: Clock) -> None:
    proposal, _ = proposals.on_the_floor(cast, clock)
    with pytest.raises(Refused, match="还没有宣布"):
        actions.decide_proposal(proposal, by=cast.wang)


def test_what_the_vote_carried_cannot_be_declined_nor_the_other_way(cast: Cast, clock: Clock) -> None:
    proposal, _ = proposals.on_the_floor(cast, clock)
    meetings.voted(cast, proposal.agenda_item, 8, 1, 1)
    with pytest.raises(Refused, match="已经通过"):
        actions.decide_proposal(proposal, by=cast.wang, to=State.DECLINED, reason="不喜欢")
    proposal.refresh_from_db()
    assert proposal.state == State.TABLED


@pytest.mark.parametrize("to", [State.PENDING, State.DECLINED])
def test_not_carried_is_pending_or_declined_with_a_reason(cast: Cast, clock: Clock, to: State) -> None:
    proposal, _ = proposals.on_the_floor(
        cast, clock, proposals.drafted(cast, suggestions=[proposals.valid(cast, by=cast.lu)])
    )
    meetings.voted(cast, proposal.agenda_item, 5, 5, 0)
    with pytest.raises(Refused, match="请选“待定”或“未通过”"):
        actions.decide_proposal(proposal, by=cast.wang, to=State.ADOPTED)
    with pytest.raises(Refused, match="请写明理由"):
        actions.decide_proposal(proposal, by=cast.wang, to=to)
    proposal.refresh_from_db()
    actions.decide_proposal(proposal, by=cast.wang, to=to, reason="车位怎么分有分歧")
    assert (proposal.state, proposal.resolution_number) == (to, "")
    assert "车位怎么分有分歧" in Message.objects.get(to=cast.lu, template="proposal.decide").body


def test_pending_goes_on_and_is_never_dropped(cast: Cast, clock: Clock) -> None:
    proposal = proposals.decided(cast, clock, to=State.PENDING, reason="有分歧")
    council = proposal.agenda_item.meeting.council
    later = meetings.planned(cast, council, starts_at=meetings.BEGINS + timedelta(days=14))
    actions.table_proposal(proposal, by=cast.liu, meeting=later)
    actions.take_off_proposal(proposal, by=cast.liu, reason="还要商量")
    assert proposal.state == State.PENDING
    actions.amend_proposal(proposal, by=cast.liu, reason="商量后", measures="改成8个车位。")
    actions.put_off_proposal(proposal, by=cast.liu, conditions="东侧围墙拆除后")
    assert proposal.state == State.NOT_NOW


# ── Up, back, not now ────────────────────────────────────────────────────


def test_a_government_duty_is_reported_up_and_waits_there(cast: Cast, clock: Clock) -> None:
    draft = proposals.drafted(
        cast, suggestions=[proposals.valid(cast, by=cast.lu)], responsible_level=ResponsibleLevel.SUBDISTRICT
    )
    proposal = proposals.decided(cast, clock, draft)
    with pytest.raises(NotAllowed):
        actions.report_up(proposal, by=cast.liu, reason="没有权限")
    with pytest.raises(Refused, match="为什么不能解决"):
        actions.report_up(proposal, by=cast.wang, reason=" ")
    proposal.refresh_from_db()
    actions.report_up(proposal, by=cast.wang, reason="道路归街道管")
    sent = last_sent(proposal.dossier, ReferralKind.UP, proposal.place)
    assert (proposal.state, sent.to_place, sent.sent_on) == (State.REPORTED_UP, cast.maizidian, meetings.DAY)
    assert Message.objects.get(to=cast.zhao).subject == "社区报送的建议案等您答复"
    assert "proposal.report_up" in told(cast.lu)


def test_a_communitys_own_matter_names_the_level_when_it_goes_up(cast: Cast, clock: Clock) -> None:
    proposal = proposals.decided(cast, clock)
    with pytest.raises(Refused, match="哪一级的职责"):
        actions.report_up(proposal, by=cast.wang, reason="钱不够")
    proposal.refresh_from_db()
    actions.report_up(proposal, by=cast.wang, reason="钱不够", responsible_level=ResponsibleLevel.SUBDISTRICT)
    assert proposal.responsible_level == ResponsibleLevel.SUBDISTRICT


def test_the_subdistrict_brings_back_an_answer(cast: Cast, clock: Clock) -> None:
    draft = proposals.drafted(cast, responsible_level=ResponsibleLevel.SUBDISTRICT)
    proposal = actions.report_up(proposals.decided(cast, clock, draft), by=cast.wang, reason="道路归街道管")
    for someone in (cast.wang, cast.liu, cast.lu):
        with pytest.raises(NotAllowed):
            actions.bring_back(proposal, by=someone, answer="行")
    with pytest.raises(Refused, match="写明答复"):
        actions.bring_back(proposal, by=cast.zhao, answer="")
    proposal.refresh_from_db()
    actions.bring_back(proposal, by=cast.zhao, answer="街道拨沥青，社区组织铺。")
    assert (proposal.state, proposal.responsible_level) == (State.HANDED_DOWN, ResponsibleLevel.SUBDISTRICT)
    assert last().office == "section_head"


def test_the_subdistrict_may_name_conditions(cast: Cast, clock: Clock) -> None:
    draft = proposals.drafted(cast, responsible_level=ResponsibleLevel.SUBDISTRICT)
    proposal = actions.report_up(proposals.decided(cast, clock, draft), by=cast.wang, reason="道路归街道管")
    actions.defer(proposal, by=cast.zhao, answer="今年没有预算。", conditions="列入明年预算后")
    assert (proposal.state, proposal.conditions) == (State.NOT_NOW, "列入明年预算后")


def test_not_now_names_its_conditions_and_comes_again(cast: Cast) -> None:
    proposal = proposals.drafted(cast)
    with pytest.raises(Refused, match="具备什么条件"):
        actions.put_off_proposal(proposal, by=cast.liu, conditions="")
    actions.put_off_proposal(proposal, by=cast.liu, conditions="围墙拆除后")
    actions.table_proposal(proposal, by=cast.liu, meeting=meetings.planned(cast))
    assert proposal.state == State.TABLED
    with pytest.raises(WrongState):
        actions.put_off_proposal(proposal, by=cast.liu, conditions="围墙拆除后")


def test_the_item_of_a_withdrawn_agenda_does_not_hold_the_proposal(cast: Cast) -> None:
    proposal, _ = proposals.tabled(cast)
    meeting_actions.remove_item(proposal.agenda_item, by=cast.liu, reason="议程太长")
    actions.take_off_proposal(proposal, by=cast.liu, reason="议程太长")
    assert proposal.state == State.DRAFTED


def test_the_day_is_the_day_of_the_vote(cast: Cast, clock: Clock) -> None:
    assert proposals.decided(cast, clock).decided_on == date(2026, 3, 20)
    assert Proposal.objects.get().agenda_item.state == ItemState.DECIDED


def test_everybody_may_be_asked_while_it_is_deliberated(cast: Cast) -> None:
    words = {"title": "停车", "question": "夜里停哪里？", "opens": date(2026, 3, 6), "closes": date(2026, 3, 20)}
    draft = proposals.drafted(cast)
    with pytest.raises(WrongState):
        actions.consult_on(draft, by=cast.liu, **words)
    proposal, _meeting = proposals.tabled(cast)
    for stranger in (cast.qian, cast.lu, cast.zhao):
        with pytest.raises(NotAllowed):
            actions.consult_on(proposal, by=stranger, **words)
    made = actions.consult_on(proposal, by=cast.liu, **words)
    assert (made.place, made.subject_kind, made.subject_id) == (proposal.place, "proposal", str(proposal.pk))
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.subject_id, entry.facts["consultation"]) == (
        "proposal.consult", str(proposal.pk), str(made.pk),
    )  # fmt: skip
    proposal.refresh_from_db()
    assert proposal.state == State.TABLED
