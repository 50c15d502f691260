"""Budget votes through the verbs: one person one vote, two keyings, the count, the lot, the override, the file."""

from datetime import date
from fractions import Fraction

import pytest

from tests.cast import Cast
from tests.factories import budgeting as factory
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry, Sealed
from yishiting.ground.organisations.models import Office
from yishiting.ground.seasons.actions import adopt_rulebook
from yishiting.methods.budgeting import Counting, Rule, parse
from yishiting.year.budgeting.actions import (
    cast_ballot,
    close_vote,
    draw_lot,
    enter_paper,
    issue_ballot,
    open_vote,
    override_vote,
    publish_vote,
    void_vote,
)
from yishiting.year.budgeting.models import BudgetBallot, Way
from yishiting.year.budgeting.published import losers, ties, winners
from yishiting.year.budgeting.queries import ballot_file, batches_of, command_for, file_hash, options_of
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.budgeting.states import State


# ── Opening ──────────────────────────────────────────────────────────────
def test_opening_freezes_options_register_rule_and_lot(cast: Cast) -> None:
    vote = factory.opened(cast)
    assert [(one.number, one.cost) for one in options_of(vote)] == [(1, 4_000_000), (2, 3_500_000), (3, 5_000_000)]
    assert vote.voters.count() == 25
    assert vote.rule["name"] == "greedy"
    assert Entry.objects.get(verb="budget_vote.open").facts["lot"] == vote.lot["fingerprint"] != ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"offered": []}, "offered"),
        ({"budget": 0}, "budget"),
        ({"year": 2028}, "offered"),
        ({"conflicts": [[1, 4]]}, "conflicts"),
        ({"lot_source": " "}, "lot_source"),
        ({"lot_day": factory.CLOSES}, "lot_day"),
        ({"closes": date(2026, 3, 4)}, "closes"),
        ({"roll": [("张伟", "1号楼"), ("张伟", "1号楼")]}, "roll"),
    ],
)
def test_a_vote_that_cannot_be_kept_is_refused_at_its_field(cast: Cast, changes, field) -> None:
    with pytest.raises(Refused) as refused:
        factory.opened(cast, **changes)
    assert refused.value.field == field


def test_a_representative_stands_on_the_register_once(cast: Cast) -> None:
    seat = factory.seated_council(cast)[1]
    for written in (seat.name, f"{seat.name[0]}　{seat.name[1:]}"):
        with pytest.raises(Refused, match="已经在名册上，一人一票") as refusal:
            factory.opened(cast, roll=[("居民01", "1号楼"), (written, "9号楼")])
        assert refusal.value.field == "roll"
    vote = factory.opened(cast, roll=[(f"{seat.name}（9号楼）", "9号楼")])
    assert vote.voters.count() == factory.Representative.objects.count() + 1


