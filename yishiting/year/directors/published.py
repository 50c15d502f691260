"""《街乡问需工作报告》 and the 《实施计划书》 as tables: every figure counted from the records, none typed by hand."""

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

from django.db.models import Count, Q

from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.money import amount
from yishiting.ground.places.models import Place
from yishiting.year.directors.models import ListedMatter, NeedsReport, PlannedWork, WorksPlan
from yishiting.year.dossiers.models import Referral, ReferralKind
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.reports import Report, solicitation_report
from yishiting.year.suggestions.states import State as SuggestionState
from yishiting.year.visits.models import Reply, SentDraft, SiteVisit, Stance

#: Of a report: which table is the list for the district.
FOR_THE_DISTRICT = "district"


class Table(TypedDict):
    """One table of a report: its name, its heading, its columns and rows; all of them words, for paper and screen."""

    key: str
    title: str
    columns: list[str]
    rows: list[list[str]]


@in_chinese
def report_tables(report: NeedsReport) -> list[Table]:
    """The report as the records stand now."""
    place, year = report.place, report.year
    here = [solicitation_report(one, year) for one in _places(place)]
    return [
        _table("channels", "一、征集渠道", ["渠道", "场次", "参加人次", "建议", "其中代录"], _channels(here)),
        _table("places", "二、各社区（村）和街乡征集情况", PLACES, [*_by_place(here), *_sums(place, year)]),
        _table("screening", "三、初审情况", ["结果", "件"], _states(here)),
        _table("classes", "四、分类", ["类别", "件"], _summed(one.categories for one in here)),
        _table("levels", "五、责任层级", ["层级", "件"], _summed(one.levels for one in here)),
        _table("visits", "六、实地踏勘和征求提出人意见", ["事项", "数量"], _visits(place, year)),
        _table(
            "reported", "七、社区（村）报送的建议案", ["社区（村）", "编号", "案由", "现在"], _reported(place, year)
        ),
        _table("own", "八、本级建议案", ["编号", "案由", "责任层级", "现在"], _own(place, year)),
        _table("not_now", "九、暂不办理的事和条件", ["案由", "具备什么条件时办理"], _not_now(place)),
        _table(FOR_THE_DISTRICT, "十、由区级解决的问题及工作建议", DISTRICT, _for_the_district(report)),
    ]


PLACES = ["地方", "收到建议", "有效", "合并", "不予受理或转办", "上一年有效"]
DISTRICT = ["序号", "案由", "情况", "责任层级", "类别", "工作建议"]


def tables_of(report: NeedsReport) -> list[Table]:
    """What a reader sees: the version that was adopted, before that the records as they stand."""
    kept: list[Table] = report.content
    return kept or report_tables(report)


