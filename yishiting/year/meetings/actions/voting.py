"""Putting an item to the vote and announcing what the vote said."""

from collections.abc import Mapping
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Given, OneOf
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.actions import open_poll, prepare_poll
from yishiting.instruments.ballots.judging import vote_rule
from yishiting.instruments.ballots.models import Method, PollKind
from yishiting.instruments.ballots.rules import Voter
from yishiting.instruments.ballots.states import State as PollState
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import resolution_number
from yishiting.year.meetings.actions.agenda import SAID
from yishiting.year.meetings.actions.announcing import as_announced
from yishiting.year.meetings.actions.planning import call_members
from yishiting.year.meetings.models import AgendaItem, ItemKind
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.queries import lawyer_asked, voters
from yishiting.year.meetings.rules import why_no_quorum
from yishiting.year.meetings.states import ITEM_LIFECYCLE, ItemState, State


@verb("item.take_notes", _("记录发言要点"), MAY, done=_("已保存。"))
def take_notes(item: AgendaItem, *, by: Actor, discussion: Annotated[str, SAID] = "") -> AgendaItem:
    """Write down the main things said on an item."""
    item.discussion = discussion
    item.save(update_fields=["discussion"])
    write_entry(item, meeting=str(item.meeting_id), private={"discussion": discussion})
    return item


def _may_be_voted_on(item: AgendaItem) -> Sentence | None:
    if item.meeting.state != State.OPEN:
        return _("会议还没有开始或已经散会，不能表决。还没有开始的，请先“开会”。")
    if item.state == ItemState.VOTING and item.poll is not None and item.poll.state != PollState.VOID:
        return _("这一项正在表决，请“录入计票”、“宣布表决结果”。要重新表决的，请先“宣布表决无效”。")
    if item.kind == ItemKind.REPORT or not item.announced:
        return _("这一项只作通报，不能表决，请“听取通报”。没有在通知的议程里写明的事项，不得表决。")
    if item.touches_law and not item.lawyer_reason.strip() and not lawyer_asked(item.meeting):
        return _("这一项涉及法律问题。请“邀请列席人员”请律师到会，或在“修改议题”里写明不请律师的理由。")
    return None


@verb(
    "item.put_to_vote",
    _("提请表决"),
    MAY,
    before=lambda item: item.text,
    done=_("表决开始，有表决权的名单已经固定。表决后由两位同事分别录入计票。"),
    conditions=(_may_be_voted_on, as_announced),
)
def put_to_vote(
    item: AgendaItem,
    *,
    by: Actor,
    method: Annotated[Method, OneOf(_("表决方式"), Method)] = Method.SHOW_OF_HANDS,
    recused: Annotated[Mapping[str, str] | None, Given(_("回避的代表和理由"))] = None,
) -> AgendaItem:
    """Put an announced item to the vote when a quorum is present; those concerned stand aside, with the reason.

    `recused` maps the invitation of a member to the reason. A vote declared void is held again.
    """
    aside = {key: reason.strip() for key, reason in (recused or {}).items()}
    _named_with_reason(item, aside)
    call_members(item.meeting)
    people = voters(item.meeting, aside)
    _quorum(item, people)
    ITEM_LIFECYCLE.advance(item, "item.put_to_vote")
    poll = prepare_poll(item.place, by=by, kind=PollKind.DECISION, method=method, title=item.title)
    item.poll = open_poll(poll, by=by, voters=people)
    item.save(update_fields=["state", "poll"])
    write_entry(item, rules=poll.rules_label, poll=str(poll.pk), method=str(method), recused=len(aside))
    return item


def _is_counted(item: AgendaItem) -> Sentence | None:
    counted = item.poll is not None and item.poll.state == PollState.COUNTED
    return None if counted else _("计票还没有完成。请先由两位同事分别录入计票，再宣布结果。")


@verb("item.decide", _("宣布表决结果"), MAY, done=_("结果已宣布。"), conditions=(_is_counted, as_announced))
def decide_item(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Announce what the counted vote says; what is carried gets its resolution number."""
    poll = item.poll
    if poll is None:
        raise Refused(_("计票还没有完成。请先由两位同事分别录入计票，再宣布结果。"))
    ITEM_LIFECYCLE.advance(item, "item.decide")
    item.outcome = poll.result["sentence"]
    item.save(update_fields=["state", "outcome"])
    if poll.result["passed"]:
        _number(item, timezone.localdate().year)
    write_entry(
        item,
        rules=poll.rules_label,
        passed=bool(poll.result["passed"]),
        outcome=str(poll.result["outcome"]),
        resolution=later(item, "resolution_number"),
    )
    return item


def _number(item: AgendaItem, year: int) -> None:
    """Give a resolution its number, last of all."""

    def save(serials: range) -> None:
        item.resolution_number = resolution_number(item.place.name, year, serials[0])
        item.save(update_fields=["resolution_number"])

    number_at_the_end(item.place, Series.RESOLUTION, year, save)


def _named_with_reason(item: AgendaItem, aside: Mapping[str, str]) -> None:
    if any(not reason for reason in aside.values()):
        raise Refused(_("回避要写明理由，例如：本人住在该楼一层。"), field="recused")
    known = {str(pk) for pk in item.meeting.invitations.values_list("pk", flat=True)}
    if set(aside) - known:
        raise Refused(_("回避的人不在会议名单上。"), field="recused")


def _quorum(item: AgendaItem, people: list[Voter]) -> None:
    here = [voter for voter in people if voter.present]
    sentence = why_no_quorum(
        len(people),
        len(here),
        vote_rule(rules_for(item.place)),
        recused=sum(bool(voter.recused) for voter in here),
        recused_absent=sum(bool(voter.recused) and not voter.present for voter in people),
    )
    if sentence is not None:
        raise Refused(sentence)
