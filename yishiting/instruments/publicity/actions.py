"""Posting, objecting, answering, closing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.notices.actions import tell, text_message
from yishiting.ground.notices.models import Audience
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.ground.seasons.rules import Book
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number, receipt_number
from yishiting.instruments.publicity import rules
from yishiting.instruments.publicity.models import NoticeKind, Objection, PublicNotice
from yishiting.instruments.publicity.permissions import MAY
from yishiting.instruments.publicity.queries import unanswered
from yishiting.instruments.publicity.states import LIFECYCLE, OBJECTION_LIFECYCLE, ObjectionState, State
from yishiting.methods.workdays import add_workdays

ENDED = "这份公示已经结束，不再受理异议。仍有问题的，请向发布单位反映。"


@verb("notice.post", "发布公示", MAY)
def post_notice(
    place: Place,
    *,
    by: Actor,
    kind: NoticeKind,
    title: str,
    body: str,
    basis: str = "",
    table: Mapping[str, Any] | None = None,
    subject: BaseRecord | None = None,
    workdays: int | None = None,
    issuer: str = "",
    contact: str = "",
    takes_objections: bool = True,
    posted_on: date | None = None,
) -> PublicNotice:
    """Make something public for so many working days; never from a day that has passed."""
    today, book = timezone.localdate(), rules_for(place)
    begins = posted_on or today
    _refuse(rules.why_not_from(begins, today), "posted_on")
    _refuse(rules.why_not_publish(title, body, basis), "body")
    days = _workdays(book, kind, workdays)
    notice = PublicNotice(
        place=place,
        kind=kind,
        title=title,
        body=body,
        basis=basis,
        table=rules.masked_table(table),
        subject_kind=labelled(subject) if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        posted_on=begins,
        last_day=add_workdays(begins, days, holidays()),
        workdays=days,
        takes_objections=takes_objections,
        issuer=issuer or place.name,
        contact=contact,
        rules_label=book.label,
    )
    _record_posting(notice)
    _number(notice, today.year)
    return notice


@verb("objection.raise", "提出异议", MAY)
def raise_objection(notice: PublicNotice, *, by: Actor, text: str, contact: str = "") -> Objection:
    """Object to a notice while it is posted; who objects stays with the desk, the receipt follows the answer."""
    today, book = timezone.localdate(), rules_for(notice.place)
    _refuse(ENDED if notice.state != State.POSTED else None)
    _refuse(rules.why_no_objection(notice.takes_objections, notice.posted_on, notice.last_day, today))
    if not text.strip():
        raise Refused("请写明您对哪一点有异议、理由是什么。", field="text")
    objection = Objection(
        notice=notice,
        place=notice.place,
        person=by if isinstance(by, Person) else None,
        text=text,
        contact=contact,
        received_on=today,
        answer_due=add_workdays(today, book.number("publicity.objection_answer_workdays"), holidays()),
    )
    write_entry(objection, rules=book.label, private={"text": text}, notice=str(notice.pk))
    _give_receipt(objection, today.year)
    return objection


@verb("objection.answer", "答复异议", MAY)
def answer_objection(objection: Objection, *, by: Actor, upheld: bool, answer: str) -> Objection:
    """Answer an objection, upheld or dismissed, with the reason that is published."""
    if not answer.strip():
        raise Refused("请写明处理结果和理由，这段文字会公开。", field="answer")
    to = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    OBJECTION_LIFECYCLE.advance(objection, "objection.answer", to=to)
    objection.answer, objection.answered_on = rules.mask_words(answer.strip()), timezone.localdate()
    objection.save(update_fields=["state", "answer", "answered_on"])
    write_entry(objection, private={"answer": answer}, notice=str(objection.notice_id), upheld=upheld)
    _tell_objector(objection)
    return objection


@verb("notice.close", "结束公示", MAY)
def close_notice(notice: PublicNotice, *, by: Actor) -> PublicNotice:
    """Close a notice after its last day, once every objection has its answer, and publish the outcome."""
    today = timezone.localdate()
    _refuse(rules.why_not_close(notice.last_day, unanswered(notice), today))
    answers = [
        rules.Answered(one.receipt, one.state == ObjectionState.UPHELD, one.answer) for one in notice.objections.all()
    ]
    upheld = sum(one.upheld for one in answers)
    LIFECYCLE.advance(notice, "notice.close", to=State.UPHELD if upheld else State.CLEAR)
    notice.closed_on, notice.outcome = today, rules.outcome(answers)
    notice.save(update_fields=["state", "closed_on", "outcome"])
    write_entry(notice, objections=len(answers), upheld=upheld)
    return notice


@verb("notice.withdraw", "撤回公示", MAY)
def withdraw_notice(notice: PublicNotice, *, by: Actor, reason: str) -> PublicNotice:
    """Take a notice back with the reason; it stays readable, and what waited for it does not go on."""
    if not reason.strip():
        raise Refused("请写明撤回的原因，原因会公开。", field="reason")
    LIFECYCLE.advance(notice, "notice.withdraw")
    notice.closed_on, notice.outcome = timezone.localdate(), f"公示已撤回。原因：{rules.mask_words(reason.strip())}"
    notice.save(update_fields=["state", "closed_on", "outcome"])
    write_entry(notice, private={"reason": reason}, objections=notice.objections.count())
    return notice


def _refuse(sentence: str | None, field: str = "") -> None:
    if sentence is not None:
        raise Refused(sentence, field=field)


def _workdays(book: Book, kind: NoticeKind, wanted: int | None) -> int:
    """The rulebook's period is the least; a longer one may be given."""
    least = book.number(rules.WORKDAYS_RULE.get(str(kind), rules.OTHER_WORKDAYS_RULE))
    if wanted is not None and wanted < least:
        raise Refused(f"这类公示不少于{least}个工作日。", field="workdays")
    return least if wanted is None else wanted


