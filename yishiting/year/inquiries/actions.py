"""Asking the office above about policy and procedure, and answering."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import OneOf, Ref, Text, YesNo, line
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import told_of
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.dossiers.models import Dossier
from yishiting.year.inquiries.models import Exchange, Inquiry, Part, RuleName
from yishiting.year.inquiries.permissions import MAY
from yishiting.year.inquiries.queries import matter_called, matters_of, named, offices_above
from yishiting.year.inquiries.states import LIFECYCLE

WHICH_RULE = OneOf(_("关于哪一条规则"), RuleName, hint=_("答复会和这条规则放在一起，别的地方也能看到。"))
WHICH_MATTER = Ref(
    _("关于哪一件事项"),
    matters_of,
    find=named,
    called=matter_called,
    offered=lambda place: matters_of(place).none(),
    hint=_("不是关于规则的，写受理号、建议案编号或案由。"),
)
TO = Ref(
    _("向哪里提出"),
    offices_above,
    key="code",
    called=lambda place: place.name,
    initial=lambda place: offices_above(place).first(),
    hint=_("不选的，向区里提出。"),
)
QUESTION = Text(
    _("具体情况和问题"),
    rows=6,
    hint=_("写清楚遇到了什么情况、规则哪里拿不准、打算怎么办。不要写居民的姓名、电话和住址。"),
    missing=_("请写明要问什么。"),
)


@verb("inquiry.ask", _("提出政策程序问题"), MAY, done=_("已提出，答复期限从今天起算，答复以后会通知您。"))
def ask(
    place: Place,
    *,
    by: Person,
    title: Annotated[str, line(_("问题"), most=120, missing=_("请用一句话写明问题。"))],
    text: Annotated[str, QUESTION],
    rule: Annotated[str, WHICH_RULE] = "",
    dossier: Annotated[Dossier | None, WHICH_MATTER] = None,
    asked_at: Annotated[Place | None, TO] = None,
) -> Inquiry:
    """Ask the office of the subdistrict or the district how a rule is meant, or how a matter is to be dealt with."""
    if not rule and dossier is None:
        raise Refused(_("请选问题是关于哪一条规则，或哪一件事项。"), field="rule")
    there = asked_at or offices_above(place)[0]
    today, book = timezone.localdate(), rules_for(there)
    inquiry = Inquiry.objects.create(
        place=place,
        asked_at=there,
        rule=str(rule),
        dossier=dossier,
        title=title,
        asked_by=by,
        asked_on=today,
        due=due_after(today, book.number("inquiry.answer_workdays")),
        rules_label=book.label,
    )
    _say(inquiry, Part.QUESTION, text, by)
    write_entry(
        inquiry,
        rules=book.label,
        about_rule=inquiry.rule,
        place=there.code,
        due=inquiry.due.isoformat(),
        private={"title": title, "text": text},
    )
    return inquiry


@verb(
    "inquiry.answer",
    _("答复问题"),
    MAY,
    before=lambda inquiry: inquiry.exchanges.exclude(part=Part.ANSWER).last().text,
    done=lambda one: str(_("已答复；关于规则的，答复已和规则放在一起。")) + told_of(_step(one, "answer")).words,
)
def answer(
    inquiry: Inquiry,
    *,
    by: Actor,
    text: Annotated[str, Text(_("答复"), rows=6, missing=_("请写明答复。"))],
    public: Annotated[bool, YesNo(_("这个问题和答复对外公开吗"), yes=_("公开"), no=_("只给各级工作台看"))],
) -> Inquiry:
    """Answer; the answer is kept with the rule, beside the ones before it, and whoever asked is told."""
    LIFECYCLE.advance(inquiry, "inquiry.answer")
    inquiry.answered_on, inquiry.public = timezone.localdate(), public
    inquiry.save(update_fields=["state", "answered_on", "public"])
    _say(inquiry, Part.ANSWER, text, by)
    write_entry(inquiry, about_rule=inquiry.rule, public=public, private={"answer": text})
    _tell_the_asker(inquiry, "answer", f"您提出的问题“{inquiry.title}”有了答复：{text}")
    return inquiry


@verb(
    "inquiry.ask_back",
    _("请补充说明"),
    MAY,
    done=lambda one: str(_("已退回，补充以后重新计算期限。")) + told_of(_step(one, "ask_back")).words,
)
def ask_back(
    inquiry: Inquiry,
    *,
    by: Actor,
    text: Annotated[str, Text(_("要补充什么"), rows=3, missing=_("请写明要补充什么。"))],
) -> Inquiry:
    """Ask back where a question is not clear; it waits for more words."""
    LIFECYCLE.advance(inquiry, "inquiry.ask_back")
    inquiry.save(update_fields=["state"])
    _say(inquiry, Part.ASKED_BACK, text, by)
    write_entry(inquiry, private={"text": text})
    _tell_the_asker(inquiry, "ask_back", f"您提出的问题“{inquiry.title}”请补充说明：{text}")
    return inquiry


@verb("inquiry.follow_up", _("补充或追问"), MAY, done=_("已交给对方，答复期限重新计算。"))
def follow_up(
    inquiry: Inquiry,
    *,
    by: Actor,
    text: Annotated[str, Text(_("补充的情况，或还要问什么"), missing=_("请写明补充的情况，或还要问什么。"))],
) -> Inquiry:
    """Add what was asked for, or ask on where the answer leaves something open; it waits at the office again."""
    LIFECYCLE.advance(inquiry, "inquiry.follow_up")
    days = rules_for(inquiry.asked_at).number("inquiry.answer_workdays")
    inquiry.due = due_after(timezone.localdate(), days)
    inquiry.save(update_fields=["state", "due"])
    _say(inquiry, Part.MORE, text, by)
    write_entry(inquiry, due=inquiry.due.isoformat(), private={"text": text})
    return inquiry


@verb("inquiry.withdraw", _("撤回问题"), MAY, done=_("问题已撤回。"), kind="danger")
def withdraw(
    inquiry: Inquiry,
    *,
    by: Actor,
    reason: Annotated[str, line(_("为什么撤回"), missing=_("请写明为什么撤回。"))],
) -> Inquiry:
    """Take a question back that has become needless or was put wrongly; it stays on file."""
    LIFECYCLE.advance(inquiry, "inquiry.withdraw")
    inquiry.save(update_fields=["state"])
    write_entry(inquiry, private={"reason": reason})
    return inquiry


def _say(inquiry: Inquiry, part: Part, text: str, by: Actor) -> None:
    Exchange.objects.create(
        inquiry=inquiry,
        part=part,
        text=text,
        said_by=by if isinstance(by, Person) else None,
        said_on=timezone.localdate(),
    )


def _tell_the_asker(inquiry: Inquiry, step: str, body: str) -> None:
    asker = inquiry.asked_by
    if asker is None:
        return
    tell(
        asker,
        once=_step(inquiry, step),
        template=f"inquiry.{step}",
        subject="您提出的问题",
        body=body,
        audience=Audience.DESK if offices_of(asker) else Audience.REPRESENTATIVE,
        about=inquiry,
        place_code=inquiry.place.code,
    )


def _step(inquiry: Inquiry, step: str) -> str:
    return f"inquiry.{step}:{inquiry.pk}:{inquiry.revision}"
