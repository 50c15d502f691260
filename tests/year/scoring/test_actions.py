"""Rounds of scoring through the verbs: opened, filled by phone and by paper, counted, decided by lot, published."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.factories import scoring as factory
from tests.factories.projects import seated_council
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry, Sealed
from yishiting.ground.notices.models import Message
from yishiting.methods.lot import Lot, Source, draw
from yishiting.year.proposals.actions import amend_proposal
from yishiting.year.scoring.actions import (
    close_round,
    draw_lot,
    enter_sheet,
    open_round,
    publish_round,
    recuse,
    void_round,
)
from yishiting.year.scoring.models import Origin, ScoreSheet
from yishiting.year.scoring.queries import Progress, scored_in, standings
from yishiting.year.scoring.rules import Line
from yishiting.year.scoring.states import State


def phone(cast: Cast, score_round, *marks) -> None:
    judge = factory.judge_of(score_round, "李明")
    enter_sheet(judge, by=cast.liming, lines=factory.lines(score_round, *marks), origin=Origin.PHONE)


# ── Opening ──────────────────────────────────────────────────────────────
def test_opening_freezes_judges_criteria_and_lot(cast: Cast) -> None:
    made = factory.opened(cast, funded=1, **factory.LOT)
    assert made.state == State.OPEN
    assert made.judges.count() == 5
    assert sorted(made.judges.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert [c["name"] for c in made.rule["criteria"]] == ["受益人群", "社会效益", "可持续性"]
    assert made.rules_label.startswith("usual/")
    entry = Entry.objects.get(verb="score_round.open")
    assert entry.facts["lot"] == made.lot["fingerprint"] != ""
    assert entry.facts["judges"] == 5


def test_judges_with_an_account_are_told_once(cast: Cast) -> None:
    factory.opened(cast)
    told = Message.objects.filter(template="score_round.open")
    assert {one.to for one in told} == {cast.liming, cast.lu}


def test_one_proposal_has_no_order(cast: Cast) -> None:
    seated_council(cast)
    with pytest.raises(Refused, match="至少选两份"):
        factory.opened(cast, 1)


def test_without_representatives_nobody_can_judge(cast: Cast) -> None:
    with pytest.raises(Refused, match="没有在任的议事代表"):
        open_round(cast.zaobei, by=cast.liu, title="打分", proposals=factory.proposals(cast, 2), closes=factory.CLOSES)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes": date(2026, 3, 4)}, "closes"),
        ({"funded": 3, **factory.LOT}, "funded"),
        ({"funded": 0, **factory.LOT}, "funded"),
        ({"funded": 1}, "lot_source"),
        ({"funded": 1, "lot_source": "3D", "lot_day": factory.CLOSES}, "lot_day"),
    ],
)
def test_a_round_that_cannot_be_kept_is_refused_at_its_field(cast: Cast, changes, field) -> None:
    with pytest.raises(Refused) as refused:
        factory.opened(cast, **changes)
    assert refused.value.field == field


def test_another_community_opens_nothing_here(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        open_round(cast.zaobei, by=cast.qian, title="打分", proposals=[], closes=factory.CLOSES)


# ── Phone ────────────────────────────────────────────────────────────────
def test_a_judge_scores_on_the_phone_and_may_correct_it(cast: Cast) -> None:
    made = factory.opened(cast)
    phone(cast, made, 8, 7, 6)
    phone(cast, made, 9, None, None)
    marks = {one.scored.position: one.marks[0] for one in ScoreSheet.objects.select_related("scored")}
    assert marks == {1: "9", 2: "7", 3: "6"}
    assert standings(made)[0].progress in (Progress.PHONE, Progress.NOTHING)


def test_marks_stay_out_of_the_open_ledger(cast: Cast) -> None:
    phone(cast, factory.opened(cast), 8, 7, 6)
    entry = Entry.objects.get(verb="score_sheet.enter")
    assert "marks" in entry.facts["private"]
    assert entry.facts["lines"] == 3
    assert '"8"' not in str({k: v for k, v in entry.facts.items() if k != "private"})
    assert '"8"' in Sealed.objects.get(entry=entry, name="marks").text


@pytest.mark.parametrize(("mark", "says"), [("11", "请在0到10分之间"), ("-1", "请在0到10分之间"), ("好", "请写数字")])
def test_a_mark_that_cannot_be_is_refused_by_name(cast: Cast, mark: str, says: str) -> None:
    made = factory.opened(cast)
    judge = factory.judge_of(made, "李明")
    wrong = {str(scored_in(made)[0].pk): Line((mark, "5", "5"))}
    with pytest.raises(Refused, match=f"“第1件事”的“受益人群”.*{says}"):
        enter_sheet(judge, by=cast.liming, lines=wrong, origin=Origin.PHONE)


def test_on_the_phone_every_criterion_is_asked(cast: Cast) -> None:
    made = factory.opened(cast)
    half = {str(scored_in(made)[0].pk): Line(("5", None, "5"))}
    with pytest.raises(Refused, match="“社会效益”还没有打分"):
        enter_sheet(factory.judge_of(made, "李明"), by=cast.liming, lines=half, origin=Origin.PHONE)


def test_nobody_scores_for_another(cast: Cast) -> None:
    made = factory.opened(cast)
    judge = factory.judge_of(made, "李明")
    with pytest.raises(NotAllowed):
        enter_sheet(judge, by=cast.lu, lines=factory.lines(made, 1, 1, 1), origin=Origin.PHONE)
    with pytest.raises(NotAllowed, match="别人的评分表"):
        enter_sheet(judge, by=cast.wang, lines=factory.lines(made, 1, 1, 1), origin=Origin.PHONE)


def test_after_the_last_day_the_phone_is_closed(cast: Cast, clock) -> None:
    made = factory.opened(cast)
    clock.to(date(2026, 3, 11))
    with pytest.raises(WrongState, match="已经截止"):
        phone(cast, made, 1, 1, 1)


# ── Paper ────────────────────────────────────────────────────────────────
def test_paper_counts_once_two_people_agree(cast: Cast) -> None:
    made = factory.opened(cast)
    judge = factory.judge_of(made, "代表2")
    enter_sheet(judge, by=cast.wang, lines=factory.lines(made, 8, 7, 6), origin=Origin.PAPER)
    assert judge.sheets.count() == 0
    enter_sheet(judge, by=cast.liu, lines=factory.lines(made, 8, 5, 6), origin=Origin.PAPER)
    assert judge.sheets.count() == 0
    different = next(one for one in standings(made) if one.judge == judge)
    assert different.progress == Progress.DIFFERENT
    assert "代表2对第2件事的“受益人群”：第一次 7，第二次 5。" in different.differences
    with pytest.raises(Refused, match="代表2的纸质评分表"):
        close_round(made, by=cast.liu)
    enter_sheet(judge, by=cast.liu, lines=factory.lines(made, 8, 7, 6), origin=Origin.PAPER)
    assert judge.sheets.filter(origin=Origin.PAPER).count() == 3


def test_one_person_keying_twice_is_not_two(cast: Cast) -> None:
    made = factory.opened(cast)
    judge = factory.judge_of(made, "代表2")
    factory.on_paper(cast, judge, 8, 7, 6, by=(cast.liu, cast.liu))
    assert judge.sheets.count() == 0


def test_phone_and_paper_do_not_count_twice(cast: Cast) -> None:
    made = factory.opened(cast)
    phone(cast, made, 8, 7, 6)
    judge = factory.judge_of(made, "李明")
    with pytest.raises(WrongState, match="已经在手机上打分"):
        factory.on_paper(cast, judge, 8, 7, 6)
    other = factory.judge_of(made, "陆桂芳")
    factory.on_paper(cast, other, 8, 7, 6, by=(cast.wang,))
    with pytest.raises(WrongState, match="已经交来录入"):
        enter_sheet(other, by=cast.lu, lines=factory.lines(made, 1, 1, 1), origin=Origin.PHONE)


def test_a_ticked_recusal_on_paper_needs_its_reason(cast: Cast) -> None:
    made = factory.opened(cast)
    judge = factory.judge_of(made, "代表2")
    keyed = factory.lines(made, 8, 7, None) | {str(scored_in(made)[2].pk): Line((), recused=True)}
    with pytest.raises(Refused, match="抄录回避的原因"):
        enter_sheet(judge, by=cast.wang, lines=keyed, origin=Origin.PAPER)
    for someone in (cast.wang, cast.liu):
        enter_sheet(judge, by=someone, lines=keyed, origin=Origin.PAPER, reason="本人是施工方")
    assert judge.sheets.get(recused=True).reason == "本人是施工方"


# ── Standing aside ───────────────────────────────────────────────────────
def test_who_stands_aside_is_counted_and_not_scored(cast: Cast) -> None:
    made = factory.opened(cast)
    judge = factory.judge_of(made, "李明")
    phone(cast, made, 8, 7, 6)
    recuse(judge, by=cast.liming, scored=scored_in(made)[0], reason="我就是申请人")
    with pytest.raises(WrongState, match="已对“第1件事”回避"):
        phone(cast, made, 9, None, None)
    for name in ("代表2", "代表3", "代表4"):
        factory.on_paper(cast, factory.judge_of(made, name), 5, 5, 5)
    close_round(made, by=cast.liu)
    row = next(one for one in made.result["rows"] if one["project"] == "第1件事")
    assert (row["sheets"], row["recused"]) == (3, 1)


def test_standing_aside_says_why(cast: Cast) -> None:
    made = factory.opened(cast)
    with pytest.raises(Refused, match="利害关系"):
        recuse(factory.judge_of(made, "李明"), by=cast.liming, scored=scored_in(made)[0], reason=" ")


# ── Result ───────────────────────────────────────────────────────────────
def test_the_result_drops_one_highest_and_one_lowest_from_five(cast: Cast) -> None:
    made = factory.opened(cast)
    for name, mark in zip(("李明", "陆桂芳", "代表2", "代表3", "代表4"), (10, 8, 7, 6, 0), strict=True):
        factory.on_paper(cast, factory.judge_of(made, name), mark, 5, 4)
    close_round(made, by=cast.liu)
    first = made.result["rows"][0]
    assert (first["project"], first["figure"]["exact"], first["mean"]["exact"]) == ("第1件事", "70", "62")
    assert (first["lowest"]["exact"], first["highest"]["exact"]) == ("0", "100")
    text = str(made.result)
    assert "李明" not in text
    assert "号评委" in text


def test_nothing_is_counted_from_nothing(cast: Cast) -> None:
    made = factory.opened(cast)
    with pytest.raises(Refused, match="还没有一份"):
        close_round(made, by=cast.liu)
    made.refresh_from_db()
    assert made.state == State.OPEN


def test_equals_at_the_line_wait_for_the_announced_lot(cast: Cast, clock) -> None:
    made = factory.all_in(cast, factory.opened(cast, funded=1, **factory.LOT), 8, 8, 5)
    close_round(made, by=cast.liu)
    assert set(made.result["tied"]) == {"第1件事", "第2件事"}
    with pytest.raises(Refused, match="请先按公布的号码抽签"):
        publish_round(made, by=cast.wang)
    with pytest.raises(WrongState, match="还不能抽签"):
        draw_lot(made, by=cast.liu, numbers=[1, 2, 3])
    clock.to(factory.LOT_DAY)
    draw_lot(made, by=cast.liu, numbers=[7, 0, 3])
    names = sorted(["第1件事", "第2件事", "第3件事"])
    expected = draw(Lot(made.title, tuple(names), 3, (Source("福利彩票3D当期号码", "2026-03-12", (7, 0, 3)),))).names
    lucky = next(name for name in expected if name != "第3件事")
    assert [row["project"] for row in made.result["rows"] if row["funded"]] == [lucky]
    assert publish_round(made, by=cast.wang).state == State.PUBLISHED


def test_no_sheet_comes_in_once_the_numbers_are_known(cast: Cast, clock) -> None:
    made = factory.opened(cast, funded=1, **factory.LOT)
    clock.to(factory.LOT_DAY)
    with pytest.raises(WrongState, match="号码已经公布"):
        factory.on_paper(cast, factory.judge_of(made, "代表2"), 1, 2, 3)


def test_published_with_counts_and_without_names(cast: Cast) -> None:
    made = factory.all_in(cast, factory.opened(cast), 9, 7, 5)
    close_round(made, by=cast.liu)
    with pytest.raises(NotAllowed):
        publish_round(made, by=cast.liu)
    publish_round(made, by=cast.wang)
    assert made.notice.table["rows"][0] == ["1", "第1件事", "90", "5", "0", "90", "90", "90", ""]
    assert Entry.objects.filter(verb="score_round.publish").count() == 1


def test_a_void_round_stays_on_file(cast: Cast) -> None:
    made = factory.opened(cast)
    with pytest.raises(Refused, match="为什么作废"):
        void_round(made, by=cast.wang, reason="")
    void_round(made, by=cast.wang, reason="漏了一份建议案")
    assert made.state == State.VOID
    with pytest.raises(WrongState):
        phone(cast, made, 1, 1, 1)


def test_a_sheet_keyed_once_when_the_numbers_are_known_leaves_declaring_void(cast: Cast, clock) -> None:
    made = factory.opened(cast, funded=1, **factory.LOT)
    factory.on_paper(cast, factory.judge_of(made, "代表2"), 1, 2, 3, by=(cast.wang,))
    clock.to(factory.LOT_DAY)
    with pytest.raises(WrongState, match="不能再录。请作废"):
        close_round(made, by=cast.liu)
    assert void_round(made, by=cast.wang, reason="评分表没有录完").state == State.VOID


def test_what_is_being_scored_keeps_its_words(cast: Cast) -> None:
    made = factory.opened(cast)
    proposal = scored_in(made)[0].proposal
    words = {"title": "第1件事改了", "reason": "会上要说得更清楚"}
    with pytest.raises(WrongState, match="（三月审议前打分）"):
        amend_proposal(proposal, by=cast.liu, **words)
    void_round(made, by=cast.wang, reason="文本要改")
    assert amend_proposal(proposal, by=cast.liu, **words).title == "第1件事改了"
