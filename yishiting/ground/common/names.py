"""Names of people in one spelling, and rolls of them as offices keep them.

`clean_name` is how a name is kept, `name_key` what two spellings of it have in common. Everything that keeps, compares
or looks for a person's name goes through them, so that 李明, 李　明 and １. 李明 are one man.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yishiting.ground.common.numbers import whole_number
from yishiting.ground.common.reading import visible
from yishiting.methods.errors import Unusable

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
#: The dot within names is U+00B7; what stands for it elsewhere, and a full stop between Chinese characters.
DOTS = re.compile(rf"\s*[·•‧∙⋅・･⸱●](?:\s*[·•‧∙⋅・･⸱●])*\s*|(?<=[{HAN}])\s*[.．]\s*(?=[{HAN}])")
#: Signs and numbers before a name: no part of it.
BEFORE = re.compile(r"^(?:[\W_]|\d{1,4}(?=[\W_]))+")
INNER_BLANK = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
#: What a roll numbers its lines with: 1. 1、 (1) ① 1李明 一、 No.1
NUMBERED = re.compile(
    rf"^\s*(?:[(\[【]?(?:no\.?)?\s*\d{{1,4}}\s*[)\]】.、,:]+\s*(?=\D)|\d{{1,4}}(?:\s+(?=\D)|(?=[{HAN}]{{2}}))(?!号|单元|组|门|层|幢|栋|楼)"
    r"|no\.?\s*\d{1,4}\s+|[一二三四五六七八九十]{1,3}、\s*)",
    re.IGNORECASE,
)
HEADINGS = frozenset(
    {"姓名", "名字", "序号", "编号", "楼院", "单位", "住址", "地址", "楼号", "性别", "备注", "电话", "签名", "签到"}
)
#: What stands above or below a roll.
ABOUT_THE_ROLL = re.compile(
    r".*(?:名单|名册|一览表|登记表|签到|统计表).*|(?:合计|共计|总计|小计|填表|制表|备注|说明|注[:：]).*|共\s*\d+\s*人.*|[-=_—*\s]+"
)
UNIT = re.compile(
    r".*(?:\d|[楼院号栋幢座门组室区里村园街巷路苑庄]$|单元|网格|单位|公司|物业|社区|居委会|学校|医院|小区|中心|支部|商户|驻区)"
)
#: A line that is nothing but a building or a group: it holds for the lines below.
ABOVE = re.compile(
    r"第[\d一二三四五六七八九十百]+\S{0,8}|[\d一二三四五六七八九十]+\s*号?\s*[楼院栋幢]|\S*(?:网格|单元|居民小组)"
)
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f.'’-]+")
GENDERS = frozenset({"男", "女"})
#: Surnames of two characters, which may stand apart from the given name.
DOUBLE_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "司空",
        "夏侯",
        "轩辕",
        "端木",
        "百里",
        "呼延",
        "南宫",
        "独孤",
        "拓跋",
    ]
)
LONGEST_NAME = 40
CELL = "\t"

Roll = list[tuple[str, str]]


def clean_name(text: str) -> str:
    """A person's name as it is kept: narrow letters, one dot, no blanks between Chinese characters, nothing unseen."""
    plain = " ".join(unicodedata.normalize("NFKC", visible(text)).split())
    plain = BEFORE.sub("", INNER_BLANK.sub("", DOTS.sub("·", plain))).rstrip("·,;、:_ ")
    return plain.replace("(", "（").replace(")", "）") if re.search(rf"[{HAN}]", plain) else plain


def name_key(text: str) -> str:
    """What all spellings of a name have in common; for comparing and finding, never for showing."""
    return re.sub(r"\s", "", clean_name(text)).casefold()


def same_name(one: str, other: str) -> bool:
    """Whether the two are spellings of one name."""
    return name_key(one) == name_key(other)


def clean_search(text: str) -> str:
    """Words somebody looks for, in the spelling in which names and words are kept."""
    return DOTS.sub("·", unicodedata.normalize("NFKC", visible(text))).strip()


def unit_key(text: str) -> str:
    """What all spellings of a building or a unit have in common: 3 号楼 and ３号楼."""
    return re.sub(r"[\s,，、]", "", unicodedata.normalize("NFKC", visible(text))).casefold()


def clean_unit(text: str) -> str:
    """A building or unit on a roll as it is kept."""
    return " ".join(unicodedata.normalize("NFKC", visible(text)).split()).strip(",;、，； ")


def read_names(text: str) -> list[str]:
    """Names in one field, parted by commas or blanks: 李明、王 芳 are two people."""
    parts = re.split(r"[、，,;；\n/]+", unicodedata.normalize("NFKC", visible(text)))
    return [clean_name(name) for part in parts for name in _joined(part.split()) if clean_name(name)]


def read_roll(text: str) -> Roll:
    """A pasted roll, one person a line: the name, and after a blank, comma or tab the building or unit.

    Numbers before the names, headings and totals are left out; 李明、王芳 are two people; "3号楼：" holds for the
    lines below it. Raises `Unusable` for a line without a name, for somebody twice, and for an empty roll.
    """
    rows = list(_rows(text))
    if not rows:
        raise Unusable("名册是空的。请每行写一人：姓名、空格、楼院。", "The roll is empty.")
    if sentence := why_doubled(rows):
        raise Unusable(sentence, "Someone stands twice.")
    return rows


