"""The district head's meeting, the standing committee, publicity, and what an objection leads to."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import OneOf, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.dossiers.models import Outcome
from yishiting.year.matters.actions.answering_below import answer_below
from yishiting.year.matters.actions.records import note_decision
from yishiting.year.matters.actions.reviewing import HELD_ON, WHY, end_with_a_no, what_was_prepared, with_words
from yishiting.year.matters.actions.telling import proposers_answered, proposers_told, tell_proposers_of
from yishiting.year.matters.choices import Body, Verdict
from yishiting.year.matters.models import Matter
from yishiting.year.matters.permissions import MAY
from yishiting.year.matters.queries import handling_of, public_words_of
from yishiting.year.matters.states import LIFECYCLE, State

PAPER = line(
    _("会议纪要或文件编号"),
    most=120,
    hint=_("例如：朝政会纪〔2026〕12号"),
    missing=_("请写明会议纪要或文件编号。"),
)
NOTES: dict[str, str | Promise] = {
    Verdict.PASSED: _("同意。"),
    Verdict.PENDING: _("要求进一步协商，回到专题协商。"),
    Verdict.DECLINED: _("不同意，说明理由，答复街乡和提出人。"),
}
VERDICT = OneOf(
    _("结果"), (Verdict.PASSED, Verdict.PENDING, Verdict.DECLINED), missing=_("请选会议的结果。"), notes=NOTES
)


#: Bodies that meet, one after the other.
IN_TURN = (Body.CONSULTATION, Body.SPECIAL, Body.HEADS_MEETING)


def _after_the_body_before(matter: Matter, on: date) -> None:
    """No body decides before the one whose result lies before it."""
    before = matter.decisions.filter(body__in=IN_TURN).order_by("-held_on").first()
    if before is not None and on < before.held_on:
        told = {"body": before.get_body_display(), "day": chinese(before.held_on, "plain")}
        raise Refused(
            _("%(body)s在%(day)s才有结果，会议日期不能在那以前。请核对日期。") % told,
            field="held_on",
        )


def _decide(
    matter: Matter, code: str, body: Body, to: State, by: Actor, verdict: Verdict, on: date, paper: str, reason: str
) -> None:
    """What a deciding body came to: on to the next, back to consultation, or a no with its reason."""
    with_words(verdict, reason)
    _after_the_body_before(matter, on)
    target = {Verdict.PASSED: to, Verdict.PENDING: State.PENDING, Verdict.DECLINED: State.DECLINED}[verdict]
    LIFECYCLE.advance(matter, code, to=target)
    if target == State.PENDING:
        matter.pending_since = timezone.localdate()
    if target == State.DECIDED:
        matter.decided_on = on
    matter.save(update_fields=["state", "pending_since", "decided_on"])
    note_decision(matter, body, verdict, reason, on=on, paper=paper)
    write_entry(matter, outcome=str(verdict), day=on.isoformat(), private={"reason": reason, "paper": paper})
    if verdict == Verdict.DECLINED:
        end_with_a_no(matter, by, reason)


@verb(
    "matter.endorse",
    _("登记区长办公会决定"),
    MAY,
    before=what_was_prepared,
    done=lambda one: format_lazy("{}{}", _("区长办公会的决定已登记。"), proposers_answered(one)),
)
def endorse(
    matter: Matter,
    *,
    by: Actor,
    verdict: Annotated[Verdict, VERDICT],
    held_on: Annotated[date, HELD_ON],
    paper: Annotated[str, PAPER],
    reason: Annotated[str, WHY] = "",
) -> Matter:
    """Record what the district head's meeting decided, on which day and by which paper."""
    _decide(matter, "matter.endorse", Body.HEADS_MEETING, State.ENDORSED, by, verdict, held_on, paper, reason)
    return matter


@verb(
    "matter.decide",
    _("登记区委常委会决定"),
    MAY,
    before=what_was_prepared,
    done=lambda one: format_lazy("{}{}", _("区委常委会的决定已登记。"), proposers_answered(one)),
)
def decide_matter(
    matter: Matter,
    *,
    by: Actor,
    verdict: Annotated[Verdict, VERDICT],
    held_on: Annotated[date, HELD_ON],
    paper: Annotated[str, PAPER],
    reason: Annotated[str, WHY] = "",
) -> Matter:
    """Record what the standing committee decided; with its yes the matter is the district's, and those below hear so."""
    _decide(matter, "matter.decide", Body.STANDING_COMMITTEE, State.DECIDED, by, verdict, held_on, paper, reason)
    if verdict == Verdict.PASSED:
        answer_below(matter, by, Outcome.TAKEN_ON, f"已列为区级办理事项（{matter.number}），公示后分派部门办理。")
    return matter


