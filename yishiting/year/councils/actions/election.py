"""From the list of candidates to the day of the vote, for a whole term or for vacant seats."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import OneOf, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.places.organs import council_of
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.actions import void_poll
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.ballots.states import State as PollState
from yishiting.instruments.publicity.actions import post_notice, withdraw_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.instruments.publicity.queries import why_not_clear
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.methods.strokes import without_strokes
from yishiting.year.councils import rules
from yishiting.year.councils.actions.rounds import prepare_round
from yishiting.year.councils.models import ByElection, Candidate, Constituency, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.published import candidates_table, shown_name
from yishiting.year.councils.queries import (
    Whole,
    candidates_of,
    contested,
    is_sent_alone,
    is_voted_on,
    open_seats,
    rounds_of,
    term_of,
    undeclared,
)
from yishiting.year.councils.states import CandidateState, Outcome, RoundKind

BASIS = line(_("依据"), hint=_("例如：社区党委3月2日会议决定"))
CONTACT = line(_("异议联系方式"), most=120, hint=_("例如：社区居委会，010-65001234"))
#: A by-election has a reason of its own; it is not why its election is called off.
WHY = Text(_("原因"), rows=3, hint=_("会公开。"), missing=_("请写明原因，这会记入记录。"), initial=lambda _whole: "")
METHOD = OneOf(
    _("投票方式"),
    Method,
    notes={
        Method.PAPER: _("发纸质选票，当场唱票计票，两人各录一遍结果。"),
        Method.SHOW_OF_HANDS: _("逐人举手表决，清点人数，两人各录一遍结果。"),
    },
)
PUBLICISED = _("候选人名单已公示。期满、异议都已答复后，开始选举。")
REOPENED = _("已重新开放提名。")
STARTED = _("选票已准备好。请登记到会、推定监票计票人员，再逐个投票。")


def all_are_reviewed(whole: Whole) -> Sentence | None:
    """Nobody waits for the review."""
    waiting = candidates_of(whole).filter(state=CandidateState.NOMINATED).count()
    return (
        _("还有%(n)s名候选人没有审查资格。请先逐一办理“资格审查通过”或“资格审查不通过”，再公示。") % {"n": waiting}
        if waiting
        else None
    )


def is_contested(whole: Whole) -> Sentence | None:
    """Every constituency has more candidates than seats."""
    extra = rules_for(whole.place).number("election.extra_candidates_min")
    return rules.why_not_contested(contested(whole), extra)


def everybody_has_a_seat(whole: Whole) -> Sentence | None:
    """Where nobody votes, no more people than seats."""
    return rules.why_no_room(contested(whole, voted=False))


def somebody_votes(whole: Whole) -> Sentence | None:
    """There are seats that are voted on."""
    if not is_sent_alone(whole):
        return None
    return _("这里的代表由推派或推荐产生，不用投票。公示期满以后，请“确定代表，就任”。")


def nobody_votes(whole: Whole) -> Sentence | None:
    """No seat is voted on: after the publicity the people are confirmed."""
    if is_sent_alone(whole):
        return None
    return _("还有推选单位要投票选举。请先“开始选举”，选出以后再“公布结果，新一届就任”。")


def notice_is_clear(whole: Whole) -> Sentence | None:
    """The notice has closed with every objection answered."""
    return why_not_clear(whole.notice, timezone.localdate())


def as_publicised(whole: Whole) -> Sentence | None:
    """Nobody comes to the vote who was not on the published list under this name."""
    table = whole.notice.table if whole.notice is not None else {}
    listed = {tuple(row[:2]) for row in table.get("rows", [])}
    standing = candidates_table(candidates_of(whole).filter(state=CandidateState.QUALIFIED))["rows"]
    if others := [row[1] for row in standing if tuple(row[:2]) not in listed]:
        said = _("%(names)s不在公示的候选人名单里，不能选举。请“重新开放提名”，核对以后重新公示。")
        return said % {"names": "、".join(others)}
    return None


def no_vote_is_open(whole: Whole) -> Sentence | None:
    """No round is being voted or counted."""
    busy = next((one for one in undeclared(whole) if one.poll.state != PollState.PREPARED), None)
    if busy is None:
        return None
    return _("%(name)s的投票已经开始。请先“录入计票”，再“宣布选举结果”。") % {"name": busy.constituency}


def as_published(whole: Whole) -> Sentence:
    """The list as it will stand on the notice, before it is posted."""
    table = candidates_table(candidates_of(whole).filter(state=CandidateState.QUALIFIED))
    lines = ["　".join(map(str, row)) for row in (table["columns"], *table["rows"])]
    words = _("名单按姓氏笔画排列，只列本人同意公开的内容。公示后就是下面这样：")
    return "\n".join([str(words), *lines])


@verb(
    "term.publicise_candidates",
    _("公示候选人"),
    MAY,
    before=as_published,
    done=PUBLICISED,
    conditions=(all_are_reviewed, is_contested, everybody_has_a_seat),
)
def publicise_candidates(
    term: Term, *, by: Actor, basis: Annotated[str, BASIS] = "", contact: Annotated[str, CONTACT] = ""
) -> Term:
    """Publish the qualified candidates of a term by the strokes of their names, for objections."""
    publicise(term, "term.publicise_candidates", by, basis, contact)
    return term


@verb(
    "term.start_election",
    _("开始选举"),
    MAY,
    done=STARTED,
    conditions=(somebody_votes, notice_is_clear, as_publicised, is_contested),
)
def start_election(term: Term, *, by: Actor, method: Annotated[Method, METHOD]) -> Term:
    """Prepare the vote in every constituency, once the notice has closed with every objection answered."""
    start(term, "term.start_election", by, method)
    return term


@verb(
    "term.reopen_nominations",
    _("重新开放提名"),
    MAY,
    done=REOPENED,
    kind="danger",
    conditions=(no_vote_is_open,),
)
def reopen_nominations(term: Term, *, by: Actor, reason: Annotated[str, WHY]) -> Term:
    """Take nominations again after an upheld objection or for want of candidates; rounds not yet held are dropped."""
    call_off(term, "term.reopen_nominations", by, reason)
    return term


def _not_in_order(candidates: Iterable[Candidate]) -> str:
    """Whose surnames have no strokes, said where the order is."""
    last = without_strokes(shown_name(one) for one in candidates)
    return f"（{'、'.join(last)}的姓氏没有笔画数可查，排在最后）" if last else ""


def publicise(whole: Whole, code: str, by: Actor, basis: str, contact: str) -> None:
    """Post the notice of the candidates, and move on."""
    title = f"{council_of(whole.place, None)}{_called(whole)}议事代表候选人公示"
    candidates = candidates_of(whole).filter(state=CandidateState.QUALIFIED)
    body = (
        f"经提名推荐和资格审查，下列人员为议事代表候选人，各推选单位内按姓氏笔画为序{_not_in_order(candidates)}。"
        f"对候选人有异议的，请在公示期内提出；异议处理以前不{_comes_next(whole)}。"
    )
    whole.notice = post_notice(
        whole.place,
        by=by,
        kind=NoticeKind.CANDIDATES,
        title=title,
        body=body,
        basis=basis,
        table=candidates_table(candidates),
        subject=whole,
        contact=contact,
    )
    move(whole, code, "notice", notice=later(whole.notice, "number"))


def _comes_next(whole: Whole) -> str:
    return "确定代表" if is_sent_alone(whole) else "进行选举"


def start(whole: Whole, code: str, by: Actor, method: Method) -> None:
    """Prepare a first round in every constituency with open seats, and move on."""
    standing = list(candidates_of(whole).filter(state=CandidateState.QUALIFIED))
    for constituency, seats in open_seats(whole):
        own = [one for one in standing if one.constituency_id == constituency.pk]
        if seats and is_voted_on(constituency):
            prepare_round(whole, constituency, own, seats=seats, kind=_first(whole, constituency), method=method, by=by)
    move(whole, code, method=str(method))


def call_off(whole: Whole, code: str, by: Actor, reason: str) -> None:
    """Drop what was prepared: the notice still posted, and the rounds not yet opened; and move on."""
    for one in undeclared(whole):
        void_poll(one.poll, by=by, reason=reason)
        one.declared_on, one.outcome = timezone.localdate(), Outcome.CALLED_OFF
        one.save(update_fields=["declared_on", "outcome"])
    if whole.notice is not None and whole.notice.state == NoticeState.POSTED:
        withdraw_notice(whole.notice, by=by, reason=reason)
    move(whole, code, private={"reason": reason})


def move(whole: Whole, code: str, *fields: str, private: Mapping[str, str] | None = None, **facts: object) -> None:
    """Along the row of this verb; kept, with these fields, and entered in the ledger."""
    whole.LIFECYCLE.advance(whole, code)
    whole.save(update_fields=["state", *fields])
    write_entry(whole, rules=rules_for(whole.place).label, private=private, **facts)


def _first(whole: Whole, constituency: Constituency) -> RoundKind:
    """Where voters have judged before and seats stayed open, a later vote is a supplementary one."""
    judged = (Outcome.SUPPLEMENTARY, Outcome.RUNOFF, Outcome.VACANT)
    if rounds_of(whole).filter(constituency=constituency, outcome__in=judged).exists():
        return RoundKind.SUPPLEMENTARY
    return RoundKind.BY_ELECTION if isinstance(whole, ByElection) else RoundKind.FIRST


def _called(whole: Whole) -> str:
    return f"第{term_of(whole).number}届{'补选' if isinstance(whole, ByElection) else ''}"
