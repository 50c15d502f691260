"""建议: the lists of a place's suggestions, what waits to be screened and looked at again, and the bank of all of them."""

from collections.abc import Callable
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List, Selection
from yishiting.doors.lists.filters import Among, AtPlace, Choice, Days, Options, Search, Year
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.masking import mask_name, mask_phone
from yishiting.ground.common.predicates import Predicate
from yishiting.ground.common.request_cache import cached
from yishiting.ground.organisations.permissions import at_desk, reads_here
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.models import Category, Channel, SolicitationSession, Suggestion
from yishiting.year.suggestions.queries.bank import (
    ALONE,
    MAIN,
    MERGED,
    listed,
    narrowed_bank,
    reach_of,
    visible_to,
    within,
)
from yishiting.year.suggestions.queries.intake import imports_at, sessions_at, suggestions_at
from yishiting.year.suggestions.queries.joining import LET_IN, suggestions_below
from yishiting.year.suggestions.queries.screening import classes, open_appeals, to_screen
from yishiting.year.suggestions.queries.search import search, search_known
from yishiting.year.suggestions.states import State

TONES: dict[str, str] = {
    State.RECEIVED: "waiting",
    State.MORE_WORK: "waiting",
    State.APPEALED: "waiting",
    State.VALID: "open",
    State.SETTLED: "done",
    State.NOT_ADMISSIBLE: "refused",
}
STATES = [choice for choice in State.choices if choice[0] != State.STRUCK]
RECEIPT = Column("receipt", _("受理号"), kind=Kind.RECEIPT, sort="receipt")
STATE = Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state")
CHANNEL = Column("channel", _("渠道"), kind=Kind.CHOICE, sort="channel")
RECEIVED = Column("received_on", _("收到日期"), kind=Kind.DAY, sort="received_on")
TITLE = private("title", _("标题"), head=True, under="where", width=36)
WORDS = private("text", _("建议内容"), page=False, width=60)
WHERE = private("where", _("地点"), page=False)

#: Everybody searches the words and the numbers; whoever reads names and telephones at a place, those of that place too.
FOUND_BY = Search("q", _("查找"), by=search, known=search_known)


def _screen_due(one: Suggestion) -> Any:
    return one.screen_due if one.state == State.RECEIVED else None


SUGGESTIONS = List(
    "desk-suggestions",
    _("建议登记表"),
    suggestions_at,
    (
        RECEIPT,
        TITLE,
        CHANNEL,
        RECEIVED,
        STATE,
        Column("screen_due", _("初审期限"), _screen_due, Kind.DUE, sort="screen_due"),
        WORDS,
        WHERE,
    ),
    needs=reads_here,
    related=("parent",),
    filters=(
        FOUND_BY,
        Choice("state", _("状态"), among=STATES),
        Choice("channel", _("渠道"), among=Channel),
        Among("session", _("场次"), things=lambda place: SolicitationSession.objects.standing().filter(place=place)),
        Year("year", _("年度")),
        Days("received", _("收到"), by="received_on"),
        Among("batch", _("导入文件"), things=imports_at, hidden=True),
    ),
    counted=("state", "channel"),
    opens="desk-suggestion",
    bulk=("suggestion.assign", "suggestion.classify", "suggestion.answer_many", "suggestion.answer_interim"),
    empty=_("没有符合条件的建议。可以清除筛选，或录入一条。"),
)


def _number_of(part: Suggestion | None) -> str:
    return spoken(part.receipt) if part else ""


def _at(rows: Any, place: Place) -> Any:
    return rows.filter(within(place))


AREA = List(
    "desk-area-suggestions",
    _("下级建议登记表"),
    suggestions_below,
    (
        RECEIPT,
        TITLE,
        Column("place", _("社区（村）"), "place.name", sort="place__code", width=18),
        CHANNEL,
        RECEIVED,
        Column("responsible_level", _("责任层级"), kind=Kind.CHOICE, width=10),
        STATE,
        Column("merged_into", _("并入"), lambda one: _number_of(one.merged_into), width=14),
        WORDS,
        WHERE,
    ),
    needs=reads_here,
    related=("parent",),
    filters=(
        FOUND_BY,
        AtPlace("place", _("地方"), by=_at),
        Choice("state", _("状态"), among=[choice for choice in STATES if choice[0] in LET_IN]),
        Choice("level", _("责任层级"), among=ResponsibleLevel, by="responsible_level"),
        Choice("channel", _("渠道"), among=Channel),
        Year("year", _("年度")),
        Days("received", _("收到"), by="received_on"),
    ),
    opens="desk-suggestion",
    empty=_("下级还没有初审通过的建议。"),
)

