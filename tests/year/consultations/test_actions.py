"""Every verb of consultations and questionnaires: done, refused, and on record."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.cast import Cast
from tests.factories.consultations import (
    QUESTIONS,
    SEEDS,
    a_questionnaire,
    answered,
    drafted,
    open_one,
    opened,
    published,
    token,
)
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry, Sealed
from yishiting.ground.notices.models import Message
from yishiting.methods.opinions import Consultation as Cast_
from yishiting.methods.opinions import Vote, opinion_map
from yishiting.year.consultations.actions import (
    amend_consultation,
    amend_questionnaire,
    answer_questionnaire,
    answer_statement,
    close_consultation,
    close_questionnaire,
    draft_consultation,
    moderate_statement,
    note_taken_over,
    open_consultation,
    open_questionnaire,
    propose_statement,
    publish_consultation,
    publish_questionnaire,
    seed_statement,
    set_questions,
    void_consultation,
    void_questionnaire,
)
from yishiting.year.consultations.models import OpinionVote, Origin, Participant
from yishiting.year.consultations.queries import stand_of, table_text
from yishiting.year.consultations.rules import hash_of

VISITOR = Visitor()


def last_entry() -> Entry:
    return Entry.objects.latest("seq")


def test_a_consultation_is_drafted_by_the_desk_alone(cast: Cast) -> None:
    made = drafted(cast)
    assert (made.state, made.statements.filter(state="shown", seeded=True).count()) == ("draft", len(SEEDS))
    days = {"opens": date(2026, 3, 1), "closes": date(2026, 3, 15)}
    for stranger in (cast.qian, cast.lu, VISITOR):
        with pytest.raises(NotAllowed):
            draft_consultation(cast.zaobei, by=stranger, title="一", question="二", **days)
    with pytest.raises(Refused, match="不能早于"):
        draft_consultation(
            cast.zaobei, by=cast.liu, title="一", question="二", opens=date(2026, 3, 9), closes=date(2026, 3, 8)
        )


def test_a_draft_is_amended_and_an_open_one_is_not(cast: Cast) -> None:
    words = {"title": "新名称", "question": "问什么", "opens": date(2026, 3, 2), "closes": date(2026, 3, 20)}
    made = amend_consultation(drafted(cast), by=cast.liu, **words)
    assert (made.title, last_entry().verb) == ("新名称", "consultation.amend")
    open_consultation(made, by=cast.wang)
    with pytest.raises(WrongState):
        amend_consultation(made, by=cast.liu, **words)


def test_too_few_first_statements_do_not_open(cast: Cast) -> None:
    with pytest.raises(Refused, match="至少 3 条"):
        open_consultation(drafted(cast, seeds=2), by=cast.wang)
    with pytest.raises(NotAllowed):
        open_consultation(drafted(cast), by=cast.liu)


def test_answers_leave_no_ledger_row_and_the_last_one_counts(cast: Cast) -> None:
    made = opened(cast)
    one, rows = made.statements.first(), Entry.objects.count()
    answer_statement(one, by=VISITOR, choice=1, token=token(1))
    answer_statement(one, by=VISITOR, choice=-1, token=token(1))
    answer_statement(one, by=cast.lu, choice=1)
    assert Entry.objects.count() == rows
    assert sorted(OpinionVote.objects.values_list("choice", flat=True)) == [-1, 1]
    assert not Participant.objects.filter(key__contains=token(1)).exists()
    assert {(p.created_at.hour, p.created_at.minute, p.created_at.second) for p in Participant.objects.all()} == {
        (0, 0, 0)
    }


def test_keys_of_one_person_differ_between_consultations_and_from_the_author_key(cast: Cast) -> None:
    first, second = opened(cast), opened(cast, title="停车")
    for made in (first, second):
        answer_statement(made.statements.first(), by=cast.lu, choice=1)
    said = propose_statement(first, by=cast.lu, text="周末可以晚一点")
    keys = set(Participant.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert said.author_key not in keys


@pytest.mark.parametrize(("days", "why"), [(date(2026, 2, 28), "还没到日子"), (date(2026, 3, 16), "已经截止")])
def test_answers_outside_the_days_are_refused(cast: Cast, clock: Any, days: date, why: str) -> None:
    made = opened(cast)
    clock.to(days)
    with pytest.raises(Refused, match=why):
        answer_statement(made.statements.first(), by=VISITOR, choice=1, token=token(1))
    with pytest.raises(Refused, match=why):
        propose_statement(made, by=VISITOR, text="多装几盏灯", token=token(1))


def test_what_cannot_be_answered(cast: Cast) -> None:
    draft = drafted(cast, title="另一个")
    with pytest.raises(WrongState):
        answer_statement(draft.statements.first(), by=cast.lu, choice=1)
    made = opened(cast)
    one = made.statements.first()
    with pytest.raises(Refused, match="Cookie"):
        answer_statement(one, by=VISITOR, choice=1)
    with pytest.raises(Refused, match="请选"):
        answer_statement(one, by=cast.lu, choice=2)
    said = propose_statement(made, by=cast.lu, text="周末可以晚一点")
    with pytest.raises(WrongState, match="没有展示"):
        answer_statement(said, by=cast.lu, choice=1)


def test_a_view_is_proposed_moderated_and_its_author_told(cast: Cast) -> None:
    made = opened(cast)
    said = propose_statement(made, by=cast.lu, text="  周末可以 晚一点 ")
    assert (said.state, said.text, said.number) == ("proposed", "周末可以 晚一点", len(SEEDS) + 1)
    assert last_entry().facts["private"].keys() == {"text"}
    assert Sealed.objects.get(entry=last_entry()).text == said.text
    moderate_statement(said, by=cast.liu, shown=True)
    assert said.state == "shown"
    with pytest.raises(Refused, match="写明原因"):
        moderate_statement(said, by=cast.liu, shown=False)
    moderate_statement(said, by=cast.liu, shown=False, reason="点了具体人的名字")
    bodies = set(Message.objects.filter(to=cast.lu, way="on_site").values_list("body", flat=True))
    assert bodies == {"已经展示，大家可以表态了。", "没有展示，原因：点了具体人的名字"}
    with pytest.raises(NotAllowed):
        moderate_statement(said, by=cast.lu, shown=True)


def test_the_same_view_and_a_sixth_one_are_refused(cast: Cast) -> None:
    made = opened(cast)
    with pytest.raises(Refused, match="一样"):
        propose_statement(made, by=VISITOR, text=f"{SEEDS[0]}。", token=token(1))
    with pytest.raises(Refused, match="80字"):
        propose_statement(made, by=VISITOR, text="长" * 81, token=token(1))
    for n in range(5):
        propose_statement(made, by=VISITOR, text=f"看法之{n}", token=token(1))
    with pytest.raises(Refused, match="最多补充 5 条"):
        propose_statement(made, by=VISITOR, text="第六条", token=token(1))
    propose_statement(made, by=VISITOR, text="别人的一条", token=token(2))


def test_closing_forgets_who_and_seals_the_table(cast: Cast) -> None:
    made = opened(cast)
    answered(made, 4)
    said = propose_statement(made, by=VISITOR, text="多装几盏灯", token=token(1))
    with pytest.raises(Refused, match="1 条看法没有审核"):
        close_consultation(made, by=cast.liu)
    moderate_statement(said, by=cast.liu, shown=False, reason="另有建议渠道")
    close_consultation(made, by=cast.liu)
    assert set(Participant.objects.values_list("key", flat=True)) == {""}
    assert sorted(Participant.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert not made.statements.exclude(author_key="", author=None).exists()
    assert made.table_hash == hash_of(table_text(made)) == last_entry().facts["table"]
    assert (made.totals["people"], made.totals["votes"], made.totals["set_aside"]) == (4, 4 * len(SEEDS), 1)
    with pytest.raises(WrongState):
        answer_statement(made.statements.first(), by=VISITOR, choice=1, token=token(1))
    with pytest.raises(WrongState):
        moderate_statement(said, by=cast.liu, shown=True)


def test_the_published_map_can_be_computed_again_from_the_table(cast: Cast) -> None:
    made = published(cast)
    rows = [line.split(",") for line in table_text(made).splitlines()[1:]]
    again = opinion_map(Cast_(tuple(Vote(who, number, int(choice)) for who, number, choice in rows)))
    assert made.result["map"] == again.as_dict(people=False)
    assert [group["people"] for group in made.result["map"]["groups"]] == [12, 12]
    assert made.result["map"]["common_ground"][0]["statement"] == "1"
    assert made.result["map"]["minority_views"]
    assert made.picture.startswith("<svg")
    assert "people" not in made.result["map"]


def test_few_people_get_counts_and_no_map(cast: Cast) -> None:
    made = published(cast, people=19)
    assert made.result["map"] is None
    assert "19人" in made.result["no_map"]
    assert made.picture == ""
    assert made.result["counts"][0] == {
        "number": 1, "text": SEEDS[0], "seeded": True, "agree": 19, "disagree": 0, "pass": 0, "seen": 19,
    }  # fmt: skip


def test_a_table_changed_after_closing_is_not_published(cast: Cast) -> None:
    made = opened(cast)
    answered(made, 3)
    close_consultation(made, by=cast.liu)
    OpinionVote.objects.filter(pk=OpinionVote.objects.first().pk).update(choice=0)
    with pytest.raises(Refused, match="不一致"):
        publish_consultation(made, by=cast.wang)


def test_only_who_answers_for_it_publishes(cast: Cast) -> None:
    made = close_consultation(opened(cast), by=cast.liu)
    with pytest.raises(NotAllowed):
        publish_consultation(made, by=cast.liu)
    assert publish_consultation(made, by=cast.wang).state == "published"


def test_more_first_statements_while_open(cast: Cast) -> None:
    made = opened(cast)
    assert seed_statement(made, by=cast.liu, text="周三休息一天").state == "shown"
    with pytest.raises(NotAllowed):
        seed_statement(made, by=cast.lu, text="周四也休息")


def test_what_comes_next_is_least_heard_and_not_yet_answered(cast: Cast) -> None:
    made = opened(cast, seeds=3)
    one, two, three = made.statements.order_by("number")
    answer_statement(one, by=cast.liming, choice=1)
    answer_statement(two, by=cast.liming, choice=0)
    assert stand_of(made, "").next == three.number
    mine = answer_statement(three, by=cast.lu, choice=-1).participant.key
    stand = stand_of(made, mine)
    assert (stand.shown, stand.answered, stand.left) == (3, {3: -1}, 2)
    assert stand.next in {1, 2}


RENAMED: dict[str, Any] = {"title": "改名", "opens": date(2026, 3, 1), "closes": date(2026, 3, 15)}
GIVEN = {"q1": "1至3号楼", "q2": ["车棚", "长椅"], "q3": "4", "q4": "石凳太凉"}


def test_a_questionnaire_is_opened_answered_and_published(cast: Cast) -> None:
    made = open_one(cast)
    first = answer_questionnaire(made, by=VISITOR, answers=GIVEN)
    assert (first.number, first.answers["q2"]) == (1, ["长椅", "车棚"])
    entry = last_entry()
    assert (entry.verb, entry.actor_id, entry.facts["number"]) == ("questionnaire.answer", "", 1)
    paper = answer_questionnaire(made, by=cast.liu, answers={"q1": "4至6号楼"}, origin=Origin.PAPER)
    assert (paper.number, paper.entered_by) == (2, cast.liu)
    with pytest.raises(WrongState):
        amend_questionnaire(made, by=cast.liu, **RENAMED)
    close_questionnaire(made, by=cast.liu)
    assert last_entry().facts["filled"] == 2
    with pytest.raises(WrongState):
        answer_questionnaire(made, by=VISITOR, answers=GIVEN)
    with pytest.raises(NotAllowed):
        publish_questionnaire(made, by=cast.liu)
    assert publish_questionnaire(made, by=cast.wang).state == "published"


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "q1"), ({"q1": "9号楼"}, "q1"), ({"q1": "1至3号楼", "q3": "6"}, "q3"), ({"q9": "x"}, "q9")],
)
def test_answers_that_do_not_fit_point_at_the_question(cast: Cast, given: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        answer_questionnaire(open_one(cast), by=VISITOR, answers=given)
    assert refused.value.field == field


def test_paper_is_typed_in_by_the_desk_even_after_the_last_day(cast: Cast, clock: Any) -> None:
    made = open_one(cast)
    with pytest.raises(NotAllowed):
        answer_questionnaire(made, by=VISITOR, answers=GIVEN, origin=Origin.PAPER)
    clock.to(date(2026, 3, 16))
    with pytest.raises(Refused, match="已经截止"):
        answer_questionnaire(made, by=VISITOR, answers=GIVEN)
    assert answer_questionnaire(made, by=cast.liu, answers=GIVEN, origin=Origin.PAPER).number == 1


def test_questions_are_checked_before_they_are_kept(cast: Cast) -> None:
    made = a_questionnaire(cast)
    with pytest.raises(Refused, match="至少写两个"):
        set_questions(made, by=cast.liu, questions=[{"key": "q1", "kind": "single", "text": "？", "options": ["一"]}])
    many = [{"key": f"q{n}", "kind": "text", "text": "？"} for n in range(21)]
    with pytest.raises(Refused, match="最多 20 题"):
        set_questions(made, by=cast.liu, questions=many)
    set_questions(made, by=cast.liu, questions=[])
    with pytest.raises(Refused, match="还没有题目"):
        open_questionnaire(made, by=cast.wang)


def test_what_was_written_freely_is_taken_over_once(cast: Cast) -> None:
    response = answer_questionnaire(open_one(cast), by=VISITOR, answers=GIVEN)
    note_taken_over(response, by=cast.liu, key="q4", receipt="2600000011")
    assert response.taken_over == {"q4": "2600000011"}
    for key, why in (("q4", "已经转为建议"), ("q1", "没有这道题")):
        with pytest.raises(Refused, match=why):
            note_taken_over(response, by=cast.liu, key=key, receipt="2600000011")


def test_void_forgets_who_answered_and_counts_for_nothing(cast: Cast) -> None:
    made = opened(cast)
    answered(made, 3)
    with pytest.raises(NotAllowed):
        void_consultation(made, by=cast.liu, reason="问错了事")
    with pytest.raises(Refused, match="为什么作废"):
        void_consultation(made, by=cast.wang, reason=" ")
    void_consultation(made, by=cast.wang, reason="问错了事")
    assert (made.state, made.void_reason, last_entry().verb) == ("void", "问错了事", "consultation.void")
    assert set(Participant.objects.values_list("key", flat=True)) == {""}
    for act in (close_consultation, publish_consultation):
        with pytest.raises(WrongState):
            act(made, by=cast.wang)


def test_a_table_that_was_changed_leaves_one_way_out(cast: Cast) -> None:
    made = opened(cast)
    answered(made, 3)
    close_consultation(made, by=cast.liu)
    OpinionVote.objects.filter(pk=OpinionVote.objects.first().pk).update(choice=0)
    with pytest.raises(Refused, match="意见征求作废"):
        publish_consultation(made, by=cast.wang)
    assert void_consultation(made, by=cast.wang, reason="表态表被改动").state == "void"


def test_a_questionnaire_is_void_while_it_is_not_published(cast: Cast) -> None:
    made = open_one(cast)
    answer_questionnaire(made, by=VISITOR, answers=GIVEN)
    assert void_questionnaire(made, by=cast.wang, reason="题目有误").void_reason == "题目有误"
    assert made.responses.count() == 1
    with pytest.raises(WrongState):
        answer_questionnaire(made, by=VISITOR, answers=GIVEN)
    other = publish_questionnaire(close_questionnaire(open_one(cast, "二"), by=cast.liu), by=cast.wang)
    with pytest.raises(WrongState):
        void_questionnaire(other, by=cast.wang, reason="晚了")


REFUSED_TO_OTHERS: list[Callable[[Cast, Any], object]] = [
    lambda cast, by: amend_questionnaire(a_questionnaire(cast), by=by, **RENAMED),
    lambda cast, by: set_questions(a_questionnaire(cast), by=by, questions=QUESTIONS),
    lambda cast, by: open_questionnaire(a_questionnaire(cast), by=by),
    lambda cast, by: close_questionnaire(open_one(cast), by=by),
    lambda cast, by: close_consultation(opened(cast), by=by),
    lambda cast, by: amend_consultation(
        drafted(cast), by=by, title="一", question="二", opens=date(2026, 3, 1), closes=date(2026, 3, 9)
    ),
]


@pytest.mark.parametrize("act", REFUSED_TO_OTHERS)
def test_neighbours_and_residents_run_nothing_here(cast: Cast, act: Callable[[Cast, Any], object]) -> None:
    for stranger in (cast.qian, cast.lu, VISITOR):
        with pytest.raises(NotAllowed):
            act(cast, stranger)


def test_the_questions_of_the_factory_are_all_kinds() -> None:
    assert {row["kind"] for row in QUESTIONS} == {"single", "several", "rating", "text"}
