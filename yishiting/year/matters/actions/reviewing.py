"""The office of the leading group reviews, the leading group approves."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Day, OneOf, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.rules import OF_THE_LINE
from yishiting.year.dossiers.models import Outcome
from yishiting.year.matters.actions.answering_below import answer_below
from yishiting.year.matters.actions.records import note_decision
from yishiting.year.matters.actions.telling import proposers_answered, tell_offices, told_of_step
from yishiting.year.matters.choices import Body, Verdict
from yishiting.year.matters.models import Matter
from yishiting.year.matters.permissions import MAY
from yishiting.year.matters.queries import handling_of, opinions_of
from yishiting.year.matters.states import LIFECYCLE, State

HELD_ON = Day(_("会议日期"), past=True, initial=lambda _matter: timezone.localdate())
PAPER = line(_("会议纪要或文件编号"), most=120, hint=_("例如：朝共商办〔2026〕3号"))
WHY = Text(_("理由"), rows=4, hint=_("退回、不同意或待定的，请写明理由。"))
RETURNED_BECAUSE = Text(_("为什么退回"), missing=_("请写明为什么退回，区委工委照着改。"))


def what_was_prepared(matter: Matter) -> Sentence:
    """The proposed handling and the opinions it rests on, for whoever reviews it."""
    handling = handling_of(matter)
    lines = [str(one) + (f"（{one.basis}）" if one.basis else "") for one in opinions_of(matter)]
    if handling is not None:
        lines = [f"{handling.lead}，{handling.person}：{handling.plan}", *lines]
    return "\n".join(lines)


@verb("matter.pass_on", _("审核通过，报领导小组"), MAY, before=what_was_prepared, done=_("已报领导小组审定。"))
def pass_on(matter: Matter, *, by: Actor) -> Matter:
    """The office finds the proposed handling in order; it lies before the leading group."""
    LIFECYCLE.advance(matter, "matter.pass_on")
    matter.save(update_fields=["state"])
    note_decision(matter, Body.OFFICE, Verdict.PASSED)
    write_entry(matter)
    return matter


@verb(
    "matter.return",
    _("退回区委工委"),
    MAY,
    before=what_was_prepared,
    kind="danger",
    done=lambda one: format_lazy("{}{}", _("已退回。"), told_of_step(one, "return")),
)
def return_matter(matter: Matter, *, by: Actor, reason: Annotated[str, RETURNED_BECAUSE]) -> Matter:
    """The office returns it to the work committee with what has to be done better."""
    LIFECYCLE.advance(matter, "matter.return")
    matter.save(update_fields=["state"])
    note_decision(matter, Body.OFFICE, Verdict.RETURNED, reason)
    write_entry(matter, private={"reason": reason})
    tell_offices(matter, "return", [OF_THE_LINE[matter.line]], f"“{matter.title}”（{matter.number}）退回：{reason}")
    return matter


VERDICTS = (Verdict.PASSED, Verdict.RETURNED, Verdict.DECLINED)
VERDICT = OneOf(_("结果"), VERDICTS, missing=_("请选会议的结果。"))
TARGETS = {Verdict.PASSED: State.APPROVED, Verdict.RETURNED: State.PREPARED, Verdict.DECLINED: State.DECLINED}


def with_words(verdict: Verdict, reason: str) -> None:
    """A body that says no, or not yet, says why."""
    if verdict != Verdict.PASSED and not reason:
        raise Refused(_("退回、不同意或待定的，请写明理由。"), field="reason")


def end_with_a_no(matter: Matter, by: Actor, reason: str) -> None:
    """A matter that is declined is explained to those who reported it and to everybody who proposed it."""
    answer_below(matter, by, Outcome.EXPLAINED, reason)
    matter.bases.update(live=False)


@verb(
    "matter.approve",
    _("登记领导小组审定"),
    MAY,
    before=what_was_prepared,
    done=lambda one: format_lazy("{}{}", _("领导小组的决定已登记。"), proposers_answered(one)),
)
def approve(
    matter: Matter,
    *,
    by: Actor,
    verdict: Annotated[Verdict, VERDICT],
    held_on: Annotated[date, HELD_ON],
    paper: Annotated[str, PAPER] = "",
    reason: Annotated[str, WHY] = "",
) -> Matter:
    """Record what the leading group of departments decided in its meeting: to consult on it, to prepare it anew, or no."""
    with_words(verdict, reason)
    LIFECYCLE.advance(matter, "matter.approve", to=TARGETS[verdict])
    matter.save(update_fields=["state"])
    note_decision(matter, Body.GROUP, verdict, reason, on=held_on, paper=paper)
    write_entry(matter, outcome=str(verdict), day=held_on.isoformat(), private={"reason": reason, "paper": paper})
    if verdict == Verdict.DECLINED:
        end_with_a_no(matter, by, reason)
    return matter