def _table(key: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    return Table(key=key, title=title, columns=list(columns), rows=[[str(cell) for cell in row] for row in rows])


def _places(place: Place) -> list[Place]:
    """The subdistrict itself, then its communities."""
    return [place, *Place.objects.filter(parent=place).order_by("code")]


def _channels(here: list[Report]) -> list[list[object]]:
    rows: dict[str, list[int]] = {}
    for one in here:
        for row in one.channels:
            kept = rows.setdefault(str(row.channel.label), [0, 0, 0, 0])
            figures = (row.sessions, row.people, row.suggestions, row.on_behalf)
            rows[str(row.channel.label)] = [a + b for a, b in zip(kept, figures, strict=True)]
    whole = [sum(column) for column in zip(*rows.values(), strict=True)] or [0, 0, 0, 0]
    return [*([label, *figures] for label, figures in rows.items()), ["合计", *whole]]


def _by_place(here: list[Report]) -> list[list[object]]:
    """Each place with what it said in the year; each suggestion is counted where it was made."""
    return [
        [
            one.place.name,
            one.said,
            one.valid,
            one.merged,
            one.states.get(SuggestionState.NOT_ADMISSIBLE, 0) + one.states.get(SuggestionState.TRANSFERRED, 0),
            "",
        ]
        for one in here
    ]


def _sums(place: Place, year: int) -> list[list[object]]:
    """The sums, and what was valid the year before."""
    rows = Suggestion.objects.filter(place__in=_places(place)).order_by().standing()
    now, before = rows.filter(year=year), rows.filter(year=year - 1)
    gone = (SuggestionState.NOT_ADMISSIBLE, SuggestionState.TRANSFERRED)
    found = now.aggregate(
        said=Count("pk", filter=Q(split_from=None)),
        valid=Count("pk", filter=Q(state=SuggestionState.VALID)),
        merged=Count("pk", filter=Q(state=SuggestionState.MERGED)),
        gone=Count("pk", filter=Q(state__in=gone)),
    )
    valid_before = before.filter(state=SuggestionState.VALID).count()
    return [["合计", found["said"], found["valid"], found["merged"], found["gone"], valid_before]]


def _states(here: list[Report]) -> list[list[object]]:
    counted: dict[str, int] = {}
    for one in here:
        for state, n in one.states.items():
            counted[state] = counted.get(state, 0) + n
    return [[SuggestionState(state).label, counted[state]] for state in SuggestionState.values if state in counted]


def _summed(tables: Iterable[list[tuple[str, int]]]) -> list[list[object]]:
    counted: dict[str, int] = {}
    for table in tables:
        for label, n in table:
            counted[label] = counted.get(label, 0) + n
    return [[label, n] for label, n in sorted(counted.items(), key=lambda row: (-row[1], row[0]))]


def _visits(place: Place, year: int) -> list[list[object]]:
    """What was seen on the spot and what those who proposed it said; what was taken back is not counted."""
    under = {"place__in": _places(place)}
    visits = SiteVisit.objects.filter(**under, visited_on__year=year, withdrawn_on=None).order_by()
    replies = Reply.objects.filter(**under, replied_on__year=year, withdrawn_on=None).order_by()
    told = dict(replies.values_list("stance").annotate(n=Count("pk")))
    sent = SentDraft.objects.filter(**under, asked_on__year=year).count()
    return [
        ["实地踏勘次数", visits.count()],
        ["踏勘过的建议案", visits.values("proposal").distinct().count()],
        ["听取提出人意见", told.get("", 0)],
        ["请提出人看草案", sent],
        *([f"提出人答复：{stance.label}", told.get(stance.value, 0)] for stance in Stance),
    ]


def _reported(place: Place, year: int) -> list[list[object]]:
    up = Referral.objects.filter(kind=ReferralKind.UP, to_place=place, sent_on__year=year)
    rows = Proposal.objects.filter(dossier__in=up.values("dossier"), place__parent=place).select_related("place")
    return [[one.place.name, one.number, one.title, one.get_state_display()] for one in rows.order_by("created_at")]


def _own(place: Place, year: int) -> list[list[object]]:
    rows = Proposal.objects.filter(place=place, year=year).order_by("created_at")
    return [[one.number, one.title, one.get_responsible_level_display(), one.get_state_display()] for one in rows]


def _not_now(place: Place) -> list[list[object]]:
    rows = Proposal.objects.filter(place=place, state=ProposalState.NOT_NOW).order_by("created_at")
    return [[one.title, one.conditions] for one in rows]


def _for_the_district(report: NeedsReport) -> list[list[object]]:
    rows = ListedMatter.objects.filter(report=report, live=True).select_related("proposal__category")
    return [
        [
            n,
            one.proposal.title,
            one.proposal.situation,
            one.proposal.get_responsible_level_display(),
            one.proposal.category.name if one.proposal.category is not None else "",
            one.advice,
        ]
        for n, one in enumerate(rows, start=1)
    ]


PLAN_COLUMNS = [
    "计划次序", "项目", "协商会名次", "得分", "次序不同的理由", "责任领导", "牵头科室或单位", "协办单位", "经费", "完成时限", "完成标准",
]  # fmt: skip


@in_chinese
def plan_table(plan: WorksPlan) -> dict[str, Any]:
    """Both orders side by side: the works in the directors' order, then what was scored and is left out."""
    rows = plan.works.select_related("proposal", "lead", "responsible")
    taken = sorted((one for one in rows if one.position is not None), key=lambda one: one.position or 0)
    left = [one for one in rows if one.position is None]
    return {"columns": PLAN_COLUMNS, "rows": [_work_row(one) for one in (*taken, *left)]}


def _work_row(one: PlannedWork) -> list[str]:
    partners = "；".join(f"{name}：{gives}" for name, gives in one.partners)
    money = f"{amount(one.planned_cost)}，{one.cost_source}" if one.planned_cost is not None else ""
    return [
        str(one.position) if one.position is not None else "未列入",
        one.proposal.title,
        f"第{one.council_place}名" if one.council_place is not None else "没有名次",
        one.score,
        one.reason,
        one.responsible.name if one.responsible is not None else "",
        one.lead.name if one.lead is not None else "",
        partners,
        money,
        chinese(one.deadline, "plain") if one.deadline is not None else "",
        one.completion_standard,
    ]
