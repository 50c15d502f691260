"""When a meeting is due, how early it is announced, whether enough have come, what its minutes say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from yishiting.ground.common.days import chinese
from yishiting.methods.votes import VoteCount, VoteRule, has_quorum, least
from yishiting.methods.workdays import Holidays, add_workdays, workdays_between

DIGITS = "零一二三四五六七八九"
TEN = 10


@dataclass(frozen=True, slots=True)
class Due:
    """A meeting the year asks for: its kind, and between which days it should be held."""

    kind: str
    opens: date
    closes: date


def due_in(year: int, table: Sequence[Mapping[str, str]]) -> list[Due]:
    """The due meetings of a year from the rulebook's table, earliest first."""
    rows = [
        Due(row["kind"], date.fromisoformat(f"{year}-{row['from']}"), date.fromisoformat(f"{year}-{row['to']}"))
        for row in table
    ]
    return sorted(rows, key=lambda due: due.opens)


def why_not_on(meeting: date, today: date, workdays: int, holidays: Holidays) -> str | None:
    """None when notice given today is early enough, otherwise the sentence with the first day that is possible."""
    if meeting < today:
        return f"开会日期{chinese(meeting, 'weekday')}已经过去，通知不能倒填。请先修改开会时间。"
    left = workdays_between(today, meeting, holidays)
    if left >= workdays:
        return None
    first = add_workdays(today, workdays, holidays)
    return f"会议通知至少提前{workdays}个工作日，今天到开会只有{left}个工作日。请把会议改到{chinese(first, 'weekday')}或以后。"


def why_no_quorum(due: int, present: int, rule: VoteRule, recused: int = 0, recused_absent: int = 0) -> str | None:
    """None when enough members are present to decide, otherwise the sentence with the numbers."""
    count = VoteCount(due, present, 0, 0, recused_present=recused, recused_absent=recused_absent)
    if has_quorum(count, rule):
        return None
    needed = max(1, least(rule.quorum, due, over=rule.quorum_over))
    return f"应到{due}人，实到{present}人，须到会{needed}人，还差{max(needed - present, 1)}人，不能表决。"


def moved(keys: Sequence[Any], key: Any, place: int) -> list[Any]:
    """The keys with one of them at another place (from 1); beyond the ends means the end."""
    rest = [one for one in keys if one != key]
    at = min(max(place, 1), len(keys)) - 1
    return [*rest[:at], key, *rest[at:]]


def numbered(n: int) -> str:
    """The number of an agenda item: 一 … 九十九."""
    tens, ones = divmod(n, TEN)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What happened to one agenda item."""

    kind: str
    title: str
    text: str
    discussion: str
    outcome: str
    resolution: str = ""
    method: str = ""
    recused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What somebody took on."""

    what: str
    who: str
    due: date


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What happened at a meeting: what the draft of the minutes is written from."""

    title: str
    began: datetime
    ended: datetime
    venue: str
    chair: str
    recorder: str
    rules: str
    due: int
    present: Sequence[str]
    excused: Sequence[str]
    absent: Sequence[str]
    observers: Sequence[str]
    items: Sequence[ItemFacts] = field(default_factory=tuple)
    tasks: Sequence[TaskFacts] = field(default_factory=tuple)


def draft_minutes(facts: MeetingFacts) -> str:
    """The draft of the minutes, from what was recorded while the meeting was held."""
    parts = [facts.title, *_head(facts), ""]
    for n, item in enumerate(facts.items, start=1):
        parts += [f"{numbered(n)}、{item.title}（{item.kind}）", *_item(item), ""]
    if facts.tasks:
        parts.append("会议确定的任务")
        parts += [
            f"{n}. {one.what}（{one.who}，{chinese(one.due, 'weekday')}前）"
            for n, one in enumerate(facts.tasks, start=1)
        ]
    return "\n".join(parts).strip() + "\n"


def _head(facts: MeetingFacts) -> Iterable[str]:
    began, ended = facts.began, facts.ended
    same_day = ended - began < timedelta(days=1) and ended.day == began.day
    until = f"{ended:%H:%M}" if same_day else f"{chinese(ended.date(), 'weekday')}{ended:%H:%M}"
    yield f"时间：{chinese(began.date())}{began:%H:%M}—{until}"
    yield f"地点：{facts.venue}"
    yield f"主持人：{facts.chair or '（未填写）'}　记录人：{facts.recorder or '（未填写）'}"
    yield f"应到{facts.due}人，实到{len(facts.present)}人，列席{len(facts.observers)}人"
    groups = (("到会", facts.present), ("请假", facts.excused), ("缺席", facts.absent), ("列席", facts.observers))
    yield from (f"{label}：{'、'.join(names)}" for label, names in groups if names)
    yield f"议事规则版本：{facts.rules}"


def _item(item: ItemFacts) -> Iterable[str]:
    lines = (
        ("提请审议的文本", item.text),
        ("发言要点", item.discussion),
        ("表决方式", item.method),
        ("回避", "、".join(item.recused)),
        ("结果", item.outcome),
        ("决议编号", item.resolution),
    )
    yield from (f"{label}：{words}" for label, words in lines if words)
