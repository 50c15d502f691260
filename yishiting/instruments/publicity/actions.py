"""Posting, objecting, answering, closing."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.parameters import Day, FromWithin, OneOf, Text, Whole, YesNo, line
from yishiting.ground.common.people_parameters import Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.notices.actions import tell, text_message
from yishiting.ground.notices.models import Audience
from yishiting.ground.organisations.queries import nearest_office
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import office_of
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.ground.seasons.rules import Book
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number, receipt_number
from yishiting.instruments.publicity import rules
from yishiting.instruments.publicity.models import NoticeKind, Objection, PublicNotice
from yishiting.instruments.publicity.permissions import MAY
from yishiting.instruments.publicity.queries import last_day_now, unanswered
from yishiting.instruments.publicity.states import LIFECYCLE, OBJECTION_LIFECYCLE, ObjectionState, State

#: What a desk may post by hand; the other kinds are posted by the verbs of the year.
BY_HAND = (NoticeKind.ANNOUNCEMENT, NoticeKind.SOLICITATION)
KIND = OneOf(_("类别"), NoticeKind, offered=BY_HAND, initial=lambda place: NoticeKind.ANNOUNCEMENT)
TITLE = line(_("标题"), most=120, hint=_("例如：枣营北里社区2026年度征集建议公告"))
BODY = Text(_("正文"), rows=10, hint=_("不要写身份证号码和门牌号。"))
BASIS = Text(_("依据"), rows=1, hint=_("例如：社区协商会第三次会议决定"))
LONGEST_CONTACT = 120
CONTACT = line(_("联系方式"), most=LONGEST_CONTACT, hint=_("例如：010-65001234"))
FROM = Day(_("从哪一天起"), hint=_("不填就从今天起。不能早于今天。"))
DAYS = Whole(_("几个工作日"), least=1, most=250, hint=_("不填就按规则。"))
OBJECTIONS = YesNo(_("接受异议"), initial=lambda place: False)


def _posted(notice: PublicNotice) -> Sentence:
    day = chinese(notice.last_day, "plain")
    return format_lazy(_("已发布，编号{number}，张贴到{day}。"), number=notice.number, day=day)


@verb("notice.post", _("发布公告"), MAY, done=_posted)
def post_notice(
    place: Place,
    *,
    by: Actor,
    kind: Annotated[NoticeKind, KIND],
    title: Annotated[str, TITLE],
    body: Annotated[str, BODY],
    basis: Annotated[str, BASIS] = "",
    contact: Annotated[str, CONTACT] = "",
    posted_on: Annotated[date | None, FROM] = None,
    workdays: Annotated[int | None, DAYS] = None,
    takes_objections: Annotated[bool, OBJECTIONS] = True,
    table: Annotated[Mapping[str, Any] | None, FromWithin(_("表"))] = None,
    subject: Annotated[BaseRecord | None, FromWithin(_("公示的事"))] = None,
    issuer: Annotated[str, FromWithin(_("发布单位"))] = "",
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
        last_day=due_after(begins, days),
        workdays=days,
        takes_objections=takes_objections,
        issuer=issuer or office_of(place, None),
        contact=contact or _how_to_reach(place),
        rules_label=book.label,
    )
    _record_posting(notice)
    _number(notice, today.year)
    return notice


def _takes_objections(notice: PublicNotice) -> Sentence | None:
    today = timezone.localdate()
    return rules.why_no_objection(notice.takes_objections, notice.posted_on, last_day_now(notice), today)


WHAT_IS_WRONG = Text(
    _("您对哪一点有异议，理由是什么"),
    most=2000,
    hint=_("例如：名单中某人不住在本社区。您写的内容只有经办人看得到。"),
    missing=_("请写明您对哪一点有异议、理由是什么。"),
)
HOW_TO_TELL = Phone(_("您的电话"), hint=_("留下电话，处理后发短信告诉您。不留也受理。"))


@verb("objection.raise", _("提出异议"), MAY, conditions=(_takes_objections,))
def raise_objection(
    notice: PublicNotice,
    *,
    by: Actor,
    text: Annotated[str, WHAT_IS_WRONG],
    contact: Annotated[str, HOW_TO_TELL] = "",
) -> Objection:
    """Object to a notice while it is posted; who objects stays with the desk, the receipt follows the answer."""
    today, book = timezone.localdate(), rules_for(notice.place)
    objection = Objection(
        notice=notice,
        place=notice.place,
        person=by if isinstance(by, Person) else None,
        text=text,
        contact=contact,
        received_on=today,
        answer_due=due_after(today, book.number("publicity.objection_answer_workdays")),
    )
    write_entry(objection, rules=book.label, private={"text": text}, notice=str(notice.pk))
    _give_receipt(objection, today.year)
    return objection


UPHELD = YesNo(
    _("处理结果"),
    yes=_("异议成立"),
    no=_("异议不成立"),
    hint=_("不成立的，公示期满后，被公示的事项照常进行；成立的，不能进入下一步，更正后重新公示。"),
)
REASON = Text(
    _("理由"),
    hint=_("会公开。写明核实了什么、依据什么；不要写异议人的姓名。"),
    missing=_("请写明处理结果和理由，这段文字会公开。"),
)


@verb(
    "objection.answer",
    _("答复异议"),
    MAY,
    before=lambda objection: objection.text,
    done=_("已经答复，处理结果已公开。"),
)
def answer_objection(
    objection: Objection, *, by: Actor, upheld: Annotated[bool, UPHELD], answer: Annotated[str, REASON]
) -> Objection:
    """Answer an objection, upheld or dismissed, with the reason that is published."""
    to = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    OBJECTION_LIFECYCLE.advance(objection, "objection.answer", to=to)
    objection.answer, objection.answered_on = answer.strip(), timezone.localdate()
    objection.save(update_fields=["state", "answer", "answered_on"])
    write_entry(objection, private={"answer": answer}, notice=str(objection.notice_id), upheld=upheld)
    _tell_objector(objection)
    return objection


def _is_over(notice: PublicNotice) -> Sentence | None:
    return rules.why_not_close(last_day_now(notice), unanswered(notice), timezone.localdate())


def _was_lengthened(notice: PublicNotice) -> Sentence | None:
    return None if last_day_now(notice) > notice.last_day else _("放假安排没有变化，公示期不用顺延。")


@verb(
    "notice.extend",
    _("顺延公示期"),
    MAY,
    before=lambda notice: _("放假安排有变化，公示期顺延到{day}。").format(day=chinese(last_day_now(notice), "weekday")),
    done=_("公示期已经顺延，公示页上写明了新的截止日期。"),
    conditions=(_was_lengthened,),
)
def extend_notice(notice: PublicNotice, *, by: Actor) -> PublicNotice:
    """Let a notice run as many working days as it promised, after holidays were announced that fall into them."""
    notice.last_day = last_day_now(notice)
    notice.save(update_fields=["last_day"])
    write_entry(notice, last_day=notice.last_day.isoformat())
    return notice


@verb(
    "notice.close",
    _("结束公示"),
    MAY,
    before=_("公示结果马上公开，以后不再受理异议。"),
    done=_("公示已经结束，结果已公开。"),
    conditions=(_is_over,),
)
def close_notice(notice: PublicNotice, *, by: Actor) -> PublicNotice:
    """Close a notice after its last day, once every objection has its answer, and publish the outcome."""
    today = timezone.localdate()
    answers = [
        rules.Answered(one.receipt, one.state == ObjectionState.UPHELD, one.answer) for one in notice.objections.all()
    ]
    upheld = sum(one.upheld for one in answers)
    LIFECYCLE.advance(notice, "notice.close", to=State.UPHELD if upheld else State.CLEAR)
    notice.closed_on, notice.outcome = today, rules.outcome(answers)
    notice.save(update_fields=["state", "closed_on", "outcome"])
    write_entry(notice, objections=len(answers), upheld=upheld)
    return notice


WHY_WITHDRAWN = Text(_("原因"), rows=3, hint=_("会公开。"), missing=_("请写明撤回的原因，原因会公开。"))


@verb("notice.withdraw", _("撤回公示"), MAY, done=_("公示已经撤回，原因已公开。"), kind="danger")
def withdraw_notice(notice: PublicNotice, *, by: Actor, reason: Annotated[str, WHY_WITHDRAWN]) -> PublicNotice:
    """Take a notice back with the reason; it stays readable, and what waited for it does not go on."""
    LIFECYCLE.advance(notice, "notice.withdraw")
    notice.closed_on, notice.outcome = timezone.localdate(), f"公示已撤回。原因：{reason}"
    notice.closed_on, notice.outcome = timezone.localdate(), f"公示已撤回。原因：{reason.strip()}"
    notice.save(update_fields=["state", "closed_on", "outcome"])
    write_entry(notice, private={"reason": reason}, objections=notice.objections.count())
    return notice


def _how_to_reach(place: Place) -> str:
    """The office people ring, as its place has announced it; without its name where both are too long."""
    office = nearest_office(place)
    if office is None:
        return ""
    way = office.telephone or office.address
    whole = f"{office.name} {way}"
    return whole if len(whole) <= LONGEST_CONTACT else way


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
    word = f"{notice.place.name}{rules.NUMBER_WORDS.get(str(notice.kind), '公告')}"

    def save(serials: range) -> None:
        notice.number = paper_number(word, year, serials[0])
        notice.save(force_insert=True)

    number_at_the_end(notice.place, Series.NOTICE, year, save)


def _give_receipt(objection: Objection, year: int) -> None:
    """Save an objection with its receipt. These run through the whole district, so that one number means one objection.

    No suggestion has such a number.
    """

    def save(serials: range) -> None:
        objection.receipt = receipt_number(year, rules.OBJECTIONS_FROM + serials[0])
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
    else:
        text_message(objection.contact, once=once, template="objection.answer", body=body, place_code=notice.place.code)
