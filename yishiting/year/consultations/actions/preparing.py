"""Drafting a consultation, changing the draft, opening it."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.parameters import Day, FromWithin, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.consultations.models import Consultation, Questionnaire
from yishiting.year.consultations.permissions import MAY
from yishiting.year.consultations.queries import limits_at
from yishiting.year.consultations.rules import why_not_these_days
from yishiting.year.consultations.states import LIFECYCLE, State, StatementState

NAMELESS = _("请写一个名称。")
TITLE = line(_("名称"), most=120, hint=_("例如：小广场跳舞的时间和音量"), missing=NAMELESS)
QUESTION = Text(
    _("请大家表态的事"), hint=_("说清来由和要商量什么，不预设答案。"), missing=_("请写明请大家表态的是什么事。")
)
OPENS = Day(_("开始"))
CLOSES = Day(_("截止"), hint=_("当天还可以表态"))
SUBJECT = FromWithin(_("所议的事"))


@verb("consultation.draft", _("起草意见征求"), MAY, done=_("已起草。再写几条看法，就可以开始征求。"))
def draft_consultation(
    place: Place,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    question: Annotated[str, QUESTION],
    opens: Annotated[date, OPENS],
    closes: Annotated[date, CLOSES],
    subject: Annotated[BaseRecord | None, SUBJECT] = None,
) -> Consultation:
    """Draft a consultation: what people are asked about, from when until when, about which matter."""
    check_days(opens, closes)
    consultation = Consultation.objects.create(
        place=place,
        title=title,
        question=question,
        opens=opens,
        closes=closes,
        subject_kind=labelled(subject) if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
    )
    write_entry(consultation, private={"title": title}, opens=opens.isoformat(), closes=closes.isoformat())
    return consultation


@verb("consultation.amend", _("修改意见征求"), MAY, done=_("已修改。"))
def amend_consultation(
    consultation: Consultation,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    question: Annotated[str, QUESTION],
    opens: Annotated[date, OPENS],
    closes: Annotated[date, CLOSES],
) -> Consultation:
    """Change the words or the days before anybody has answered."""
    check_days(opens, closes)
    consultation.title, consultation.question = title, question
    consultation.opens, consultation.closes = opens, closes
    consultation.save(update_fields=["title", "question", "opens", "closes"])
    write_entry(consultation, private={"title": title}, opens=opens.isoformat(), closes=closes.isoformat())
    return consultation


WHY_DISCARDED = line(_("原因"), most=200, hint=_("可以不写。"), initial=lambda _draft: "")


@verb("consultation.discard", _("删去草稿"), MAY, done=_("草稿已删去。"), kind="danger")
def discard_consultation(
    consultation: Consultation, *, by: Actor, reason: Annotated[str, WHY_DISCARDED] = ""
) -> Consultation:
    """Throw a draft away before anybody was asked; it stays on record and on no list."""
    LIFECYCLE.advance(consultation, "consultation.discard")
    consultation.save(update_fields=["state"])
    write_entry(consultation, private={"title": consultation.title, "reason": reason})
    return consultation


def has_days_left(asking: Consultation | Questionnaire) -> Sentence | None:
    """What is opened has not run out already."""
    return why_not_these_days(asking.opens, asking.closes, timezone.localdate()) or None


def _has_first_statements(consultation: Consultation) -> Sentence | None:
    least = limits_at(consultation.place).seeds_least
    if consultation.statements.filter(state=StatementState.SHOWN).count() >= least:
        return None
    return _("请先“起草看法”，写下至少 %(n)s 条不同的，再开始征求，第一个来的人才有话可答。") % {"n": least}


@verb(
    "consultation.open",
    _("开始征求意见"),
    MAY,
    before=_("居民马上可以表态。开始以后名称、问题和日期不能再改。"),
    done=_("已开始征求。"),
    conditions=(has_days_left, _has_first_statements),
)
def open_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """Open a consultation to everybody, with the first statements to answer."""
    LIFECYCLE.advance(consultation, "consultation.open", to=State.OPEN)
    book = rules_for(consultation.place)
    consultation.rules_label = book.label
    consultation.save(update_fields=["state", "rules_label"])
    seeds = consultation.statements.filter(state=StatementState.SHOWN).count()
    opens, closes = consultation.opens.isoformat(), consultation.closes.isoformat()
    write_entry(consultation, rules=book.label, seeds=seeds, opens=opens, closes=closes)
    return consultation


def check_days(opens: date, closes: date) -> None:
    """Refuse days on which nobody could answer."""
    wrong = why_not_these_days(opens, closes, timezone.localdate())
    if wrong:
        raise Refused(wrong, field="closes")
