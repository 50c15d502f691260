"""Suggestions, slips and sessions, made by the verbs."""

from datetime import date
from typing import Any

from tests.cast import Cast
from yishiting.ground.accounts.actors import Visitor
from yishiting.year.suggestions.actions import hold_session, submit_suggestion, take_down_suggestion
from yishiting.year.suggestions.models import Channel, SolicitationSession, Suggestion

LAMP = "3号楼2单元的楼道灯坏了半个月，老人晚上下楼看不清台阶，希望换成声控灯。"


def a_suggestion(cast: Cast, **facts: Any) -> Suggestion:
    """A visitor without account suggests something to 枣营北里."""
    given = {"text": LAMP, "where": "3号楼2单元", "phone": "13900000021"}
    return submit_suggestion(facts.pop("place", cast.zaobei), by=facts.pop("by", Visitor()), **{**given, **facts})


def a_slip(cast: Cast, **facts: Any) -> Suggestion:
    """小刘 types in a slip from the suggestion box."""
    given = {"channel": Channel.BOX, "text": "自行车棚漏雨，车座总是湿的，请修一修。", "where": "5号楼北侧"}
    return take_down_suggestion(facts.pop("place", cast.zaobei), by=facts.pop("by", cast.liu), **{**given, **facts})


def a_session(cast: Cast, **facts: Any) -> SolicitationSession:
    """A talk in the yard: eleven residents, two of the two committees."""
    given = {
        "channel": Channel.FORUM,
        "title": "3号楼楼门座谈会",
        "held_on": date(2026, 3, 2),
        "participants": {"resident": 11, "two_committees_one_station": 2},
        "venue": "3号楼门前",
        "host": "刘芳",
    }
    return hold_session(facts.pop("place", cast.zaobei), by=facts.pop("by", cast.liu), **{**given, **facts})