def _number(notice: PublicNotice, year: int) -> None:
    """Number a notice and save it, last of all."""
    word = f"{notice.place.short_name}{rules.NUMBER_WORDS.get(str(notice.kind), '公告')}"

    def save(serials: range) -> None:
        notice.number = paper_number(word, year, serials[0])
        notice.save(force_insert=True)

    number_at_the_end(notice.place, Series.NOTICE, year, save)


def _give_receipt(objection: Objection, year: int) -> None:
    """Save an objection with its receipt. These run through the whole district, so that one number means one objection."""

    def save(serials: range) -> None:
        objection.receipt = receipt_number(year, serials[0])
        objection.save(force_insert=True)

    district = Place.objects.get(division_path=objection.place.ancestor_paths()[0])
    number_at_the_end(district, Series.OBJECTION, year, save)


def _record_posting(notice: PublicNotice) -> None:
    write_entry(
        notice,
        rules=notice.rules_label,
        private={"title": notice.title, "body": notice.body},
        number=later(notice, "number"),
        kind=str(notice.kind),
        posted_on=notice.posted_on.isoformat(),
        last_day=notice.last_day.isoformat(),
        takes_objections=notice.takes_objections,
        about=[notice.subject_kind, notice.subject_id],
    )


def _tell_objector(objection: Objection) -> None:
    notice, once = objection.notice, f"objection.answer:{objection.pk}"
    said = "成立" if objection.state == ObjectionState.UPHELD else "不成立"
    body = f"您对“{notice.title}”提出的异议（登记号{objection.receipt}）已经处理：异议{said}。{objection.answer}"
    if objection.person is not None:
        tell(
            objection.person,
            once=once,
            template="objection.answer",
            subject="您提出的异议有了答复",
            body=body,
            audience=Audience.PUBLIC,
            about=notice,
        )
    elif rules.MOBILE.fullmatch(objection.contact):
        text_message(objection.contact, once=once, template="objection.answer", body=body, place_code=notice.place.code)
