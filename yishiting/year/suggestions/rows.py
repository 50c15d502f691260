"""From a row of a file to a suggestion's words: which column is which, dates as people write them, what is refused.

Pure: no Django. Knows our own template, exports of the 12345 hotline and of leaders' mailboxes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from yishiting.ground.common.days import chinese
from yishiting.ground.common.phones import phone_digits, why_not_reached
from yishiting.year.suggestions.columns import PRIVATE, heading_of, is_heading, mapping, names_the_words
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.moments import Unclear, read_moment
from yishiting.year.suggestions.sheets import Line, Sheet
from yishiting.year.suggestions.words import clean, one_line, shortened, title_from

TITLE_MOST, WHERE_MOST, NUMBER_MOST, NAME_MOST = 200, 120, 60, 40
YES = frozenset({"是", "希望", "需要", "要", "愿意", "yes", "y", "1", "√", "✓"})
NO = frozenset({"", "否", "不", "不希望", "不需要", "不要", "不用", "无", "no", "n", "0", "×", "x", "/", "-", "—"})

#: What spreadsheets write where they could not compute or show.
ERROR = re.compile(
    r"#(?:N/A|[A-Z/0?]+[!?]|GETTING_DATA|公式没有算出结果)|#{2,}|ERR:\d{3}|=\s*[A-Z][A-Z0-9.]*\(.*\)", re.DOTALL
)
#: A long number as a spreadsheet shows it: most of its digits are gone.
DIGITS_GONE = re.compile(r"\d(?:\.\d+)?E\+?\d{1,3}", re.IGNORECASE)
TOTAL = re.compile(
    r"(?:本页|本表|本月|本年|全年|以上|全部|累计|各项)*(?:[合小总共累]计)(?:数|条数|件数|人数)?[:：]?(?:共?[\d,]+[条件项个份人]?)?"
)
COUNT = re.compile(r"(?:共|计|[合总小共]计)*[:：]?[\d,.]+(?:[条件项个份人次]|人次)?(?:意见建议|建议|意见)?")
SIGNED = re.compile(r"(?:填表|制表|填报|审核|负责|统计|经办|汇总|报送)(?:人|单位|日期|时间)?(?:签字|签名)?[:：].{0,40}")
DITTO = frozenset({"同上", "同前", "同上行", "〃", "″"})
NOTHING = frozenset(
    {"无", "没有", "暂无", "略", "空", "空白", "无内容", "无建议", "没有建议", "na", "null", "none", "nan"}
)
LETTER = re.compile(r"[^\W\d_]")
GARBLED = "\ufffd"
#: Whatever is longer is neither a total nor a signature.
LABEL_MOST = 60
#: Columns in which 同上 can only mean what stands above.
SAME_AS_ABOVE = ("where", "said", "name", "phone", "contact", "channel", "community")

#: How offices end the name of a community or village when they mean the place.
PLACE_ENDS = (
    ("社区", ("社区居民委员会", "社区居委会", "社区党委", "社区服务站", "社区工作站", "社区", "居民委员会", "居委会")),
    ("村", ("村村民委员会", "村民委员会", "村村委会", "村委会", "村")),
)


class RowRefused(ValueError):
    """One row is not taken; the sentence is the reason written beside it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One row as it will be kept. `said` is local time without a zone; `original` every other cell as it came."""

    line: int | str
    title: str
    text: str
    where: str = ""
    number: str = ""
    said: datetime | None = None
    name: str = ""
    phone: str = ""
    wants_contact: bool = False
    channel: str = ""
    receipt: str = ""
    original: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """What a row is checked against: the day, the longest text, the names of this place and of those it lies in, the
    names of channels.
    """

    today: date
    text_most: int
    place_names: tuple[str, ...]
    channels: Mapping[str, str]
    above: tuple[str, ...] = ()


def checked_mapping(sheet: Sheet) -> Mapping[str, str]:
    """The mapping of a file that has what is needed. Raises Unreadable when the words themselves are missing."""
    found = mapping(sheet.headers)
    if "text" not in found:
        seen = "、".join(sheet.headers[:8])
        raise Unreadable(f"缺少“建议内容”这一列（也可以叫“留言详情”“主要内容”）。文件里现有的列：{seen}。")
    return found


def as_meant(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with 同上 read as what stands above it."""
    above: dict[str, str] = {}
    page = ""
    for line in lines:
        if line.page != page or names_the_words(line.cells.values()):
            above, page = {}, line.page
        columns = mapping(line.cells)
        places = [columns[key] for key in SAME_AS_ABOVE if key in columns]
        same = {name: above.get(name, "") for name in places if one_line(line.cells[name]) in DITTO}
        meant = replace(line, cells={**line.cells, **{name: value for name, value in same.items() if value}})
        above = {name: meant.cells[name] for name in places}
        yield meant


