"""From a row of a file to a suggestion's words: which column is which, dates as people write them, what is refused.

Pure: no Django. Knows our own template, exports of the 12345 hotline and of leaders' mailboxes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from yishiting.ground.common.days import chinese
from yishiting.year.suggestions.sheets import Line, Sheet, Unreadable
from yishiting.year.suggestions.words import clean, one_line, shortened, title_from

TITLE_MOST, WHERE_MOST, NUMBER_MOST, NAME_MOST = 200, 120, 60, 40


@dataclass(frozen=True, slots=True)
class Column:
    """One thing we read: the heading of our template, what else it is called, and how to fill it in."""

    key: str
    heading: str
    also: tuple[str, ...] = ()
    note: str = ""


COLUMNS = (
    Column("number", "原编号", ("留言编号", "工单编号", "工单号", "编号", "建议编号"), "原系统里的编号；没有就空着"),
    Column(
        "title",
        "标题",
        ("留言主题", "主题", "工单标题", "建议标题", "诉求标题", "案由", "事由"),
        "一句话说是什么事；可以空着",
    ),
    Column(
        "text",
        "建议内容",
        ("留言详情", "主要内容", "诉求内容", "留言内容", "您的建议", "反映内容", "内容", "详情"),
        "必填，居民原话",
    ),
    Column("where", "地点", ("小区点位", "在哪里", "具体位置", "问题地址", "事发地址", "小区名称"), "小区、楼号或路段"),
    Column(
        "said",
        "提出时间",
        ("留言时间", "提出日期", "受理时间", "来电时间", "登记时间", "创建时间", "日期"),
        "写成 2026-3-5 或 2026-3-5 14:30",
    ),
    Column("name", "提出人", ("来电人", "姓名", "建议人", "联系人", "留言人"), "可以空着；加密保存，不公开"),
    Column("phone", "联系电话", ("电话", "手机号", "来电号码", "联系方式", "来电电话", "手机"), "可以空着；加密保存"),
    Column("contact", "希望联系", ("是否回访",), "写“是”表示本人希望联系"),
    Column("channel", "渠道", ("征集方式",), "与整个文件不同时才写，例如：意见箱"),
    Column("community", "村/社区", ("社区", "所属社区", "村社区", "社区（村）"), "写了就核对是不是本社区"),
)
KNOWN = frozenset(name for column in COLUMNS for name in (column.heading, *column.also))
TEMPLATE = tuple(column for column in COLUMNS if column.key != "community")
PRIVATE = frozenset({"name", "phone"})
YES = frozenset({"是", "希望", "需要", "要", "愿意", "yes", "y", "1", "√", "✓"})

MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
    r"(?:[T\s]*(\d{1,2})\s*[:：时点]\s*(\d{1,2})?\s*(?:[:：分]\s*(\d{1,2})?(?:\.\d+)?\s*秒?)?)?(?:Z|\+08:?00)?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  # spreadsheets count days from here, without a zone
SERIAL_FROM, SERIAL_TO = 30_000, 80_000


class RowRefused(ValueError):
    """One row is not taken; the sentence is the reason written beside it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One row as it will be kept. `said` is local time without a zone; `original` every other cell as it came."""

    line: int
    title: str
    text: str
    where: str = ""
    number: str = ""
    said: datetime | None = None
    name: str = ""
    phone: str = ""
    wants_contact: bool = False
    channel: str = ""
    original: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """What a row is checked against: the day, the longest text, the names of this place, the names of channels."""

    today: date
    text_most: int
    place_names: tuple[str, ...]
    channels: Mapping[str, str]


def is_heading(name: str) -> bool:
    """Whether a cell is the heading of a column we read."""
    return _plain(name) in KNOWN


def mapping(headers: Iterable[str]) -> dict[str, str]:
    """Which heading holds what: our key to the file's own heading, by the first name that is there."""
    given = {_plain(name): name for name in headers}
    found: dict[str, str] = {}
    for column in COLUMNS:
        for name in (column.heading, *column.also):
            if _plain(name) in given:
                found.setdefault(column.key, given[_plain(name)])
    return found


