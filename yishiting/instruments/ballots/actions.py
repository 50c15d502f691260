"""Votes: prepared under the rulebook, opened with the entitled written down, counted by two people apart."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Text
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.judging import contest, election_rule, judge, rule_of
from yishiting.instruments.ballots.models import Method, Poll, PollKind, Tally
from yishiting.instruments.ballots.permissions import MAY
from yishiting.instruments.ballots.queries import keyings, latest_of_each, may_key_second
from yishiting.instruments.ballots.rules import WRITTEN_IN, Option, Voter, doubled, whole
from yishiting.instruments.ballots.states import LIFECYCLE, State
from yishiting.methods.elections import Kind as RoundKind
from yishiting.methods.elections import check_contest
from yishiting.methods.errors import Unusable


@verb("poll.prepare", _("准备表决"), MAY, internal="由开始选举、提请表决、满意度测评一并办理")
def prepare_poll(
    place: Place,
    *,
    by: Actor,
    kind: PollKind,
    method: Method,
    title: str,
    options: Sequence[Option] = (),
    seats: int = 0,
    round_kind: RoundKind = RoundKind.FIRST,
    round_number: int = 1,
) -> Poll:
    """Prepare a vote under the rules in force at the place; the rule is stored with it."""
    book = rules_for(place)
    poll = Poll(place=place, kind=kind, method=method, title=title, seats=seats, rules_label=book.label)
    poll.options = [{"key": one.key, "label": one.label} for one in options]
    try:
        poll.rule = rule_of(kind, book)
        if kind == PollKind.ELECTION:
            poll.rule |= {"round_kind": str(round_kind), "round_number": round_number}
            check_contest(contest(poll.sheet()), election_rule(book))
    except Unusable as wrong:
        raise Refused(wrong.chinese, field="options") from None
    if doubled(options):
        raise Refused(f"选票上有重名：{'、'.join(doubled(options))}。请加上楼号或单位加以区别。", field="options")
    poll.save(force_insert=True)
    write_entry(poll, rules=book.label, kind=str(kind), method=str(method), options=len(options), seats=seats)
    return poll


@verb("poll.open", _("开始表决"), MAY, internal="由开始投票、提请表决、满意度测评一并办理")
def open_poll(poll: Poll, *, by: Actor, voters: Sequence[Voter], present: int | None = None) -> Poll:
    """Open the vote: from now on the list of the entitled, and who stands aside, is fixed.

    `present` is given where only the number of those present is known; otherwise it is counted from the voters.
    """
    keys = [voter.key for voter in voters]
    if len(set(keys)) < len(keys):
        raise Refused(_("应到名单里有人出现两次，请先核对名单。"), field="voters")
    poll.entitled = [{"key": v.key, "name": v.name, "present": v.present} for v in voters]
    poll.recused = [
        {"key": v.key, "name": v.name, "present": v.present, "reason": v.recused} for v in voters if v.recused
    ]
    poll.present_count = sum(voter.present for voter in voters) if present is None else present
    if voters and poll.present_count > len(voters):
        raise Refused(f"实到{poll.present_count}人，多于应到{len(voters)}人，请核对签到。", field="present")
    if poll.kind == PollKind.DECISION and poll.sheet().able < 1:
        raise Refused(_("没有可以表决的人：实到的人都已回避，或还没有人签到。"), field="voters")
    poll.opened_at = timezone.now()
    LIFECYCLE.advance(poll, "poll.open", to=State.OPEN)
    poll.save(update_fields=["entitled", "recused", "present_count", "opened_at", "state"])
    _record_opening(poll)
    return poll


@verb("poll.enter_tally", _("录入计票"), MAY, in_person=True)
def enter_tally(poll: Poll, *, by: Actor, counts: Mapping[str, int]) -> Poll:
    """Key in the result sheet. Two people key it apart: what both say is the result, what differs is named."""
    refusal = LIFECYCLE.why_not(poll, "poll.enter_tally")
    if refusal is not None:
        raise WrongState(refusal)
    person = _keyed_by(poll, by)
    sheet = poll.sheet()
    try:
        mine = whole(sheet, counts)
        judgement = judge(sheet, mine)
    except Unusable as wrong:
        raise Refused(wrong.chinese) from None
    earlier = keyings(poll)
    others = latest_of_each([tally for tally in earlier if tally.entered_by_id != person.pk])
    tally = Tally.objects.create(poll=poll, entered_by=person, nth=poll.tallies.count() + 1, counts=mine)
    agreed = any(other.counts == mine for other in others)
    _advance(poll, first=not earlier, agreed=agreed, void=bool(judgement.void))
    if agreed:
        _settle(poll, judgement.result, judgement.void, tally)
    poll.save(update_fields=["state", "result", "counted_at", "void_reason"])
    write_entry(poll, rules=poll.rules_label, nth=tally.nth, agreed=agreed, **_told(mine), outcome=_outcome(poll))
    return poll


WHY_AGAIN = Text(
    _("为什么重新录入"),
    rows=2,
    hint=_("例如：收回36张录成了37张"),
    missing=_("请写明为什么重新录入，会留痕。"),
    initial=lambda poll: "",
)


@verb(
    "poll.redo_tally",
    _("重新录入计票"),
    MAY,
    before=_("已经录入的几遍全部作废，由两位同事对照计票表重新录入。投票本身仍然有效。"),
    done=_("已作废的录入留在记录里。请由两位同事重新录入。"),
    kind="danger",
)
def redo_tally(poll: Poll, *, by: Actor, reason: Annotated[str, WHY_AGAIN]) -> Poll:
    """Set every keying of a vote aside because of a slip of the keys, before the result is announced; both key anew."""
    LIFECYCLE.advance(poll, "poll.redo_tally", to=State.OPEN)
    told = [[one.nth, one.counts] for one in keyings(poll)]
    poll.tallies.update(set_aside=True)
    poll.result, poll.counted_at = {}, None
    poll.save(update_fields=["state", "result", "counted_at"])
    private = {"reason": reason, "counts": json.dumps(told, ensure_ascii=False)}
    write_entry(poll, rules=poll.rules_label, private=private, nth=len(told))
    return poll


WHY_VOID = Text(
    _("原因"), rows=3, hint=_("会公开。"), missing=_("请写明为什么作废，这会记入记录。"), initial=lambda poll: ""
)


@verb("poll.void", _("宣布表决无效"), MAY, done=_("这次表决已宣布无效，原因已记入记录。"), kind="danger")
def void_poll(poll: Poll, *, by: Actor, reason: Annotated[str, WHY_VOID]) -> Poll:
    """Declare a vote void, with the reason; it is held again as a new vote."""
    poll.void_reason = reason
    LIFECYCLE.advance(poll, "poll.void", to=State.VOID)
    poll.save(update_fields=["void_reason", "state"])
    write_entry(poll, rules=poll.rules_label, private={"reason": poll.void_reason})
    return poll


def _keyed_by(poll: Poll, by: Actor) -> Person:
    if not isinstance(by, Person):
        raise Refused(_("计票由在场的工作人员录入。"))
    if any(option["key"] == by.actor_id for option in poll.options):
        raise Refused(_("您的名字在这张选票上，不能计票。请换一位同事录入。"))
    alone = poll.state == State.COUNTING and not may_key_second(by, poll)
    if alone:
        raise Refused(_("第一遍是您录入的。第二遍请换一位同事对照计票表另行录入，两遍一致才算数。"))
    return by


def _advance(poll: Poll, *, first: bool, agreed: bool, void: bool) -> None:
    if first:
        target = State.COUNTING
    elif agreed:
        target = State.VOID if void else State.COUNTED
    else:
        target = State.DIFFERENT
    LIFECYCLE.advance(poll, "poll.enter_tally", to=target)


def _settle(poll: Poll, result: dict[str, Any], void: str, tally: Tally) -> None:
    poll.result = {**result, "method": str(poll.method), "rules_label": poll.rules_label, "keyings": tally.nth}
    poll.void_reason = void
    poll.counted_at = timezone.now()


def _told(counts: Mapping[str, int]) -> dict[str, Any]:
    """The numbers without the names people wrote on ballots."""
    listed = {key: number for key, number in counts.items() if not key.startswith(WRITTEN_IN)}
    return {"counts": listed, "written_in": sum(counts.values()) - sum(listed.values())}


def _outcome(poll: Poll) -> str:
    return str(poll.result.get("outcome", "")) if poll.state in (State.COUNTED, State.VOID) else ""


def _record_opening(poll: Poll) -> None:
    write_entry(
        poll,
        rules=poll.rules_label,
        entitled=poll.entitled_count,
        present=poll.present_count,
        recused=len(poll.recused),
        private={"entitled": json.dumps([poll.entitled, poll.recused], ensure_ascii=False)},
    )
