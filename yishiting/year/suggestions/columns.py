"""Which column is which: the headings of our own template, of our own exports, of the hotline and of leaders' mailboxes.

Pure: no Django.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType


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
        (
            "留言时间",
            "提出日期",
            "受理时间",
            "来电时间",
            "登记时间",
            "创建时间",
            "反映时间",
            "反映日期",
            "来信时间",
            "日期",
            "时间",
        ),
        "写成 2026-3-5 或 2026-3-5 14:30",
    ),
    Column("name", "提出人", ("来电人", "姓名", "建议人", "联系人", "留言人", "反映人"), "可以空着；加密保存，不公开"),
    Column("phone", "联系电话", ("电话", "手机号", "来电号码", "联系方式", "来电电话", "手机"), "可以空着；加密保存"),
    Column("contact", "希望联系", ("是否回访",), "写“是”表示本人希望联系"),
    Column("channel", "渠道", ("征集方式",), "与整个文件不同时才写，例如：意见箱"),
    Column("community", "村/社区", ("社区", "所属社区", "村社区", "社区（村）"), "写了就核对是不是本社区"),
    Column("receipt", "受理号", (), "本系统导出的表里才有；已在案卷里的不再收"),
)
KNOWN = {name: column.key for column in COLUMNS for name in (column.heading, *column.also)}
#: Whatever is longer is no heading.
LONGEST = 40
TEMPLATE = tuple(column for column in COLUMNS if column.key not in {"community", "receipt"})
PRIVATE = frozenset({"name", "phone"})


def is_heading(name: str) -> bool:
    """Whether a cell is the heading of a column we read."""
    return _key(name) is not None


def names_the_words(headers: Iterable[str]) -> bool:
    """Whether a row names the column with the words themselves."""
    return any(_key(name) == "text" for name in headers)


def _key(name: str) -> str | None:
    return KNOWN.get(plain(name)) if len(name) <= LONGEST else None


def mapping(headers: Iterable[str]) -> Mapping[str, str]:
    """Which heading holds what: our key to the file's own heading, by the first name that is there."""
    return _mapping(tuple(headers))


@lru_cache(maxsize=64)  # asked again for every row
def _mapping(headers: tuple[str, ...]) -> Mapping[str, str]:
    given = {plain(name): name for name in headers}
    found: dict[str, str] = {}
    for column in COLUMNS:
        for name in (column.heading, *column.also):
            if plain(name) in given:
                found.setdefault(column.key, given[plain(name)])
    return MappingProxyType(found)


def heading_of(key: str) -> str:
    """What a column is called in our own template."""
    return next(column.heading for column in COLUMNS if column.key == key)


def plain(name: str) -> str:
    """A heading without blanks and the marks of required columns."""
    return re.sub(r"[\s*＊:：]", "", name)
