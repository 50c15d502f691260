"""议事协商会: candidates, the rounds of an election, the roster, the duty records. People are in no order of merit."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.common.duty import Duty, duty_records
from yishiting.doors.lists.columns import Column, Kind
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Options, Search
from yishiting.ground.common.days import said
from yishiting.ground.common.masking import mask_name
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.states import State as PollState
from yishiting.methods.strokes import by_strokes
from yishiting.year.councils.choices import OutreachKind, Route
from yishiting.year.councils.models import (
    ByElection,
    Candidate,
    ElectionRound,
    Identity,
    Outreach,
    Representative,
    Term,
)
from yishiting.year.councils.queries import Whole, candidates_of, roster, rounds_of
from yishiting.year.councils.states import CandidateState, Outcome, State

TONES: dict[str, str] = {
    CandidateState.NOMINATED: "waiting",
    CandidateState.QUALIFIED: "open",
    CandidateState.ELECTED: "done",
    CandidateState.DISQUALIFIED: "refused",
}


def _named_like(rows: Any, words: str) -> list[Any]:
    return [row for row in rows if words in row.name]


def _in_constituency(rows: Any, key: str) -> list[Any]:
    return [row for row in rows if str(row.constituency_id) == key]


def _constituencies(whole: Whole) -> Options:
    if isinstance(whole, ByElection):
        return [(str(whole.constituency_id), whole.constituency.name)]
    return [(str(one.pk), one.name) for one in whole.constituencies.order_by("position")]


def _candidates(whole: Whole) -> list[Candidate]:
    rows = candidates_of(whole)
    return sorted(rows, key=lambda one: (one.constituency.position, by_strokes(one.name)))


def _by_name(row: Any) -> Any:
    return by_strokes(row.name)


def _of_candidates(name: str, of: type[Term] | type[ByElection], related: tuple[str, ...], at: str) -> List:
    return List(
        name,
        _("候选人登记表"),
        _candidates,
        (
            Column("constituency", _("推选单位"), "constituency.name", sort="constituency.position", width=20),
            Column("name", _("姓名"), head=True, mask=mask_name, sort=(_by_name,), width=12),
            Column("birth_year", _("出生年份"), lambda one: one.birth_year or ""),
            Column("unit", _("单位或楼院"), width=24),
            Column("route", _("产生方式"), kind=Kind.CHOICE, width=24),
            Column("consents_to_publication", _("同意公示"), kind=Kind.YES),
            Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
        ),
        of=of,
        needs=reads_here,
        related=related,
        filters=(
            Search("q", _("姓名"), by=_named_like),
            Choice("constituency", _("推选单位"), among=_constituencies, by=_in_constituency),
            Choice(
                "state", _("状态"), among=CandidateState, by=lambda rows, state: [r for r in rows if r.state == state]
            ),
            Choice("route", _("产生方式"), among=Route, by=lambda rows, route: [r for r in rows if r.route == route]),
        ),
        opens="desk-candidate",
        bulk=("candidate.qualify",),
        keys=("constituency_id",),
        at=at,
        people=True,
        page=100,
        empty=_("没有这样的候选人。"),
    )


CANDIDATES = _of_candidates("desk-candidates", Term, ("place",), "")
BY_ELECTION_CANDIDATES = _of_candidates(
    "by-election-candidates",
    ByElection,
    ("place", "term__place", "constituency__place", "notice__place"),
    "desk-by-election",
)


def _rounds(whole: Whole) -> Any:
    return rounds_of(whole).prefetch_related("candidates")


def _names(one: ElectionRound) -> str:
    return gettext("、").join(option["label"] for option in one.poll.options)


def _elected(one: ElectionRound) -> str:
    return gettext("、").join(one.poll.result.get("elected", [])) if one.declared_on else ""


def _why(one: ElectionRound) -> str:
    return str(one.poll.result.get("sentence", "") or one.poll.void_reason) if one.declared_on else ""


def _outcome(one: ElectionRound) -> str:
    return str(one.outcome if one.declared_on else one.poll.state)


def _outcome_words(one: ElectionRound) -> str:
    return str(one.get_outcome_display() if one.declared_on else one.poll.get_state_display())


OUTCOME_TONES = dict.fromkeys(map(str, Outcome), "done") | dict.fromkeys(map(str, PollState), "waiting")


def _of_rounds(name: str, of: type[Term] | type[ByElection], related: tuple[str, ...], at: str) -> List:
    return List(
        name,
        _("各推选单位的投票"),
        _rounds,
        (
            Column("constituency", _("推选单位"), "constituency.name", head=True, width=20),
            Column("number", _("轮次"), kind=Kind.NUMBER, under=lambda one: one.get_kind_display()),
            Column("kind", _("轮次类别"), kind=Kind.CHOICE, page=False),
            Column("seats", _("应选"), kind=Kind.NUMBER),
            Column("names", _("选票上的名字"), _names, width=40),
            Column("outcome", _("结果"), _outcome, Kind.STATE, words=_outcome_words, tones=OUTCOME_TONES, under=_why),
            Column("elected", _("当选"), _elected, width=20),
            Column("sentence", _("说明"), _why, page=False, width=40),
        ),
        of=of,
        needs=reads_here,
        related=related,
        at=at,
        keys=("constituency_id", "assembly_id", "poll_id"),
        page=100,
        empty=_("开始选举以后，这里列出每个推选单位的投票。"),
    )


ROUNDS = _of_rounds("election-rounds", Term, ("place",), "desk-election")
BY_ELECTION_ROUNDS = _of_rounds(
    "by-election-rounds",
    ByElection,
    ("place", "term__place", "constituency__place", "notice__place"),
    "desk-by-election",
)


# ── The roster ───────────────────────────────────────────────────────────


def terms_of(place: Place) -> list[Term]:
    """The terms that have or had representatives, the newest first."""
    return list(Term.objects.filter(place=place, state__in=(State.SEATED, State.ENDED)).order_by("-number"))


def _representatives(place: Place) -> list[Representative]:
    """Of every term, the newest first."""
    return [one for term in terms_of(place) for one in roster(term)]


def _term(rows: Any, number: str | None) -> list[Representative]:
    """Those of the term asked for, or of the newest."""
    wanted = int(number) if number else max((row.term.number for row in rows), default=0)
    return [row for row in rows if row.term.number == wanted]


def _standing(one: Representative) -> str:
    if one.end_kind:
        return "left"
    return "serving" if one.serves(timezone.localdate()) else "not"


STANDING = {"serving": _("在任"), "not": _("不在任期")}


def _standing_words(one: Representative) -> Any:
    return one.get_end_kind_display() if one.end_kind else STANDING[_standing(one)]


def _identities(one: Representative) -> str:
    """Each with its days, where they are not those of the seat."""
    return gettext("、").join(f"{kind}{_days(kind, one)}" for kind in one.identities.all())


def _days(kind: Identity, seat: Representative) -> str:
    if (kind.since, kind.until) == (seat.since, seat.until):
        return ""
    until = said(kind.until, "plain") if kind.until else ""
    return f"（{said(kind.since, 'plain')}—{until}）"


ROSTER = List(
    "desk-roster",
    _("代表名册"),
    _representatives,
    (
        Column("name", _("姓名"), head=True, sort=(_by_name,), width=12),
        Column("constituency", _("推选单位"), "constituency.name", sort="constituency.position", width=20),
        Column("sector", _("方面"), "constituency.sector", Kind.CHOICE, width=20),
        Column("identities", _("其他身份"), _identities, width=24),
        Column("since", _("任期开始"), kind=Kind.DAY, sort="since"),
        Column("until", _("任期截止"), kind=Kind.DAY, sort="until"),
        Column("account", _("账号"), lambda one: one.person_id is not None, Kind.YES, page=True),
        Column("state", _("状态"), _standing, Kind.STATE, words=_standing_words, tones={"serving": "done"}),
        Column("end_reason", _("离任原因"), page=False, width=24),
    ),
    needs=reads_here,
    filters=(
        Search("q", _("姓名"), by=_named_like),
        Choice(
            "term",
            _("届次"),
            among=lambda place: [(str(term.number), str(term)) for term in terms_of(place)],
            by=_term,
            always=True,
            empty=_("最近一届"),
        ),
    ),
    bulk=("representative.link",),
    keys=("term_id", "constituency_id"),
    people=True,
    page=100,
    empty=_("还没有就任的代表。选举结果公布以后，代表名册自动生成。"),
)


def _records(place: Place) -> list[Duty]:
    term = Term.objects.filter(place=place, state=State.SEATED).first()
    return duty_records(roster(term)) if term else []


def _count(name: str) -> Any:
    return lambda record: len(getattr(record, name))


DUTY_RECORDS = List(
    "desk-duty-records",
    _("履职记录"),
    _records,
    (
        Column("name", _("姓名"), "representative.name", head=True, width=12),
        Column("constituency", _("推选单位"), "representative.constituency.name", width=20),
        Column("invitations", _("应到会议"), _count("invitations"), Kind.NUMBER),
        Column("present", _("到会"), kind=Kind.NUMBER),
        Column("excused", _("请假"), kind=Kind.NUMBER),
        Column("votes", _("应参加表决"), _count("votes"), Kind.NUMBER),
        Column("voted", _("参加"), kind=Kind.NUMBER),
        Column("outreach", _("走访"), _count("outreach"), Kind.NUMBER),
        Column("suggestions", _("提出建议"), _count("suggestions"), Kind.NUMBER),
        Column("supervisions", _("监督项目"), _count("supervisions"), Kind.NUMBER),
        Column("findings", _("监督发现"), _count("findings"), Kind.NUMBER),
    ),
    needs=reads_here,
    people=True,
    page=100,
    empty=_("还没有就任的代表。"),
)


# ── Calls ───────────────────────────────────────────────────────────────


def _outreach(place: Place) -> Any:
    return Outreach.objects.filter(place=place).select_related("representative", "place", "noted_by")


OUTREACH = List(
    "desk-outreach",
    _("走访记录"),
    _outreach,
    (
        Column("called_on", _("日期"), kind=Kind.DAY, sort="called_on"),
        Column("representative", _("代表"), "representative.name", head=True, mask=mask_name, width=12),
        Column("kind", _("方式"), kind=Kind.CHOICE, width=12),
        Column("where", _("地点"), width=20),
        Column("people", _("接触人数"), kind=Kind.NUMBER),
        Column("heard", _("听到的情况"), width=40),
        Column("noted_by", _("记录人"), lambda one: one.noted_by.name if one.noted_by else "", page=False),
        Column("withdrawn_on", _("撤销日期"), kind=Kind.DAY, page=False),
        Column("withdraw_reason", _("撤销原因"), width=20),
    ),
    needs=reads_here,
    filters=(Choice("kind", _("方式"), among=OutreachKind),),
    people=True,
    empty=_("还没有走访记录。代表可以在自己的“履职记录”里记，工作人员也可以在代表名册上代为登记。"),
)