def test_another_community_opens_nothing_here(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        open_vote(
            cast.zaobei, by=cast.qian, title="表决", year=2027, budget=1, offered=[], closes=factory.CLOSES,
            lot_source="3D", lot_day=factory.LOT_DAY,
        )  # fmt: skip


# ── One person, one vote ─────────────────────────────────────────────────
def test_a_representative_votes_once_on_the_phone(cast: Cast) -> None:
    vote = factory.opened(cast)
    me = factory.voter(vote, "李明")
    cast_ballot(me, by=cast.liming, choices=[3, 1])
    assert me.ballot.choices == [1, 3]
    with pytest.raises(WrongState, match="已经投过票"):
        cast_ballot(me, by=cast.liming, choices=[2])
    entry = Entry.objects.get(verb="budget_ballot.cast")
    assert "1、3" not in str(entry.facts)
    assert Sealed.objects.get(entry=entry).text == "1、3"


def test_phone_and_paper_exclude_each_other(cast: Cast) -> None:
    vote = factory.opened(cast)
    me, other = factory.voter(vote, "李明"), factory.voter(vote, "陆桂芳")
    cast_ballot(me, by=cast.liming, choices=[1])
    with pytest.raises(WrongState, match="李明已经手机投票"):
        issue_ballot(me, by=cast.liu)
    issue_ballot(other, by=cast.liu)
    assert other.way == Way.PAPER
    with pytest.raises(WrongState, match="已经领取纸质选票"):
        cast_ballot(other, by=cast.lu, choices=[1])
    with pytest.raises(WrongState, match="不能再领"):
        issue_ballot(other, by=cast.liu)


def test_nobody_votes_for_another(cast: Cast) -> None:
    me = factory.voter(factory.opened(cast), "李明")
    for someone in (cast.lu, cast.wang, cast.liu):
        with pytest.raises(NotAllowed):
            cast_ballot(me, by=someone, choices=[1])
    assert not BudgetBallot.objects.exists()


@pytest.mark.parametrize(("choices", "says"), [([], "至少选一项"), ([9], "没有编号为9"), ([1, 1], "写了两次")])
def test_what_cannot_stand_on_a_ballot(cast: Cast, choices, says) -> None:
    me = factory.voter(factory.opened(cast), "李明")
    with pytest.raises(Refused, match=says):
        cast_ballot(me, by=cast.liming, choices=choices)


def test_after_the_last_day_the_phone_is_closed(cast: Cast, clock) -> None:
    me = factory.voter(factory.opened(cast), "李明")
    clock.to(date(2026, 3, 21))
    with pytest.raises(WrongState, match="已经截止"):
        cast_ballot(me, by=cast.liming, choices=[1])


# ── Paper ────────────────────────────────────────────────────────────────
def test_a_bundle_counts_once_two_people_agree(cast: Cast) -> None:
    vote = factory.opened(cast)
    for n in range(1, 8):
        issue_ballot(factory.voter(vote, f"居民{n:02d}"), by=cast.liu)
    enter_paper(vote, by=cast.wang, number=1, bundle=Bundle.of([((1, 3), 4), ((), 2)], 1))
    enter_paper(vote, by=cast.liu, number=1, bundle=Bundle.of([((3, 1), 3), ((2,), 1), ((), 2)], 1))
    (one,) = batches_of(vote)
    assert one.differences == ("选1、3的：第一遍4张，第二遍3张。", "选2的：第一遍0张，第二遍1张。")
    with pytest.raises(Refused, match="第1沓"):
        close_vote(vote, by=cast.liu)
    batch = enter_paper(vote, by=cast.liu, number=1, bundle=Bundle.of([((1, 3), 4), ((), 2)], 1))
    assert batch.agreed
    with pytest.raises(WrongState, match="不用再录"):
        enter_paper(vote, by=cast.wang, number=1, bundle=Bundle.of([((1,), 1)]))
    assert (batch.ballots, batch.invalid) == ([[[], 2], [[1, 3], 4]], 1)


def test_one_person_keying_twice_is_not_two(cast: Cast) -> None:
    vote = factory.opened(cast)
    for _ in range(2):
        batch = enter_paper(vote, by=cast.liu, number=1, bundle=Bundle.of([((1,), 1)]))
    assert not batch.agreed


def test_more_papers_than_were_issued_cannot_be_closed(cast: Cast) -> None:
    vote = factory.opened(cast)
    for someone in (cast.wang, cast.liu):
        enter_paper(vote, by=someone, number=1, bundle=Bundle.of([((1,), 2)]))
    with pytest.raises(Refused, match="有2张，多于名册上登记领取的0张"):
        close_vote(vote, by=cast.liu)


def test_ballots_stop_before_the_numbers_are_known(cast: Cast, clock) -> None:
    vote = factory.opened(cast)
    clock.to(factory.LOT_DAY)
    with pytest.raises(WrongState, match="号码已经公布"):
        enter_paper(vote, by=cast.liu, number=1, bundle=Bundle.of([((1,), 1)]))
    with pytest.raises(WrongState, match="号码已经公布"):
        issue_ballot(factory.voter(vote, "居民01"), by=cast.liu)


# ── Result ───────────────────────────────────────────────────────────────
def closed(cast: Cast, *ballots, **changes):
    vote = factory.on_paper(cast, factory.opened(cast, **changes), *ballots)
    return close_vote(vote, by=cast.liu)


def test_winners_in_order_and_a_checked_reason_for_the_rest(cast: Cast) -> None:
    vote = closed(cast, ((1, 2), 5), ((3,), 4), ((1,), 2))
    options = options_of(vote)
    assert [(one.option.number, one.votes, one.left) for one in winners(vote, options)] == [
        (1, 7, 6_000_000),
        (2, 5, 2_500_000),
    ]
    (lost,) = losers(vote, options)
    assert lost.why == "第2项“第2件事”入选后，钱还剩25,000元，不够它的费用50,000元，差25,000元。"
    assert lost.otherwise == "如果再多2票，或者费用降到25,000元，就能入选（已重新计票核实）。"


def test_paper_and_phone_count_together_and_blank_ones_apart(cast: Cast) -> None:
    vote = factory.opened(cast)
    cast_ballot(factory.voter(vote, "李明"), by=cast.liming, choices=[3])
    factory.on_paper(cast, vote, ((3,), 3), ((1,), 2), ((), 2), invalid=1)
    close_vote(vote, by=cast.liu)
    assert vote.result["votes"] == {"1": 2, "2": 0, "3": 4}
    assert (vote.result["voters"], vote.result["blank"]) == (6, 2)
    assert vote.result["winners"] == ["3", "1"]
    assert vote.result["losing"][0]["reason"]["clause"] == "below_minimum"


def test_only_one_of_two_in_conflict_wins(cast: Cast) -> None:
    vote = closed(cast, ((1, 2), 5), ((1,), 1), conflicts=[[1, 2]])
    assert vote.result["winners"] == ["1"]
    assert losers(vote, options_of(vote))[0].why == "与已经入选的“第1件事”只能办一个。"


def test_without_ballots_there_is_no_result(cast: Cast) -> None:
    with pytest.raises(Refused, match="还没有一张"):
        close_vote(factory.opened(cast), by=cast.liu)


def test_equals_are_settled_by_the_announced_lot(cast: Cast, clock) -> None:
    vote = closed(cast, ((1,), 3), ((2,), 3), costs=(6_000_000, 6_000_000))
    assert "等待抽签" in ties(vote, options_of(vote))[0]
    with pytest.raises(Refused, match="请先按公布的号码抽签"):
        publish_vote(vote, by=cast.wang)
    with pytest.raises(WrongState, match="还不能抽签"):
        draw_lot(vote, by=cast.liu, numbers=[1, 2, 3])
    clock.to(factory.LOT_DAY)
    draw_lot(vote, by=cast.liu, numbers=[9, 0, 4])
    assert vote.result["winners"] == [str(vote.lot["steps"][0]["number"])]
    assert "抽签定先后" in ties(vote, options_of(vote))[0]
    with pytest.raises(WrongState, match="没有需要抽签"):
        draw_lot(vote, by=cast.liu, numbers=[1, 1, 1])
    assert publish_vote(vote, by=cast.wang).state == State.PUBLISHED


def test_a_lower_cost_settles_a_tie_without_a_lot(cast: Cast) -> None:
    vote = closed(cast, ((1,), 3), ((2,), 3), costs=(6_000_000, 5_000_000))
    assert vote.result["winners"] == ["2"]
    assert publish_vote(vote, by=cast.wang).state == State.PUBLISHED


def test_the_rule_comes_from_the_rulebook(cast: Cast) -> None:
    adopt_rulebook(
        cast.district, by=cast.sun, year=2026, in_force_from=date(2026, 1, 1), changes={"budget.rule": "mes"}
    )
    vote = closed(cast, ((1, 2), 2), ((3,), 2), ((1,), 1))
    assert vote.rule["name"] == "mes"
    assert vote.rules_label != "usual/2026"
    assert vote.result["endowment"]["exact"] == "20000"


# ── Override, publication, file ──────────────────────────────────────────
def test_an_override_keeps_both_and_says_why(cast: Cast) -> None:
    vote = closed(cast, ((1, 2), 5), ((3,), 4))
    strange = factory.opened(cast).options.first()
    for given, says in (([3], ""), ([1, 2, 3], "超过了可用的"), ([], "请选一项"), ([1, 2], "一样")):
        with pytest.raises(Refused, match=says or "写明理由"):
            override_vote(vote, by=cast.wang, winners=factory.chosen(vote, *given), reason=says)
    with pytest.raises(Refused, match="不能选它"):
        override_vote(vote, by=cast.wang, winners=[strange], reason="别的表决的项目")
    with pytest.raises(NotAllowed):
        override_vote(vote, by=cast.liu, winners=factory.chosen(vote, 3), reason="危房在前")
    override_vote(vote, by=cast.wang, winners=factory.chosen(vote, 1, 3), reason="3号项目涉及安全，先办。")
    assert vote.override == {"winners": [1, 3], "cost": 9_000_000}
    assert sorted(vote.result["winners"]) == ["1", "2"]
    publish_vote(vote, by=cast.wang)
    assert "3号项目涉及安全，先办。" in vote.notice.body


def test_the_published_file_gives_the_same_result_and_no_names(cast: Cast) -> None:
    vote = factory.opened(cast)
    cast_ballot(factory.voter(vote, "李明"), by=cast.liming, choices=[1, 3])
    factory.on_paper(cast, vote, ((1, 2), 5), ((3,), 3), ((), 1))
    close_vote(vote, by=cast.liu)
    text = ballot_file(vote)
    assert vote.file_hash == file_hash(text)
    assert not any(name in text for name in ("李明", "居民", "陆桂芳"))
    reading = parse(text)
    found = Counting(reading.election, Rule("greedy", minimum=Fraction(1))).outcome()
    assert list(found.winners) == vote.result["winners"]
    assert (reading.election.voters, reading.election.blank) == (9, 1)
    assert "--rule greedy --minimum 1" in command_for(vote, "vote.pb")


def test_publishing_is_for_those_who_lead(cast: Cast) -> None:
    vote = closed(cast, ((1, 2), 5), ((3,), 4))
    with pytest.raises(NotAllowed):
        publish_vote(vote, by=cast.liu)
    publish_vote(vote, by=cast.wang)
    assert [row[4] for row in vote.notice.table["rows"]] == ["入选", "入选", "未入选"]
    assert Entry.objects.get(verb="budget_vote.publish").office == Office.COMMUNITY_SECRETARY


def test_a_void_vote_stays_on_file(cast: Cast) -> None:
    vote = factory.opened(cast)
    with pytest.raises(Refused, match="为什么作废"):
        void_vote(vote, by=cast.wang, reason=" ")
    void_vote(vote, by=cast.wang, reason="名册印错了")
    assert vote.state == State.VOID
    with pytest.raises(WrongState):
        cast_ballot(factory.voter(vote, "李明"), by=cast.liming, choices=[1])