def checked_mapping(sheet: Sheet) -> dict[str, str]:
    """The mapping of a file that has what is needed. Raises Unreadable when the words themselves are missing."""
    found = mapping(sheet.headers)
    if "text" not in found:
        seen = "、".join(sheet.headers[:8])
        raise Unreadable(f"缺少“建议内容”这一列（也可以叫“留言详情”“主要内容”）。文件里现有的列：{seen}。")
    return found


def take(line: Line, columns: Mapping[str, str], reader: Reader) -> Taken:
    """One row, cleaned of what machines added and changed in nothing else. Raises RowRefused with the reason."""
    cell = {key: line.cells.get(name, "") for key, name in columns.items()}
    title, body = one_line(cell.get("title", "")), clean(cell.get("text", ""))
    text = body or title
    if not text:
        raise RowRefused("没有内容：标题和内容都是空的。")
    if len(text) > reader.text_most:
        raise RowRefused(
            f"内容有 {len(text):,} 字，超过 {reader.text_most:,} 字。请分成几条，或由社区与本人核对后摘要。"
        )
    _same_place(one_line(cell.get("community", "")), reader.place_names)
    return Taken(
        line=line.number,
        title=shortened(title, TITLE_MOST) or title_from(text),
        text=text,
        where=shortened(one_line(cell.get("where", "")), WHERE_MOST),
        number=_number(one_line(cell.get("number", ""))),
        said=_moment(one_line(cell.get("said", "")), reader.today),
        name=shortened(one_line(cell.get("name", "")), NAME_MOST),
        phone=one_line(cell.get("phone", "")),
        wants_contact=one_line(cell.get("contact", "")).lower() in YES,
        channel=_channel(one_line(cell.get("channel", "")), reader.channels),
        original=_original(line, columns),
    )


def read_moment(text: str) -> datetime | None:
    """A day or a moment as people and spreadsheets write it; None when nothing is written.

    Raises RowRefused with the sentence that says what is wrong.
    """
    if not text:
        return None
    if SERIAL.fullmatch(text) and SERIAL_FROM <= float(text) < SERIAL_TO:
        return SERIAL_ZERO + timedelta(seconds=round(float(text) * 86400))
    match = MOMENT.fullmatch(text) or COMPACT.fullmatch(text)
    if match is None:
        raise RowRefused(f"看不懂时间“{shortened(text, 30)}”。请写成 2026-3-5 或 2026-3-5 14:30。")
    parts = [int(part) if part else 0 for part in match.groups()]
    try:
        return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  # six numbers; the zone is given later
    except ValueError:
        raise RowRefused(f"时间“{text}”不存在，请核对月、日和钟点。") from None


def _moment(text: str, today: date) -> datetime | None:
    moment = read_moment(text)
    if moment is not None and moment.date() > today:
        raise RowRefused(f"提出时间{chinese(moment.date(), 'plain')}在今天之后，请核对。")
    return moment


def _number(text: str) -> str:
    if len(text) > NUMBER_MOST:
        raise RowRefused(f"原编号超过 {NUMBER_MOST} 个字符，请核对这一列是不是编号。")
    return text


def _channel(text: str, channels: Mapping[str, str]) -> str:
    if text and text not in channels:
        raise RowRefused(f"没有“{text}”这种渠道。可以写：{'、'.join(channels)}。")
    return channels[text] if text else ""


def _same_place(text: str, names: Sequence[str]) -> None:
    if text and not any(name in text or text in name for name in names):
        raise RowRefused(f"这一行属于“{text}”，不是{names[0]}的。请交给那个社区导入。")


def _original(line: Line, columns: Mapping[str, str]) -> dict[str, str]:
    """Every cell as it came, without who it came from: names and telephone numbers are kept sealed elsewhere."""
    private = {columns[key] for key in PRIVATE if key in columns}
    return {name: value.replace("\x00", "") for name, value in line.cells.items() if name not in private}


def _plain(name: str) -> str:
    return re.sub(r"[\s*＊:：]", "", name)
