"""Every verb, every member of the cast, every season: one table in a file, so that a change shows as a changed cell.

`WRITE_MATRIX=1 pytest tests/permissions` writes matrix.csv anew; read the difference before you commit it.
"""

import csv
import inspect
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, person
from tests.permissions.real_things import Things, real_things
from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.ground.accounts.actors import Clock, Operator, Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS

load_everything()
FILE = Path(__file__).with_name("matrix.csv")
SEASONS = {"问": date(2026, 3, 5), "解": date(2026, 6, 5), "收": date(2026, 11, 5)}
PERSONAS = (
    "访客", "陆阿姨", "李明", "王书记", "小刘", "钱书记", "赵科", "孙主任", "市政处", "周老师",
    "系统管理员", "安全管理员", "审计管理员", "定时任务", "安装人员",
)  # fmt: skip


@pytest.fixture
def things(cast: Cast) -> Things:
    return real_things(cast)


@pytest.fixture
def actors(cast: Cast, things: Things) -> dict[str, Any]:
    people = (
        Visitor(), cast.lu, cast.liming, cast.wang, cast.liu, cast.qian, cast.zhao, cast.sun, cast.shizheng, cast.zhou,
        cast.system, cast.security, cast.audit, Clock(), Operator(),
    )  # fmt: skip
    return dict(zip(PERSONAS, people, strict=True))


#: What a person does about themselves, whatever else the verb's first word is.
ABOUT_ONESELF = (
    "account.",
    "token.issue",
    "message.read_all",
    "privacy.consent",
    "privacy.withdraw",
    "suggestion.forget",
)


def kind_of(code: str) -> Any:
    """What the verb is done to."""
    first = next(iter(inspect.signature(VERBS[code].function).parameters.values()))
    return first.annotation


def allowed(code: str, actor: Any, things: Things, day: date) -> bool:
    """Whether this actor may do this verb to the real thing of its kind; about themselves, to themselves."""
    about = isinstance(actor, Person) and kind_of(code) is Person and code.startswith(ABOUT_ONESELF)
    thing = actor if about else things.get(code, things[kind_of(code)])
    return VERBS[code].may.why_not(Question(actor, thing, day)) is None


def table(actors: dict[str, Any], things: Things) -> list[list[str]]:
    rows = [["动作", *PERSONAS]]
    for code in sorted(VERBS):
        cells = [
            "".join(mark for mark, day in SEASONS.items() if allowed(code, actors[name], things, day))
            for name in PERSONAS
        ]
        rows.append([code, *cells])
    return rows


def test_the_matrix_is_what_the_predicates_say(actors: dict[str, Any], things: Things) -> None:
    now = table(actors, things)
    if os.environ.get("WRITE_MATRIX"):
        with FILE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(now)
    with FILE.open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))
    changed = [f"{was} -> {row}" for was, row in zip(written, now, strict=False) if was != row]
    assert changed == []
    assert len(written) == len(now)


def test_there_is_a_real_thing_of_every_kind(things: Things) -> None:
    assert {kind_of(code) for code in VERBS} <= set(things)


def test_administrators_do_no_business(actors: dict[str, Any], things: Things) -> None:
    """The three administrators keep accounts, offices and the record; they decide nothing of the year."""
    resident = person("somebody", "某居民", staff=False)
    open_to_all = {code for code in VERBS if allowed(code, resident, things, SEASONS["问"])}
    business = [code for code in VERBS if VERBS[code].function.__module__.startswith("yishiting.year")]
    done = [
        (code, name)
        for code in business
        for name in ("系统管理员", "安全管理员", "审计管理员")
        for day in SEASONS.values()
        if code not in open_to_all and allowed(code, actors[name], things, day)
    ]
    assert done == []


def test_nobody_of_another_community_acts_here(actors: dict[str, Any], things: Things) -> None:
    resident = person("somebody", "某居民", staff=False)
    strangers = [
        code
        for code in VERBS
        for day in SEASONS.values()
        if VERBS[code].function.__module__.startswith(("yishiting.year", "yishiting.instruments"))
        and allowed(code, actors["钱书记"], things, day)
        and not allowed(code, resident, things, day)
        and code != "suggestion.forget"
    ]
    assert strangers == []