SESSION_SUGGESTIONS = List(
    "session-suggestions",
    _("场次建议"),
    lambda session: suggestions_at(session.place).filter(session=session),
    (RECEIPT, TITLE, RECEIVED, STATE, WORDS, WHERE),
    of=SolicitationSession,
    needs=reads_here,
    related=("place",),
    opens="desk-suggestion",
    at="desk-session",
    empty=_("还没有录入。"),
)


def _more_than_title(one: Suggestion) -> str:
    """The beginning of the words; nothing where the title has said it all."""
    return "" if one.text.rstrip("。！？!?；; \n") == one.title else Truncator(one.text).chars(160)


TO_SCREEN = List(
    "screening-at-once",
    _("等待初审的建议"),
    to_screen,
    (
        RECEIPT,
        private("title", _("标题"), head=True, under=_more_than_title, width=36),
        private("where", _("地点")),
        CHANNEL,
        RECEIVED,
        Column("screen_due", _("初审期限"), kind=Kind.DUE, sort="screen_due"),
        WORDS,
    ),
    needs="suggestion.screen",
    related=("parent",),
    filters=(
        FOUND_BY,
        Choice("channel", _("渠道"), among=Channel),
        Days("received", _("收到"), by="received_on"),
    ),
    opens="suggestion-screen",
    beside=False,
    bulk=("suggestion.screen",),
    page=50,
    empty=_("没有等待初审的建议了。"),
)


def _first_result(one: Any) -> str:
    past = one.decided[-1] if one.decided else None
    return f"{past.screened_by}：{Truncator(past.reason).chars(60)}" if past else ""


APPEALS = List(
    "desk-appeals",
    _("申请复核的建议"),
    open_appeals,
    (
        RECEIPT,
        private("title", _("标题"), head=True, width=36),
        private("first_result", _("初审"), _first_result, width=30),
        private("reason", _("本人的理由"), lambda one: " ".join(appeal.text for appeal in one.waiting), width=40),
        Column("answer_due", _("期限"), kind=Kind.DUE, sort="answer_due"),
    ),
    needs=at_desk,
    related=("parent",),
    filters=(FOUND_BY,),
    beside=False,
    empty=_("没有等待复核的申请。"),
)

SESSIONS = List(
    "desk-sessions",
    _("征集场次登记表"),
    sessions_at,
    (
        Column("held_on", _("日期"), kind=Kind.DAY, sort="held_on"),
        Column("title", _("名称"), head=True, width=30),
        Column("channel", _("方式"), kind=Kind.CHOICE, sort="channel"),
        Column("venue", _("地点")),
        Column("host", _("主持人"), page=False, width=10),
        Column("participant_count", _("人数"), kind=Kind.NUMBER, sort="participant_count"),
        Column("suggestion_count", _("建议"), kind=Kind.NUMBER, sort="suggestion_count"),
    ),
    needs=reads_here,
    related=("parent",),
    filters=(
        Search("q", _("查找"), within=("title", "venue")),
        Choice("channel", _("方式"), among=Channel),
        Days("held", _("日期"), by="held_on"),
    ),
    opens="desk-session",
    empty=_("没有这样的场次。开一场座谈会、走访一个楼门，都在这里记一笔。"),
)

IMPORTS = List(
    "desk-imports",
    _("批量导入登记表"),
    imports_at,
    (
        Column("created_at", _("时间"), kind=Kind.MOMENT, sort="created_at"),
        Column("file_name", _("文件"), head=True, width=36),
        CHANNEL,
        Column("rows", _("行数"), kind=Kind.NUMBER, sort="rows"),
        Column("accepted", _("收入"), kind=Kind.NUMBER, sort="accepted"),
        Column("duplicates", _("重复"), kind=Kind.NUMBER, sort="duplicates"),
        Column("rejected", _("未收"), kind=Kind.NUMBER, sort="rejected"),
        Column("waiting", _("还在收"), kind=Kind.NUMBER, sort="waiting"),
        Column("imported_by", _("经办"), width=12),
    ),
    needs=reads_here,
    related=("parent",),
    filters=(
        Search("q", _("查找"), within=("file_name",)),
        Choice("channel", _("渠道"), among=Channel),
        Days("imported", _("导入"), by="created_at", moments=True),
    ),
    opens="desk-import",
    empty=_("没有导入过这样的文件。12345 工单、领导信箱的导出文件可以直接导入，不用重新录。"),
)

