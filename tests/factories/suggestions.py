"""Suggestions, slips and sessions, made by the verbs."""

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.put_back import kept
from yishiting.ground.accounts.actors import Visitor
from yishiting.year.suggestions.actions import (
    hold_session,
    screen_suggestion,
    submit_suggestion,
    take_down_suggestion,
)
from yishiting.year.suggestions.models import Channel, SolicitationSession, Suggestion

LAMP = "3号楼2单元的楼道灯坏了半个月，老人晚上下楼看不清台阶，希望换成声控灯。"


@kept
def a_suggestion(cast: Cast, **facts: Any) -> Suggestion:
    """A visitor without account suggests something to 枣营北里."""
    given = {"text": LAMP, "where": "3号楼2单元", "phone": "13900000021"}
    return submit_suggestion(facts.pop("place", cast.zaobei), by=facts.pop("by", Visitor()), **{**given, **facts})


@kept
def a_slip(cast: Cast, **facts: Any) -> Suggestion:
    """小刘 types in a slip from the suggestion box."""
    given = {"channel": Channel.BOX, "text": "自行车棚漏雨，车座总是湿的，请修一修。", "where": "5号楼北侧"}
    return take_down_suggestion(facts.pop("place", cast.zaobei), by=facts.pop("by", cast.liu), **{**given, **facts})


@kept
def a_session(cast: Cast, **facts: Any) -> SolicitationSession:
    """A talk in the yard: eleven residents, two of the two committees."""
    given = {
        "channel": Channel.FORUM,
        "title": "3号楼楼门座谈会",
        "held_on": date(2026, 3, 2),
        "resident": 11,
        "two_committees_one_station": 2,
        "venue": "3号楼门前",
        "host": "刘芳",
    }
    return hold_session(facts.pop("place", cast.zaobei), by=facts.pop("by", cast.liu), **{**given, **facts})


ALL_PASS = dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass")


@kept
def a_valid_one(cast: Cast, **facts: Any) -> Suggestion:
    """小刘 lets a suggestion in."""
    return screen_suggestion(a_suggestion(cast, **facts), by=cast.liu, **ALL_PASS, result="valid")


@kept
def a_refused_one(cast: Cast, reason: str = "这是个人事务，不属于社区公共事务。", **facts: Any) -> Suggestion:
    """小刘 turns a suggestion away with a reason."""
    marks = ALL_PASS | {"public_interest": "fail"}
    return screen_suggestion(a_suggestion(cast, **facts), by=cast.liu, **marks, result="not_admissible", reason=reason)


@kept
def many_alike(cast: Cast, count: int = 2) -> list[Suggestion]:
    """The same lamp reported by several households, each in their own words."""
    words = [
        "3号楼2单元楼道灯坏了，晚上看不见",
        "3号楼2单元的楼道灯不亮，老人下楼害怕",
        "希望修好3号楼2单元楼道灯",
        "3号楼2单元楼道灯一直不亮",
    ]
    return [
        a_suggestion(cast, text=words[n % len(words)], phone=f"1390000010{n}", door=f"3-2-{n}01") for n in range(count)
    ]