def take(line: Line, columns: Mapping[str, str], reader: Reader) -> Taken:
    """One row, cleaned of what machines added and changed in nothing else. Raises RowRefused with the reason."""
    cell = {key: line.cells.get(name, "") for key, name in columns.items()}
    short = {key: one_line(value) for key, value in cell.items()}
    body = clean(cell.get("text", ""))
    title = "" if _says_nothing(short.get("title", "")) else short.get("title", "")
    _is_a_row(line, short)
    text = body or title
    if not text:
        raise RowRefused("没有内容：标题和内容都是空的。")
    _is_said(text)
    if len(text) > reader.text_most:
        raise RowRefused(
            f"内容有 {len(text):,} 字，超过 {reader.text_most:,} 字。请分成几条，或由社区与本人核对后摘要。"
        )
    _cells_are_whole(short)
    _same_place(short.get("community", ""), reader)
    return Taken(
        line=line.label,
        title=shortened(title, TITLE_MOST) or title_from(text),
        text=text,
        where=shortened(short.get("where", ""), WHERE_MOST),
        number=_number(short.get("number", "")),
        said=_moment(short.get("said", ""), reader.today, line.days_from),
        name=shortened(short.get("name", ""), NAME_MOST),
        phone=short.get("phone", ""),
        wants_contact=short.get("contact", "").lower() in YES,
        channel=_channel(short.get("channel", ""), reader.channels),
        receipt=short.get("receipt", ""),
        original=_original(line, columns),
        remarks=tuple(_remarks(short)),
    )


def _is_a_row(line: Line, short: Mapping[str, str]) -> None:
    """Headings printed again, totals and signatures are rows of the table, not suggestions."""
    if line.fault:
        raise RowRefused(line.fault)
    if is_heading(short.get("text", "")):
        raise RowRefused("这一行是表头，不是建议。")
    cells = [re.sub(r"\s", "", cell) for cell in line.cells.values() if len(cell) <= LABEL_MOST]
    if any(TOTAL.fullmatch(cell) for cell in cells):
        raise RowRefused("这一行是合计，不是建议。")
    filled = [cell for cell in cells if cell]
    if SIGNED.fullmatch(re.sub(r"\s", "", short.get("text", "") or (filled or [""])[0])):
        raise RowRefused("这一行是填表人或日期，不是建议。")


def _is_said(text: str) -> None:
    """Whether these are somebody's words."""
    if _error(text):
        raise RowRefused(f"内容是表格的错误值“{shortened(one_line(text), 30)}”。请在原表里改好再交。")
    if _bare(text) in DITTO:
        raise RowRefused(f"内容写的是“{shortened(one_line(text), 30)}”。请把上面的话写在这一行，或删去这一行。")
    if _says_nothing(text):
        raise RowRefused(f"内容写的是“{shortened(one_line(text), 30)}”，没有说是什么事。")
    if COUNT.fullmatch(re.sub(r"\s", "", text)):
        raise RowRefused(f"内容只有“{shortened(one_line(text), 30)}”，像是合计，不是建议。")


def _says_nothing(text: str) -> bool:
    bare = _bare(text)
    return bool(text) and (bare in NOTHING or not LETTER.search(bare))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()


