"""Files brought in: every row accounted for, a second time harmless, originals kept, people sealed."""

import csv
import io

import pytest

from tests.cast import OPERATOR, Cast
from tests.factories.suggestions import a_slip, a_suggestion
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.ledger.models import Entry
from yishiting.year.suggestions.actions import empty_file, hand_in_file, import_suggestions
from yishiting.year.suggestions.models import ImportBatch, SearchText, Suggestion
from yishiting.year.suggestions.queries.intake import suggestions_at
from yishiting.year.suggestions.queries.search import search

HEADERS = ["工单编号", "标题", "主要内容", "来电人", "电话", "受理时间", "小区点位"]
ROWS = [
    ["H1", "路灯", "3号楼门口路灯不亮", "陆某", "13800000001", "2026-03-01 09:00", "枣营北里"],
    ["H2", "停车", "停车位太少，晚上没处停", "", "", "2026/3/1 9:05:00", ""],
    ["H3", "停车", "停车位太少，晚上没处停", "", "", "2026/3/1 9:05:00", ""],
    ["H4", "", "", "", "", "", ""],
    ["H5", "车棚", "车棚漏雨", "", "", "2026-02-30", ""],
    ["H1", "路灯", "3号楼门口路灯不亮", "陆某", "13800000001", "2026-03-01 09:00", "枣营北里"],
    ["H2", "停车", "把停车位画到消防通道上", "", "", "", ""],
]


def as_csv(rows: list[list[str]], headers: list[str] | None = None) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headers or HEADERS, *rows])
    return out.getvalue().encode("gb18030")


def bring_in(cast: Cast, content: bytes, **facts: object) -> ImportBatch:
    given = {"channel": "hotline", "name": "工单.csv", "content": content, "by": cast.liu, **facts}
    return import_suggestions(facts.pop("place", cast.zaobei), **{k: v for k, v in given.items() if k != "place"})


def test_every_row_is_accounted_for(cast: Cast) -> None:
    batch = bring_in(cast, as_csv(ROWS))
    assert (batch.rows, batch.accepted, batch.duplicates, batch.rejected) == (7, 3, 1, 3)
    assert [(error["row"], error["duplicate"]) for error in batch.errors] == [
        (5, False),
        (6, False),
        (7, True),
        (8, False),
    ]
    reasons = [error["reason"] for error in batch.errors]
    for reason, says in zip(reasons, ["没有内容", "不存在", "已经收过", "内容与已收的不同"], strict=True):
        assert says in reason


def test_the_same_words_under_two_numbers_are_two_messages(cast: Cast) -> None:
    bring_in(cast, as_csv(ROWS))
    assert Suggestion.objects.filter(text="停车位太少，晚上没处停").count() == 2


def test_bringing_it_in_again_changes_nothing(cast: Cast) -> None:
    bring_in(cast, as_csv(ROWS))
    before = list(Suggestion.objects.order_by("pk").values())
    again = bring_in(cast, as_csv(ROWS))
    assert (again.accepted, again.duplicates, again.rejected) == (0, 4, 3)
    assert list(Suggestion.objects.order_by("pk").values()) == before


def test_without_numbers_the_same_words_of_the_same_person_are_one(cast: Cast) -> None:
    headers = ["建议内容", "提出人", "联系电话"]
    rows = [["修路灯", "", ""], ["修路灯", "陆某", ""], ["修路灯", "", ""]]
    batch = bring_in(cast, as_csv(rows, headers), channel="box")
    assert (batch.accepted, batch.duplicates) == (2, 1)
    assert bring_in(cast, as_csv(rows, headers), channel="box").accepted == 0


def test_the_same_number_at_another_place_is_another_message(cast: Cast) -> None:
    bring_in(cast, as_csv(ROWS[:2]))
    assert bring_in(cast, as_csv(ROWS[:2]), place=cast.zaonan, by=cast.qian).accepted == 2


def test_the_original_is_kept_without_the_person(cast: Cast) -> None:
    bring_in(cast, as_csv(ROWS))
    one = Suggestion.objects.get(outside_number="H1")
    assert one.original == {
        "工单编号": "H1", "标题": "路灯", "主要内容": "3号楼门口路灯不亮", "受理时间": "2026-03-01 09:00", "小区点位": "枣营北里",
    }  # fmt: skip
    assert (one.proposer_name, one.proposer_phone) == ("陆某", "13800000001")
    assert one.said_at.isoformat() == "2026-03-01T01:00:00+00:00"


def test_the_ledger_has_one_row_for_the_file_and_one_for_each_suggestion(cast: Cast) -> None:
    before = Entry.objects.count()
    batch = bring_in(cast, as_csv(ROWS))
    rows = list(Entry.objects.order_by("seq")[before:])
    assert [row.subject_kind for row in rows] == ["import_batch", "suggestion", "suggestion", "suggestion"]
    assert rows[0].facts["accepted"] == batch.accepted
    assert {row.verb for row in rows} == {"suggestion.import"}
    assert not any("陆某" in str(row.facts) for row in rows)


def test_a_wrong_file_is_refused_whole(cast: Cast) -> None:
    for content, says in ((b"%PDF-1.4", "PDF"), ("姓名\n张三".encode(), "缺少“建议内容”"), (b"", "空的")):
        with pytest.raises(Refused, match=says):
            bring_in(cast, content)
    with pytest.raises(Refused, match="从哪里来"):
        bring_in(cast, as_csv(ROWS), channel="dream")
    assert (Suggestion.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_only_the_desk_and_the_operator_bring_in_and_all_year_round(cast: Cast, clock) -> None:
    from datetime import date

    clock.to(date(2026, 7, 1))
    for someone in (cast.qian, cast.zhao, Visitor()):
        with pytest.raises(NotAllowed):
            bring_in(cast, as_csv(ROWS), by=someone)
    assert bring_in(cast, as_csv(ROWS), by=OPERATOR).accepted == 3


def test_a_file_handed_in_is_sealed_and_can_be_emptied(cast: Cast) -> None:
    content = as_csv(ROWS)
    file = hand_in_file(cast.zaobei, by=cast.liu, channel="hotline", name="工单.csv", content=content)
    assert Suggestion.objects.count() == 0
    batch = bring_in(cast, content, file=file)
    assert batch.file == file
    assert empty_file(file, by=cast.liu).content == ""
    with pytest.raises(Refused, match="PDF"):
        hand_in_file(cast.zaobei, by=cast.liu, channel="hotline", name="x.pdf", content=b"%PDF")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("停车", 2),
        ("停车位", 2),
        ("车位 太少", 2),
        ("灯", 1),
        ("h", 0),
        ("3号", 1),
        ("枣营北里", 1),
        ("电梯", 0),
        ("！", 0),
        ("", 3),
    ],
)
def test_two_characters_find_what_was_said(cast: Cast, words: str, found: int) -> None:
    bring_in(cast, as_csv(ROWS))
    assert search(suggestions_at(cast.zaobei), words).count() == found


def test_what_is_typed_into_the_search_is_never_an_expression(cast: Cast) -> None:
    bring_in(cast, as_csv(ROWS))
    for words in ('"', "停车 OR 路灯", "停车*", "a' | 'b", "NEAR(停车 位)", "-停车", "\\", "%"):
        search(suggestions_at(cast.zaobei), words).count()


def test_everything_taken_in_is_in_the_index(cast: Cast) -> None:
    a_suggestion(cast)
    a_slip(cast)
    bring_in(cast, as_csv(ROWS))
    assert SearchText.objects.count() == Suggestion.objects.count() == 5
