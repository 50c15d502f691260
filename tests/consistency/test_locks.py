"""Who waits for whom: rows are locked without keys and in order, and what everybody waits for is taken last."""

import ast
import graphlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.cast import Cast
from tests.consistency.source import modules
from tests.factories.suggestions import ALL_PASS, a_slip
from tests.lived_year import lived
from yishiting.ground.common import verbs
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.ledger.models import Head
from yishiting.instruments.documents.models import Serial
from yishiting.year.suggestions.actions import (
    import_suggestions,
    screen_suggestion,
    split_suggestion,
    submit_suggestion,
)
from yishiting.year.suggestions.models import Channel

#: What may still be done by a verb once it holds what everybody waits for.
MOST = 4
EVERYBODY_WAITS = re.compile(rf"INSERT INTO ({Serial._meta.db_table}|{Head._meta.db_table}) ")
#: Rows that are locked, by asking for them or by changing them.
LOCKS = re.compile(r'^(?:SELECT .* FROM (?="\w+" .*FOR NO KEY UPDATE)|UPDATE )"(\w+)"', re.DOTALL)
#: Verbs that give a number, each done at least once in the year of the demo.
NUMBERING = {
    "suggestion.submit", "suggestion.take_down", "item.decide", "proposal.draft", "project.open", "project.publicise_plan",
    "meeting.publish_minutes", "term.publicise_candidates", "term.seat", "review.publicise",
}  # fmt: skip


class Watching:
    """Watches the outermost verbs: what each does once it holds what all wait for, and in which order it locks tables."""

    def __init__(self) -> None:
        self.most: Counter[str] = Counter()
        self.before: dict[str, set[str]] = defaultdict(set)
        self._at_work: Any = None
        self._since: int | None = None
        self._locked: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        stack = verbs._running.get()
        if stack and not sql.startswith(("SAVEPOINT", "RELEASE")):
            if stack[0] is not self._at_work:
                self._at_work, self._since, self._locked = stack[0], None, []
            self._count(stack[0].verb.code, sql)
            self._order(sql)
        return execute(sql, *rest)

    def _count(self, code: str, sql: str) -> None:
        if self._since is not None:
            self._since += 1
        elif EVERYBODY_WAITS.search(sql):
            self._since = 0
        self.most[code] = max(self.most[code], self._since or 0)

    def _order(self, sql: str) -> None:
        table = LOCKS.search(sql)
        if table and table[1] not in self._locked:
            self.before[table[1]].update(self._locked)
            self._locked.append(table[1])


@contextmanager
def watched() -> Iterator[Watching]:
    watching = Watching()
    with connection.execute_wrapper(watching):
        yield watching


def test_rows_are_locked_without_their_keys() -> None:
    """Others may go on pointing at a locked row; `update_or_create` would lock it with its key."""
    found = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr == "update_or_create" or (
                node.func.attr == "select_for_update" and "no_key=True" not in ast.unparse(node)
            ):
                found.append(f"{path}:{node.lineno} {ast.unparse(node.func)}")
    assert found == []


def test_several_rows_are_locked_in_the_order_of_their_keys() -> None:
    """Either one row is asked for by its key, or they are ordered."""
    found = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, (ast.Assign, ast.Return, ast.Expr, ast.For, ast.With)):
                continue
            text = (
                ast.unparse(node.iter if isinstance(node, ast.For) else node) if not isinstance(node, ast.With) else ""
            )
            if "select_for_update(" in text and not re.search(
                r"order_by\('pk'\)|\.get\(pk=|\.first\(\)|refresh_from_db\(", text
            ):
                found.append(f"{path}:{node.lineno} {text}")
    assert found == []


def test_a_part_is_locked_after_its_whole() -> None:
    """The way named leads to a thing, and no thing comes after itself."""
    for model in apps.get_models():
        if not issubclass(model, BaseRecord) or not model.LOCKED_AFTER:
            continue
        whole: Any = model
        for step in model.LOCKED_AFTER.split("."):
            whole = whole._meta.get_field(step).related_model
        assert issubclass(whole, BaseRecord)
        assert whole is not model
        assert not whole.LOCKED_AFTER, "a whole that is a part itself is named to its end"


def test_taking_in_and_screening_hold_up_nobody(cast: Cast) -> None:
    table = "留言编号,留言主题,留言时间,留言详情\n" + "\n".join(
        f"B{n},楼道灯{n},2026-03-01 10:00:00,{n}号楼楼道灯坏了，请修一修。" for n in range(1, 8)
    )
    with watched() as seen:
        one = submit_suggestion(cast.zaobei, by=cast.lu, text="3号楼的路灯坏了，台阶没有扶手。")
        slip = a_slip(cast, wants_contact=True, phone="13900000031")
        screen_suggestion(one, by=cast.wang, **ALL_PASS, result="valid")
        screen_suggestion(
            slip, by=cast.wang, **(ALL_PASS | {"factual": "more_work"}), result="more_work", reason="哪一栋？"
        )
        split_suggestion(one, by=cast.wang, parts=["3号楼2单元的灯坏了。", "台阶没有扶手。"])
        batch = import_suggestions(
            cast.zaobei, by=cast.liu, channel=Channel.HOTLINE, name="批.csv", content=table.encode()
        )
    assert batch.accepted == 7
    assert {"suggestion.submit", "suggestion.screen", "suggestion.split", "suggestion.import"} <= set(seen.most)
    assert max(seen.most.values()) <= MOST, seen.most


@pytest.mark.django_db
def test_in_a_whole_year_nobody_holds_up_everybody_and_all_lock_in_one_order() -> None:
    with watched() as seen, lived(date(2026, 12, 20)):
        pass
    assert {verb: count for verb, count in seen.most.items() if count > MOST} == {}
    assert NUMBERING - {verb for verb, count in seen.most.items() if count} == set()
    if connection.features.has_select_for_update:  # elsewhere one writes at a time, and nobody waits for two
        list(graphlib.TopologicalSorter(seen.before).static_order())  # or it names the tables that wait for one another
