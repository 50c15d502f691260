"""Ordinary crowds: imports while residents write, a worker with two tabs, a whole desk at the same three matters."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast
from tests.factories.suggestions import ALL_PASS, a_suggestion
from tests.stress.clerks import at_once, deadlocks, fresh
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import Refused
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.actions import read_all, read_message
from yishiting.ground.notices.models import Message
from yishiting.year.proposals.actions import draft_proposal
from yishiting.year.proposals.models import Source
from yishiting.year.suggestions.actions import (
    answer_suggestion,
    assign_suggestion,
    import_suggestions,
    merge_suggestions,
    screen_suggestion,
    submit_suggestion,
    take_down_suggestion,
    unmerge_suggestion,
)
from yishiting.year.suggestions.models import Channel, ResponsibleLevel, Suggestion

CLERKS, ROUNDS = 4, 6
LEVEL = {"responsible_level": ResponsibleLevel.COMMUNITY}

Act = Callable[[], Any]


def storm(workers: list[list[Act]]) -> Counter[str]:
    """Every worker does one act after the other, all of them at once; what became of the acts, errors by their words."""
    seen: Counter[str] = Counter()

    def work(acts: list[Act]) -> None:
        for act in acts:
            try:
                act()
                seen["done"] += 1
            except Refused:
                seen["refused"] += 1

    for wrong in at_once([lambda acts=acts: work(acts) for acts in workers]):
        if wrong is not None:
            raise wrong
    return seen


@pytest.fixture(autouse=True)
def _nothing_waits_for_itself(cast: Cast) -> Any:
    before = deadlocks()
    yield
    assert deadlocks() == before
    numbers = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def table(batch: int, rows: int) -> bytes:
    lines = [f"B{batch}-{n},楼道灯{n},2026-03-01 10:00:00,{n}号楼楼道灯坏了{batch}。" for n in range(rows)]
    return "\n".join(["留言编号,留言主题,留言时间,留言详情", *lines]).encode()


def test_files_are_brought_in_while_residents_write(cast: Cast) -> None:
    def submit(n: int) -> Act:
        words = {"text": f"{n}号楼的楼道灯坏了。", "phone": f"139{n:08d}"}
        return lambda: submit_suggestion(fresh(cast.zaobei), by=Visitor(), **words)

    def bring_in(batch: int) -> Act:
        file = {"channel": Channel.HOTLINE, "name": "批.csv", "content": table(batch, 30)}
        return lambda: import_suggestions(fresh(cast.zaobei), by=fresh(cast.liu), **file)

    residents = [[submit(worker * 100 + n) for n in range(8)] for worker in range(CLERKS)]
    seen = storm([*residents, [bring_in(1), bring_in(2)], [bring_in(3), bring_in(1)]])
    assert seen == {"done": CLERKS * 8 + 4}
    assert Suggestion.objects.count() == CLERKS * 8 + 3 * 30
    assert len(set(Suggestion.objects.values_list("receipt", flat=True))) == Suggestion.objects.count()


def test_one_worker_with_two_tabs(cast: Cast) -> None:
    for n in range(5):
        answer_suggestion(
            _let_in(cast, a_suggestion(cast, by=cast.lu, phone="")), by=cast.wang, kind="explained", text=f"{n}"
        )
    words = {"channel": Channel.BOX, "text": "自行车棚漏雨。"}
    letters = list(Message.objects.filter(to=cast.lu))
    assert letters
    tabs: list[list[Act]] = [
        [lambda: take_down_suggestion(fresh(cast.zaobei), by=fresh(cast.liu), **words)] * ROUNDS,
        [lambda: read_all(fresh(cast.lu), by=fresh(cast.lu))] * ROUNDS,
        [lambda one=one: read_message(fresh(one), by=fresh(cast.lu)) for one in letters][:ROUNDS],
        [lambda: submit_suggestion(fresh(cast.zaobei), by=fresh(cast.lu), text="灯坏了。")] * ROUNDS,
    ]
    assert storm(tabs)["refused"] == 0


def test_a_whole_desk_at_the_same_matters(cast: Cast) -> None:
    matters = [_let_in(cast, a_suggestion(cast, phone=f"1390000001{n}")) for n in range(4)]
    chance = random.Random(7)
    seen = storm([[_something(cast, matters, chance) for _n in range(ROUNDS * 2)] for _clerk in range(CLERKS)])
    assert seen["done"] > CLERKS
    live = list(Source.objects.filter(live=True).values_list("suggestion", flat=True))
    assert len(live) == len(set(live))
    for one in Suggestion.objects.filter(merged_into__isnull=False).select_related("merged_into"):
        assert one.merged_into.pk != one.pk


def _let_in(cast: Cast, one: Suggestion) -> Suggestion:
    return screen_suggestion(one, by=cast.wang, **ALL_PASS, result="valid")


def _something(cast: Cast, matters: list[Suggestion], chance: random.Random) -> Act:
    """One of the things a desk does to one or two of the matters."""
    one, other = chance.sample(matters, 2)
    words = {"title": one.receipt, "situation": "灯坏了", "measures": "换灯"}
    return chance.choice(
        [
            lambda: assign_suggestion(fresh(one), by=fresh(cast.wang), responsible=fresh(cast.liu)),
            lambda: merge_suggestions(fresh(one), by=fresh(cast.wang), others=[fresh(other)]),
            lambda: unmerge_suggestion(fresh(one), by=fresh(cast.wang), reason="不是一件事"),
            lambda: answer_suggestion(fresh(one), by=fresh(cast.wang), kind="explained", text="已报修。"),
            lambda: draft_proposal(
                fresh(cast.zaobei), by=fresh(cast.liu), suggestions=[fresh(other), fresh(one)], **words, **LEVEL
            ),
        ]
    )
