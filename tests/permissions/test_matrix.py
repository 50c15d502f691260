"""Every verb, every member of the cast, every season: one table in a file, so that a change shows as a changed cell.

`WRITE_MATRIX=1 pytest tests/permissions` writes matrix.csv anew; read the difference before you commit it.
"""

import csv
import os
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cast import Cast, person
from tests.factories.projects import seated_council
from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.ground.accounts.actors import Clock, Operator, Visitor
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS

load_everything()
FILE = Path(__file__).with_name("matrix.csv")
SEASONS = {"问": date(2026, 3, 5), "解": date(2026, 6, 5), "收": date(2026, 11, 5)}
PERSONAS = (
    "访客", "陆阿姨", "李明", "王书记", "小刘", "钱书记", "赵科", "孙主任", "市政处", "周老师",
    "系统管理员", "安全管理员", "审计管理员", "定时任务", "安装人员",
)  # fmt: skip


class Rows(list[Any]):
    """What a related manager gives."""

    def all(self) -> "Rows":
        return self


@pytest.fixture
def actors(cast: Cast) -> dict[str, Any]:
    seated_council(cast)
    people = (
        Visitor(), cast.lu, cast.liming, cast.wang, cast.liu, cast.qian, cast.zhao, cast.sun, cast.shizheng, cast.zhou,
        cast.system, cast.security, cast.audit, Clock(), Operator(),
    )  # fmt: skip
    return dict(zip(PERSONAS, people, strict=True))


def a_thing(cast: Cast) -> Any:
    """A thing of 枣营北里, 陆阿姨's own, supervised by 李明."""
    seat = cast.liming.seats.get()
    thing = SimpleNamespace(
        place=cast.zaobei, person=cast.lu, person_id=cast.lu.pk, proposer_id=cast.lu.pk, recorded_by_id=cast.liu.pk,
        supervisors=Rows([SimpleNamespace(representative_id=seat.pk)]), uploaded_by_id=cast.lu.pk, to_id=cast.lu.pk,
        reported_to=cast.maizidian, reported_to_id=cast.maizidian.pk, constituency=SimpleNamespace(place=cast.zaobei),
        purpose="suggestion", kind="announcement", subject_kind="suggestion", level="community", public=True, code="",
        pk=None, subject_id="", uploaded_by=None, place_code=cast.zaobei.code, LIFECYCLE=None, place_id=cast.zaobei.pk, state="",
    )  # fmt: skip
    thing.project = thing._subject = thing
    return thing


ABOUT_ONESELF = ("account.", "token.issue", "privacy.consent", "privacy.withdraw", "suggestion.forget")


def allowed(code: str, actor: Any, thing: Any, day: date) -> bool:
    about = getattr(actor, "pk", None) is not None and code.startswith(ABOUT_ONESELF)
    return VERBS[code].may.why_not(Question(actor, actor if about else thing, day)) is None


def table(cast: Cast, actors: dict[str, Any]) -> list[list[str]]:
    thing, rows = a_thing(cast), [["动作", *PERSONAS]]
    for code in sorted(VERBS):
        cells = [
            "".join(mark for mark, day in SEASONS.items() if allowed(code, actors[name], thing, day))
            for name in PERSONAS
        ]
        rows.append([code, *cells])
    return rows


def test_the_matrix_is_what_the_predicates_say(cast: Cast, actors: dict[str, Any]) -> None:
    now = table(cast, actors)
    if os.environ.get("WRITE_MATRIX"):
        with FILE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(now)
    with FILE.open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))
    changed = [f"{was} -> {row}" for was, row in zip(written, now, strict=False) if was != row]
    assert changed == []
    assert len(written) == len(now)


def test_administrators_do_no_business(cast: Cast, actors: dict[str, Any]) -> None:
    """The three administrators keep accounts, offices and the record; they decide nothing of the year."""
    thing, resident = a_thing(cast), person("somebody", "某居民", staff=False)
    open_to_all = {code for code in VERBS if allowed(code, resident, thing, SEASONS["问"])}
    business = [code for code in VERBS if VERBS[code].function.__module__.startswith("yishiting.year")]
    done = [
        (code, name)
        for code in business
        for name in ("系统管理员", "安全管理员", "审计管理员")
        for day in SEASONS.values()
        if code not in open_to_all and allowed(code, actors[name], thing, day)
    ]
    assert done == []


def test_nobody_of_another_community_acts_here(cast: Cast, actors: dict[str, Any]) -> None:
    thing, resident = a_thing(cast), person("somebody", "某居民", staff=False)
    strangers = [
        code
        for code in VERBS
        for day in SEASONS.values()
        if VERBS[code].function.__module__.startswith(("yishiting.year", "yishiting.instruments"))
        and allowed(code, actors["钱书记"], thing, day)
        and not allowed(code, resident, thing, day)
        and code != "suggestion.forget"
    ]
    assert strangers == []
