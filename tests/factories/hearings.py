"""Hearings of the subdistrict: announced, held, and what was said."""

from datetime import date, datetime
from typing import Any

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.meetings import BEIJING
from tests.put_back import kept
from yishiting.year.hearings.actions import announce_hearing, hold_hearing, note_speech
from yishiting.year.hearings.models import Hearing, Speech

DAY = date(2026, 3, 20)


@kept
def announced(cast: Cast, **facts: Any) -> Hearing:
    """赵科 announces the great hearing of 麦子店."""
    given = {
        "title": "麦子店街道2026年大型问政会",
        "about": "今年拟办哪些实事项目",
        "starts_at": datetime(2026, 3, 20, 14, tzinfo=BEIJING),
        "venue": "街道文化中心一层",
        "resident": 60,
        "peoples_deputy": 4,
    }
    return announce_hearing(facts.pop("place", cast.maizidian), by=facts.pop("by", cast.zhao), **{**given, **facts})


@kept
def held(cast: Cast, clock: Clock, **facts: Any) -> Hearing:
    """It has been held: fifty-three people came."""
    hearing = announced(cast, **facts)
    clock.to(DAY, 17)
    return hold_hearing(hearing, by=facts.get("by", cast.zhao), resident=48, peoples_deputy=3, resident_unit=2)


def said(hearing: Hearing, by: Any, kind: str = "opinion", **facts: Any) -> Speech:
    """One who spoke."""
    given = {"kind": kind, "speaker": "resident", "text": "8号楼前的路一下雨就积水，请修一修。"}
    return note_speech(hearing, by=by, **{**given, **facts})