def why_doubled(rows: Iterable[tuple[str, str]]) -> str:
    """Empty when everybody stands once: the same name is somebody else only where both units are told and differ."""
    people = [(name, unit) for name, unit in rows]
    times = Counter((name_key(name), unit_key(unit)) for name, unit in people)
    named = Counter(name_key(name) for name, _unit in people)
    twice = [
        f"{name} {unit}".strip()
        for name, unit in people
        if times[name_key(name), unit_key(unit)] > 1 or (named[name_key(name)] > 1 and not unit)
    ]
    if not twice:
        return ""
    return f"名册里有重复：{'、'.join(dict.fromkeys(twice))}。确是两个人的，请都注明楼号。"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table that was copied from a sheet keeps the names and the units."""

    name: int
    unit: int | None


def _rows(text: str) -> Iterator[tuple[str, str]]:
    columns, below = None, ""
    for nth, line in enumerate(re.split(r"[\r\n]+", visible(text)), start=1):
        plain = unicodedata.normalize("NFKC", line.strip(" \u3000"))
        if not plain.strip():
            continue
        if _is_heading(plain):
            columns = _columns(plain) if CELL in plain else columns
        elif match := re.fullmatch(rf"(?:(.{{1,30}}?):|({ABOVE.pattern}))", NUMBERED.sub("", plain.strip(), count=1)):
            below = clean_unit(match[1] or match[2])
        else:
            for name, unit in _people(plain, columns):
                _check(name, line.strip(), nth)
                yield name, unit or below


def _is_heading(line: str) -> bool:
    words = re.split(r"[\s,，、]+", line.strip())
    names = {re.sub(r"[:：*]", "", word) for word in words}
    spread = "".join(words)
    return (
        "姓名" in names
        or spread.startswith("姓名")
        or len(names & HEADINGS) > 1
        or bool(ABOUT_THE_ROLL.fullmatch(line.strip()))
    )


def _columns(line: str) -> _Columns | None:
    cells = [re.sub(r"\s", "", cell) for cell in line.split(CELL)]
    name = next((n for n, cell in enumerate(cells) if cell in {"姓名", "名字"}), None)
    unit = next(
        (n for n, cell in enumerate(cells) if n != name and re.search(r"楼|院|单位|址|小区|社区|组", cell)), None
    )
    return None if name is None else _Columns(name, unit)


def _people(line: str, columns: _Columns | None) -> list[tuple[str, str]]:
    if CELL in line.strip(CELL):
        return [_from_cells(line.split(CELL), columns)]
    whole = NUMBERED.sub("", line.strip(), count=1)
    if match := re.fullmatch(r"([^:]{1,30}):\s*(.+)", whole):
        if UNIT.match(match[1]):
            return [(name, clean_unit(match[1])) for name in read_names(match[2])]
        whole = f"{match[1]} {match[2]}"
    parts = [part for part in re.split(r"[、/]", whole) if part.strip()]
    if len(parts) > 1 and not any(UNIT.match(part.strip()) for part in parts):
        return [(name, "") for name in read_names(whole)]
    words = _joined(re.split(r"[\s,，、;；]+", whole.strip()))
    return [(clean_name(words[0]), clean_unit(" ".join(one for one in words[1:] if one not in GENDERS)))]


def _from_cells(cells: list[str], columns: _Columns | None) -> tuple[str, str]:
    if columns is not None and columns.name < len(cells):
        unit = cells[columns.unit] if columns.unit is not None and columns.unit < len(cells) else ""
        return clean_name(cells[columns.name]), clean_unit(unit)
    told = [cell for cell in cells if cell.strip() and whole_number(cell.strip().strip(".、")) is None]
    others = [cell for cell in told[1:] if cell.strip() not in GENDERS]
    return clean_name(NUMBERED.sub("", told[0], count=1)) if told else "", clean_unit(" ".join(others))


def _joined(words: list[str]) -> list[str]:
    """Words of a line with names put together that were spread over blanks: 李 明, 欧阳 明."""
    found: list[str] = []
    for word in filter(None, words):
        if found and _is_half(found[-1]) and re.fullmatch(rf"[{HAN}]{{1,2}}", word):
            found[-1] += word
        elif len(found) == 1 and LATIN.fullmatch(found[0]) and LATIN.fullmatch(word):
            found[0] += f" {word}"
        else:
            found.append(word)
    return found


def _is_half(word: str) -> bool:
    return word in DOUBLE_SURNAMES or bool(re.fullmatch(rf"[{HAN}]", word))


def _check(name: str, line: str, nth: int) -> None:
    is_place = UNIT.fullmatch(name) and not re.fullmatch(rf"[{HAN}]{{2,4}}\d*", name)
    if is_place or not re.match(r"[^\W\d_]", name):
        raise Unusable(f"第{nth}行“{line}”看不出姓名。请每行写一人：姓名、空格、楼院。", f"line {nth}: no name")
    if len(name) > LONGEST_NAME:
        raise Unusable(f"第{nth}行的姓名太长，最多{LONGEST_NAME}字。", f"line {nth}: too long")