def _error(text: str) -> bool:
    return ERROR.fullmatch(unicodedata.normalize("NFKC", text).strip().upper()) is not None


def _cells_are_whole(short: Mapping[str, str]) -> None:
    """Whether what we read of the row is what somebody wrote there."""
    for key, value in short.items():
        shown = f"“{heading_of(key)}”一格是“{shortened(value, 30)}”"
        if _error(value):
            raise RowRefused(f"{shown}，是表格的错误值。请在原表里改好再交。")
        if GARBLED in value:
            raise RowRefused(f"{shown}，有乱码。请从原来的系统重新导出再交。")
        if value in DITTO:
            raise RowRefused(f"{shown}，上面一行没有可以照抄的。请写明再交。")
        if key in {"number", "phone"} and DIGITS_GONE.fullmatch(value):
            raise RowRefused(f"{shown}，表格软件把长数字变了样，后面几位已经丢失。请把这一列设为文本，重新导出再交。")


def _remarks(short: Mapping[str, str]) -> Iterator[str]:
    """What somebody should know of a row that is taken in all the same."""
    phone, contact = short.get("phone", ""), short.get("contact", "").lower()
    if contact in YES and not phone_digits(phone):
        yield f"本人希望联系，但“{phone}”打不通。{why_not_reached(phone)}" if phone else "本人希望联系，但没有写电话。"
    if contact not in YES | NO:
        yield f"“希望联系”写的是“{shortened(contact, 20)}”，看不懂，按不联系收。"
    for key, most in (("where", WHERE_MOST), ("name", NAME_MOST), ("title", TITLE_MOST)):
        if len(short.get(key, "")) > most:
            yield f"“{heading_of(key)}”超过 {most} 字，只留了前面的。"


def _moment(text: str, today: date, days_from: datetime) -> datetime | None:
    try:
        moment = read_moment(text, days_from)
    except Unclear as problem:
        raise RowRefused(str(problem)) from problem
    if moment is not None and moment.date() > today:
        raise RowRefused(f"提出时间{chinese(moment.date(), 'plain')}在今天之后，请核对。")
    return moment


def _number(text: str) -> str:
    if len(text) > NUMBER_MOST:
        raise RowRefused(f"原编号超过 {NUMBER_MOST} 个字符，请核对这一列是不是编号。")
    return text


def _channel(text: str, channels: Mapping[str, str]) -> str:
    if text and text not in channels:
        first = {value: name for name, value in reversed(list(channels.items()))}
        raise RowRefused(f"没有“{text}”这种渠道。可以写：{'、'.join(reversed(list(first.values())))}。")
    return channels[text] if text else ""


def _same_place(text: str, reader: Reader) -> None:
    """Whole names are compared: 枣营社区 is not 枣营北里社区."""
    names = reader.place_names
    if text and _place(text, reader.above) not in {_place(name, ()) for name in names}:
        raise RowRefused(
            f"这一行写的是“{shortened(text, 30)}”，不是{names[0]}的。请交给那个社区导入；写错了就改正再交。"
        )


def _place(text: str, above: Sequence[str]) -> str:
    """The name without those of the places it lies in, and with one ending for each kind."""
    name = re.sub(r"[\s\-—/·>]", "", unicodedata.normalize("NFKC", text))
    if above:
        name = re.sub(rf"^\w{{2,3}}市(?={'|'.join(map(re.escape, above))})", "", name)
    for higher in above:
        name = name.removeprefix(higher) or name
    for kind, ends in PLACE_ENDS:
        for end in ends:
            if name.endswith(end) and name != end:
                return name.removesuffix(end) + kind
    return name


def _original(line: Line, columns: Mapping[str, str]) -> dict[str, str]:
    """Every cell as it came, without who it came from: names and telephone numbers are kept sealed elsewhere."""
    private = {columns[key] for key in PRIVATE if key in columns}
    return {name: value.replace("\x00", "") for name, value in line.cells.items() if name not in private}
