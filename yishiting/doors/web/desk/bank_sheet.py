"""The bank as a sheet: where each suggestion came from and what was decided; people masked unless asked in full."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from yishiting.doors.web.shared.sheets import as_sheet
from yishiting.ground.common.masking import mask_name, mask_phone, public_words
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.models import Suggestion

#: Heading → width in characters.
COLUMNS = {
    "受理号": 14, "年度": 6, "收到日期": 12, "街乡": 14, "社区（村）": 18, "渠道": 10, "来源": 24, "原编号": 16,
    "标题": 36, "建议内容": 60, "地点": 20, "类别": 18, "责任层级": 10, "状态": 14, "并入": 14, "拆自": 14,
    "初审日期": 12, "答复日期": 12, "提出人": 10, "联系电话": 14,
}  # fmt: skip
RELATED = ("place__parent", "session", "batch", "recorded_by", "category", "merged_into", "split_from")


def bank_sheet(title: str, about: str, suggestions: Iterable[Suggestion], *, in_full: bool) -> bytes:
    """The file. Unless `in_full`, names are surnames, telephone numbers and numbers in the words are masked."""
    rows = (_row(one, in_full=in_full) for one in suggestions)
    return as_sheet(title, about, list(COLUMNS), list(COLUMNS.values()), rows)


def origin(one: Suggestion) -> str:
    """Where a suggestion came from: the session, the file, the paper and who typed it, or the resident's own hand."""
    if one.session is not None:
        return str(one.session)
    if one.batch is not None:
        return _("导入：%(file)s") % {"file": one.batch}
    if one.recorded_by is not None:
        return _("代录：%(who)s") % {"who": one.recorded_by}
    return _("拆自另一条") if one.split_from_id else _("本人提交")


def _row(one: Suggestion, *, in_full: bool) -> list[object]:
    return [_plain(value) for value in (*_said(one, in_full=in_full), *_decided(one), *_people(one, in_full=in_full))]


def _said(one: Suggestion, *, in_full: bool) -> Iterator[object]:
    words = (one.title, one.text, one.where)
    title, text, where = words if in_full else map(public_words, words)
    yield from (spoken(one.receipt), one.year, one.received_on, one.place.parent, one.place.name)
    yield from (one.get_channel_display(), origin(one), one.outside_number, title, text, where)


def _decided(one: Suggestion) -> Iterator[object]:
    yield from (one.category and one.category.path, one.get_responsible_level_display(), one.get_state_display())
    yield from (part and spoken(part.receipt) for part in (one.merged_into, one.split_from))
    yield from (one.screened_on, one.answered_on)


def _people(one: Suggestion, *, in_full: bool) -> tuple[str, str]:
    if in_full:
        return one.proposer_name, one.proposer_phone
    return mask_name(one.proposer_name), mask_phone(one.proposer_phone)


def _plain(value: object) -> str:
    return "" if value is None else str(value)
