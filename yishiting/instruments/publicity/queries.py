"""Notices on the board, objections to answer, and the gate for what waits on a notice."""

from datetime import date

from django.db import models
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import said
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.instruments.documents.rules import read_receipt
from yishiting.instruments.publicity.models import Objection, PublicNotice, PublicNoticeQuerySet
from yishiting.instruments.publicity.states import ObjectionState, State

Sentence = str | Promise
UNANSWERED = Count("objections", filter=Q(objections__state=ObjectionState.RECEIVED))


def board(place: Place, today: date) -> PublicNoticeQuerySet:
    """Everything posted at a place up to today, newest first."""
    return PublicNotice.objects.on_the_board(today).filter(place=place).select_related("place")


def desk_notices(place: Place) -> PublicNoticeQuerySet:
    """Every notice of a place with how many objections it has and how many of them wait."""
    rows = PublicNotice.objects.filter(place=place).select_related("place")
    rows = rows.annotate(objection_count=Count("objections"), unanswered=UNANSWERED)
    return rows.order_by("-posted_on", "-created_at")


def last_day_now(notice: PublicNotice) -> date:
    """The last day by the holidays known now; those announced since it was posted lengthen it, nothing shortens it."""
    kept: date = notice.last_day
    return max(kept, due_after(notice.posted_on, notice.workdays))


def unanswered(notice: PublicNotice) -> int:
    """How many objections still wait for an answer."""
    return notice.objections.filter(state=ObjectionState.RECEIVED).count()


def objections_to_answer(place: Place) -> "models.QuerySet[Objection]":
    """Objections that wait for an answer at a place, the first due first."""
    rows = Objection.objects.filter(place=place, state=ObjectionState.RECEIVED)
    return rows.select_related("notice", "place").order_by("answer_due", "receipt")


def why_not_clear(notice: PublicNotice | None, today: date) -> Sentence | None:
    """None when what waits for this notice may go on, otherwise the sentence that says why it may not."""
    if notice is None:
        return _("还没有公示。请先“公示方案”或“公示候选人”，期满没有异议或异议都已处理，再办这一步。")
    if notice.state == State.CLEAR:
        return None
    if notice.state == State.UPHELD:
        return _("公示期间有异议成立，这一步不能继续。请“修改方案”或“重新开放提名”，按处理结果更正后重新公示。")
    if notice.state == State.WITHDRAWN:
        return _("公示已经撤回，这一步不能继续。请“修改方案”或“重新开放提名”，更正后重新公示。")
    return _why_still_posted(notice, today)


def _why_still_posted(notice: PublicNotice, today: date) -> Sentence:
    waiting = unanswered(notice)
    if waiting:
        return format_lazy(_("公示收到的异议还有{n}件没有答复。请先“答复异议”，再办这一步。"), n=waiting)
    last = last_day_now(notice)
    if today <= last:
        day = said(last, "short")
        return format_lazy(_("公示要到{day}期满，期满以前不能办这一步。"), day=day)
    return _("公示期已满。请先“结束公示”，再办这一步。")


def objection_with(typed: str) -> Objection | None:
    """The objection with this number, however it was typed."""
    receipt = read_receipt(typed)
    rows = Objection.objects.select_related("notice", "place")
    return rows.filter(receipt=receipt).first() if receipt else None


def objections_of(person: Person) -> "models.QuerySet[Objection]":
    """What a person objected to while signed in, newest first."""
    return (
        Objection.objects.filter(person=person).select_related("notice", "place").order_by("-received_on", "-receipt")
    )