reads_bank = Predicate(
    lambda ask: isinstance(ask.actor, Person) and bool(reach_of(ask.actor, ask.today)),
    _("社区、街乡和区里的经办人"),
    _("民情建议库由社区、街乡和区里的经办人查看。居民可以在社区页面查看建议的标题和进展。"),
)
TOGETHER = [(MAIN, _("有别的并入它")), (MERGED, _("已并入别的")), (ALONE, _("没有合并"))]


def scope_of(selection: Selection) -> Place:
    """The place a selection of the bank is about: the one asked for, else the widest the person reads."""
    asked, reach = selection.values.get("place"), reach_of(selection.subject)
    return asked if asked is not None and any(place.contains(asked) for place in reach) else reach[0]


def origin(one: Suggestion) -> str:
    """Where a suggestion came from: the session, the file, the paper and who typed it, or the resident's own hand."""
    if one.session is not None:
        return str(one.session)
    if one.batch is not None:
        return gettext("导入：%(file)s") % {"file": one.batch}
    if one.recorded_by is not None:
        return gettext("代录：%(who)s") % {"who": one.recorded_by}
    return gettext("拆自另一条") if one.split_from_id else gettext("本人提交")


def _narrowing(name: str) -> Callable[[Any, Any], Any]:
    return lambda rows, value: narrowed_bank(rows, {name: value})


def _grouped_classes(_person: Any) -> Options:
    groups = cached("classes of suggestions", classes)
    return [(name, [(one.path, one.name) for one in ones]) for name, ones in groups]


def _in_class(rows: Any, path: str) -> Any:
    newest = Category.objects.filter(path=path).order_by("-scheme__version").first()
    return narrowed_bank(rows, {"category": newest})


BANK = List(
    "desk-bank",
    _("民情建议库"),
    lambda person: listed(visible_to(person)),
    (
        RECEIPT,
        Column("year", _("年度"), kind=Kind.NUMBER, page=False),
        RECEIVED,
        Column("street", _("街乡"), "place.parent", page=False, width=14),
        TITLE,
        Column("place", _("社区（村）"), "place.name", sort="place__code", width=18),
        CHANNEL,
        Column("origin", _("来源"), origin, page=False, width=24),
        Column("outside_number", _("原编号"), page=False, width=16),
        WORDS,
        WHERE,
        Column("category", _("类别"), "category.name", width=18),
        Column("responsible_level", _("责任层级"), kind=Kind.CHOICE, width=10),
        STATE,
        Column("merged_into", _("并入"), lambda one: _number_of(one.merged_into), page=False, width=14),
        Column("split_from", _("拆自"), lambda one: _number_of(one.split_from), page=False, width=14),
        Column("screened_on", _("初审日期"), kind=Kind.DAY, page=False),
        Column("answered_on", _("答复日期"), kind=Kind.DAY, page=False),
        Column("proposer_name", _("提出人"), mask=mask_name, page=False, width=10),
        Column("proposer_phone", _("联系电话"), mask=mask_phone, page=False, width=14),
    ),
    of=None,
    needs=reads_bank,
    joined=("place__parent", "session", "batch", "recorded_by", "category", "merged_into", "split_from"),
    filters=(
        FOUND_BY,
        AtPlace("place", _("地方"), by=_narrowing("place")),
        Year("year", _("年度")),
        Choice("state", _("状态"), among=STATES),
        Choice("channel", _("渠道"), among=Channel),
        Choice("category", _("类别"), among=_grouped_classes, by=_in_class),
        Choice("level", _("责任层级"), among=ResponsibleLevel, by="responsible_level"),
        Choice("merged", _("合并"), among=TOGETHER, by=_narrowing("merged")),
        Days("received", _("收到"), by="received_on"),
    ),
    opens="desk-suggestion",
    unit=lambda selection: scope_of(selection).name,
    empty=_("没有符合条件的建议。可以换个词，或清除几个筛选条件。"),
)
