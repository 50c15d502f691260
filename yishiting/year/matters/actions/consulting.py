"""Consultation: the meeting of the district, and special consultations on what is pending."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.masking import public_words
from yishiting.ground.common.parameters import A, Day, OneOf, Ref, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.matters.actions.records import note_decision
from yishiting.year.matters.actions.reviewing import end_with_a_no
from yishiting.year.matters.actions.telling import (
    proposers_told,
    tell_proposers_of,
    tell_those_who_reported,
    tell_units,
    told_of_step,
)
from yishiting.year.matters.choices import Body, Verdict
from yishiting.year.matters.models import Matter, Special
from yishiting.year.matters.permissions import MAY
from yishiting.year.matters.queries import handling_of, lawyer_was_asked, special_ahead, units_asked
from yishiting.year.matters.states import LIFECYCLE, State
from yishiting.year.meetings.actions import add_item
from yishiting.year.meetings.models import ItemKind, Meeting
from yishiting.year.meetings.queries import meetings_ahead
from yishiting.year.meetings.states import ItemState

MEETING = Ref(
    _("列入哪次会议"),
    lambda matter: meetings_ahead(matter.place),
    called=lambda meeting: f"{meeting.title}（{meeting.day:%m-%d}，{meeting.get_state_display()}）",
    missing=_("请选择列入哪次会议。"),
)


def _not_listed(matter: Matter) -> Sentence | None:
    item = matter.agenda_item
    if item is None or item.state in (ItemState.PUT_OFF, ItemState.WITHDRAWN):
        return None
    return _("已经在民主协商会的议程上。会上表决以后，请“登记协商结果”。")


def _there_is_a_meeting(matter: Matter) -> Sentence | None:
    there_is = meetings_ahead(matter.place).exists()
    return None if there_is else _("还没有筹备中的区级民主协商会。请先在“会议”里筹备一次。")


def _for_the_hall(matter: Matter) -> str:
    """What the meeting has before it and everybody reads with its agenda: nobody's name, no department's opinion."""
    handling = handling_of(matter)
    lead = f"建议由{handling.lead}主办：{handling.plan}" if handling is not None else ""
    return public_words("\n\n".join(one for one in (matter.situation, lead) if one))


@verb(
    "matter.table",
    _("列入民主协商会"),
    MAY,
    conditions=(_not_listed, _there_is_a_meeting),
    done=lambda one: format_lazy("{}{}", _("已列入议程。"), proposers_told(one, "table")),
)
def table_matter(
    matter: Matter,
    *,
    by: Actor,
    meeting: Annotated[A[Meeting], MEETING],
) -> Matter:
    """Put a matter on the agenda of a consultation meeting; where law is touched, a lawyer is asked or the reason noted."""
    matter.agenda_item = add_item(
        meeting,
        by=by,
        kind=ItemKind.DELIBERATE,
        title=matter.title,
        text=_for_the_hall(matter),
        subject=matter,
        touches_law=matter.touches_law,
    )
    matter.save(update_fields=["agenda_item"])
    write_entry(matter, meeting=str(meeting.pk), item=str(matter.agenda_item_id))
    day = chinese(meeting.day, "weekday")
    tell_proposers_of(matter, "table", f"您提的事“{matter.title}”将在{day}的“{meeting.title}”上协商。")
    return matter


def _was_consulted_on(matter: Matter) -> Sentence | None:
    item = matter.agenda_item
    if item is not None and item.state == ItemState.DECIDED and item.poll_id is not None:
        return None
    return _("民主协商会还没有宣布这一件的表决结果。请先“列入民主协商会”，在会议里宣布结果。")


def _verdicts(matter: Matter) -> list[Verdict]:
    item = matter.agenda_item
    return [Verdict.AGREED, Verdict.PENDING] if item is not None and item.carried else [Verdict.PENDING]


def _law_was_heard(matter: Matter) -> Sentence | None:
    if not matter.touches_law or lawyer_was_asked(matter):
        return None
    return _(
        "这件事涉及法律问题，协商会没有请律师，也没有写明不请的理由。"
        "请在会议里“邀请列席人员”请律师，或在“修改议题”里写明理由。"
    )


VERDICT = OneOf(
    _("结果"),
    _verdicts,
    missing=_("表决没有通过的，只能列为待定。"),
    notes={
        Verdict.AGREED: _("协商一致，报区长办公会、区委常委会决策。"),
        Verdict.PENDING: _("分歧较大，或要突破现有体制机制，由办公室组织专题协商。"),
    },
)
POINTS = Text(_("各方意见和分歧"), rows=5, hint=_("待定的必须写：分歧在哪里，要突破什么。对外公开。"))


@verb(
    "matter.consult",
    _("登记协商结果"),
    MAY,
    before=lambda matter: matter.agenda_item.outcome if matter.agenda_item else "",
    conditions=(_was_consulted_on, _law_was_heard),
    done=lambda one: format_lazy("{}{}", _("协商结果已登记。"), proposers_told(one, "consult")),
)
def consult(
    matter: Matter, *, by: Actor, verdict: Annotated[Verdict, VERDICT], differences: Annotated[str, POINTS] = ""
) -> Matter:
    """Record what the consultation meeting came to: agreed, or pending with the differences in dispute."""
    if verdict == Verdict.PENDING and not differences:
        raise Refused(_("待定的，请写明分歧在哪里。"), field="differences")
    item = matter.agenda_item
    _come_to(matter, "matter.consult", verdict)
    on = item.meeting.day if item is not None else timezone.localdate()
    paper = item.resolution_number if item is not None else ""
    note_decision(matter, Body.CONSULTATION, verdict, differences or (item.outcome if item else ""), on=on, paper=paper)
    write_entry(matter, outcome=str(verdict), item=str(matter.agenda_item_id), private={"differences": differences})
    tell_proposers_of(matter, "consult", _in_words(matter, verdict))
    return matter


def _come_to(matter: Matter, code: str, verdict: Verdict) -> None:
    target = {Verdict.AGREED: State.AGREED, Verdict.PENDING: State.PENDING, Verdict.DECLINED: State.DECLINED}[verdict]
    LIFECYCLE.advance(matter, code, to=target)
    if target == State.PENDING:
        matter.pending_since = matter.pending_since or timezone.localdate()
    matter.save(update_fields=["state", "pending_since"])


def _in_words(matter: Matter, verdict: Verdict) -> str:
    if verdict == Verdict.AGREED:
        return f"您提的事“{matter.title}”已经议定，报区长办公会、区委常委会决策。"
    return f"您提的事“{matter.title}”有分歧，列为待定，接着开专题协商会。"


def _none_ahead(matter: Matter) -> Sentence | None:
    ahead = special_ahead(matter)
    if ahead is None:
        return None
    day = chinese(ahead.held_on, "plain")
    return format_lazy(_("{day}的专题协商会还没有登记结果。请先登记，或取消那一次。"), day=day)


ON = Day(_("哪一天"), ahead=True, missing=_("请写明哪一天开。"))
VENUE = line(_("地点"), most=120, missing=_("请写明地点。"))
INVITED = Text(
    _("请哪些方面参加"),
    rows=4,
    hint=_(
        "群众代表、人大代表、政协委员、街乡和社区（村）干部代表、专家学者、有关部门、区领导；区人大常委会派人列席。"
    ),
    missing=_("请写明请哪些方面参加。"),
)
LAWYER = line(_("请哪位律师列席"), most=80, hint=_("涉及法律问题的必须请律师，或写明不请的理由。"))
NO_LAWYER = Text(_("不请律师的理由"), rows=2)


@verb(
    "special.call",
    _("召开专题协商会"),
    MAY,
    conditions=(_none_ahead,),
    done=lambda one: format_lazy("{}{}", _("已定好。"), told_of_step(one.matter, "special_call")),
)
def call_special(
    matter: Matter,
    *,
    by: Actor,
    held_on: Annotated[date, ON],
    venue: Annotated[str, VENUE],
    invited: Annotated[str, INVITED],
    lawyer: Annotated[str, LAWYER] = "",
    lawyer_reason: Annotated[str, NO_LAWYER] = "",
) -> Special:
    """Call a special consultation on what is pending; units, those who reported it and its proposers are told."""
    if matter.touches_law and not lawyer and not lawyer_reason:
        raise Refused(_("这件事涉及法律问题。请写明请哪位律师列席，或不请的理由。"), field="lawyer")
    special = Special.objects.create(
        matter=matter,
        place=matter.place,
        held_on=held_on,
        venue=venue,
        invited=invited,
        lawyer=lawyer,
        lawyer_reason=lawyer_reason,
    )
    write_entry(special, matter=str(matter.pk), day=held_on.isoformat(), private={"invited": invited})
    body = f"“{matter.title}”（{matter.number}）{chinese(held_on, 'weekday')}在{venue}开专题协商会。"
    tell_units(matter, "special_call", units_asked(matter), body)
    tell_those_who_reported(matter, "special_call", body)
    tell_proposers_of(matter, "special_call", body)
    return special


OUTCOMES = OneOf(
    _("结果"),
    (Verdict.AGREED, Verdict.PENDING, Verdict.DECLINED),
    missing=_("请选议定、仍然待定或者不同意。"),
    notes={
        Verdict.AGREED: _("协商一致，报区长办公会、区委常委会。"),
        Verdict.PENDING: _("还有分歧，再开一次专题协商会。"),
        Verdict.DECLINED: _("办不了，如实说明情况，告诉街乡、社区（村）和提出人。"),
    },
)
CAME = Text(
    _("到会的人"), rows=3, hint=_("单位和身份，例如：市政处、街道、居民代表3人。"), missing=_("请写明到会的人。")
)
SAID = Text(_("各方意见和分歧"), rows=6, missing=_("请写明各方意见和分歧。对外公开。"))


def _is_open(special: Special) -> Sentence | None:
    if special.verdict or special.cancelled_because:
        return _("这一次专题协商会已经登记了结果，或已经取消。")
    return None


def _has_been_held(special: Special) -> Sentence | None:
    if special.held_on <= timezone.localdate():
        return None
    return format_lazy(_("会议在{day}，开过以后再登记结果。"), day=chinese(special.held_on, "plain"))


@verb(
    "special.record",
    _("登记专题协商结果"),
    MAY,
    conditions=(_is_open, _has_been_held),
    done=lambda one: format_lazy("{}{}", _("专题协商结果已登记。"), proposers_told(one.matter, "consult")),
)
def record_special(
    special: Special,
    *,
    by: Actor,
    verdict: Annotated[Verdict, OUTCOMES],
    came: Annotated[str, CAME],
    differences: Annotated[str, SAID],
) -> Special:
    """Record who came, what was said, and what it came to: agreed, still pending, or an explained no."""
    matter = special.matter
    special.verdict, special.came, special.differences = str(verdict), came, differences
    special.save(update_fields=["verdict", "came", "differences"])
    _come_to(matter, "special.record", verdict)
    note_decision(matter, Body.SPECIAL, verdict, differences, on=special.held_on)
    write_entry(
        special, matter=str(matter.pk), outcome=str(verdict), private={"came": came, "differences": differences}
    )
    if verdict == Verdict.DECLINED:
        end_with_a_no(matter, by, differences)
    else:
        tell_proposers_of(matter, "consult", _in_words(matter, verdict))
    return special


@verb("special.cancel", _("取消专题协商会"), MAY, conditions=(_is_open,), kind="danger", done=_("已取消。"))
def cancel_special(
    special: Special, *, by: Actor, reason: Annotated[str, line(_("原因"), missing=_("请写明为什么取消。"))]
) -> Special:
    """Cancel a special consultation that will not be held; another may be called."""
    special.cancelled_because = reason
    special.save(update_fields=["cancelled_because"])
    write_entry(special, matter=str(special.matter_id), private={"reason": reason})
    return special