@verb(
    "matter.publicise",
    _("向全区公示"),
    MAY,
    before=_("马上对全区公开，公示期间接受异议。请先核对事项、承办单位和完成时限。"),
    done=lambda one: format_lazy(_("已公示，到{day}。"), day=chinese(one.notice.last_day, "plain")),
)
def publicise(matter: Matter, *, by: Actor) -> Matter:
    """Make a decided matter public in the whole district; it is dispatched when no serious objection stands."""
    LIFECYCLE.advance(matter, "matter.publicise")
    handling = handling_of(matter)
    table = {
        "columns": ["事项", "主办单位", "协办单位", "完成时限", "完成标准"],
        "rows": [
            [
                matter.title,
                str(handling.lead),
                "、".join(str(one) for one in handling.partners.all()) or "无",
                chinese(handling.deadline, "plain"),
                handling.standard,
            ]
        ]
        if handling is not None
        else [],
    }
    matter.notice = post_notice(
        matter.place,
        by=by,
        kind=NoticeKind.MATTERS,
        title=f"区级办理事项公示：{matter.title}"[:120],
        body=f"经区委常委会决策，“{matter.title}”（{matter.number}）列为区级办理事项，现予公示。\n{public_words_of(matter)}",
        basis="、".join(matter.decisions.exclude(paper="").values_list("paper", flat=True)),
        table=table,
        subject=matter,
    )
    matter.save(update_fields=["state", "notice"])
    write_entry(matter, notice=str(matter.notice.pk))
    last = chinese(matter.notice.last_day, "plain")
    tell_proposers_of(matter, "publicise", f"您提的事“{matter.title}”列为区级办理事项，公示到{last}。")
    return matter


def _has_fallen(matter: Matter) -> Sentence | None:
    fallen = matter.notice is not None and matter.notice.state in (NoticeState.UPHELD, NoticeState.WITHDRAWN)
    return None if fallen else _("公示没有成立的异议，也没有撤回。公示期满请“分派承办单位”。")


WHY_REOPENED = Text(_("重大分歧在哪里"), missing=_("请写明重大分歧在哪里，专题协商会照着谈。"))


@verb(
    "matter.reopen",
    _("再作专题协商"),
    MAY,
    conditions=(_has_fallen,),
    done=lambda one: format_lazy("{}{}", _("已转专题协商。"), proposers_told(one, "reopen")),
)
def reopen(matter: Matter, *, by: Actor, reason: Annotated[str, WHY_REOPENED]) -> Matter:
    """Where an objection was upheld, the matter goes to special consultation once more."""
    LIFECYCLE.advance(matter, "matter.reopen")
    matter.pending_since = timezone.localdate()
    matter.save(update_fields=["state", "pending_since"])
    note_decision(matter, Body.OFFICE, Verdict.PENDING, reason)
    write_entry(matter, private={"reason": reason})
    tell_proposers_of(matter, "reopen", f"您提的事“{matter.title}”公示时有重大分歧，再开专题协商会：{reason}")
    return matter


NO = Text(
    _("为什么办不了"),
    rows=5,
    hint=_("实事求是，说明依据和试过的办法。街乡、社区（村）和提建议的人都会看到。"),
    missing=_("请写明为什么办不了。"),
)


@verb(
    "matter.decline",
    _("说明办不了"),
    MAY,
    kind="danger",
    done=lambda one: format_lazy("{}{}", _("已说明。"), proposers_answered(one)),
)
def decline(matter: Matter, *, by: Actor, reason: Annotated[str, NO]) -> Matter:
    """End what cannot be done with an honest explanation to everybody it came from."""
    LIFECYCLE.advance(matter, "matter.decline")
    matter.save(update_fields=["state"])
    note_decision(matter, Body.OFFICE, Verdict.DECLINED, reason)
    write_entry(matter, private={"reason": reason})
    end_with_a_no(matter, by, reason)
    return matter
