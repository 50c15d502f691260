"""Statements: written by the desk, proposed by those who take part, shown or set aside."""

from typing import Annotated

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import CHOOSE, FromWithin, Text, YesNo
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.year.consultations.keys import author_key
from yishiting.year.consultations.models import Consultation, Statement
from yishiting.year.consultations.permissions import MAY
from yishiting.year.consultations.queries import limits_at
from yishiting.year.consultations.rules import why_closed, why_not_this_text
from yishiting.year.consultations.states import STATEMENT_LIFECYCLE, State, StatementState

NOTHING_SAID = _("请写下您的看法。")
KNOWN_VIEW = Text(
    _("一条看法"),
    rows=2,
    hint=_("一条只说一个意思；正反两面都要有，大家才有话可答。"),
    missing=NOTHING_SAID,
)
OWN_VIEW = Text(
    _("您的看法"),
    rows=3,
    hint=_("一条只说一个意思，不写人名和门牌号。例如：周末可以晚半小时结束"),
    missing=NOTHING_SAID,
)
TOKEN = FromWithin(_("访客的凭证"))
SHOWN = YesNo(_("这条看法"), yes=_("展示"), no=_("搁置"), missing=CHOOSE)
REASON = Text(
    _("为什么搁置"),
    rows=2,
    hint=_("例如：和第3条重复；点了具体人的名字。公布结果时会写明，提出的人也会看到。"),
)


def _is_the_time(consultation: Consultation) -> Sentence | None:
    return why_closed(consultation.opens, consultation.closes, timezone.localdate()) or None


@verb("statement.seed", _("起草看法"), MAY, done=_("已写下。"))
def seed_statement(consultation: Consultation, *, by: Actor, text: Annotated[str, KNOWN_VIEW]) -> Statement:
    """Write down a view that is known already, so that the first to come have something to answer."""
    statement = _add(consultation, text, state=StatementState.SHOWN, seeded=True)
    write_entry(statement, number=statement.number, consultation=str(consultation.pk), private={"text": statement.text})
    return statement


@verb(
    "statement.propose",
    _("补充看法"),
    MAY,
    done=_("收到了，谢谢。经办人看过以后，会请大家对它表态。"),
    conditions=(_is_the_time,),
)
def propose_statement(
    consultation: Consultation, *, by: Actor, text: Annotated[str, OWN_VIEW], token: Annotated[str, TOKEN] = ""
) -> Statement:
    """Add a view of one's own; the desk looks at it before others answer it."""
    who, most = author_key(consultation, by, token), limits_at(consultation.place).each_most
    if consultation.statements.filter(author_key=who).count() >= most:
        raise Refused(
            _("每人最多补充 %(n)s 条，请把机会留给别人。您还可以对别人的看法表态。") % {"n": most}, field="text"
        )
    author = by if isinstance(by, Person) else None
    statement = _add(consultation, text, state=StatementState.PROPOSED, author=author, author_key=who)
    private = {"text": statement.text}
    write_entry(statement, number=statement.number, consultation=str(consultation.pk), private=private)
    return statement


def _is_not_closed(statement: Statement) -> Sentence | None:
    return None if statement.consultation.state in (State.DRAFT, State.OPEN) else _("已经截止，看法不再改动。")


def _said_of(statement: Statement) -> Sentence:
    shown = statement.state == StatementState.SHOWN
    return _("已展示，大家可以表态了。") if shown else _("已搁置，原因会告诉提出的人。")


@verb(
    "statement.moderate",
    _("审核看法"),
    MAY,
    before=lambda statement: statement.text,
    done=_said_of,
    conditions=(_is_not_closed,),
)
def moderate_statement(
    statement: Statement, *, by: Actor, shown: Annotated[bool, SHOWN], reason: Annotated[str, REASON] = ""
) -> Statement:
    """Show a view to everybody, or set it aside with the reason; the author is told."""
    if not shown and not reason:
        raise Refused(_("搁置一条看法，请写明原因，提出的人会看到。"), field="reason")
    to = StatementState.SHOWN if shown else StatementState.SET_ASIDE
    STATEMENT_LIFECYCLE.advance(statement, "statement.moderate", to=to)
    statement.reason = "" if shown else reason
    statement.save(update_fields=["state", "reason"])
    _tell_author(statement)
    write_entry(statement, number=statement.number, to=str(to), private={"reason": statement.reason})
    return statement


def _add(consultation: Consultation, text: str, **more: object) -> Statement:
    words = " ".join(text.split())
    others = consultation.statements.values_list("text", flat=True)
    wrong = why_not_this_text(words, others, limits_at(consultation.place).text_most)
    if wrong:
        raise Refused(wrong, field="text")
    last = consultation.statements.aggregate(last=Max("number"))["last"] or 0
    fields = {"consultation": consultation, "place": consultation.place, "number": last + 1, "text": words, **more}
    return Statement.objects.create(**fields)


def _tell_author(statement: Statement) -> None:
    if statement.author is None:
        return
    shown = statement.state == StatementState.SHOWN
    says = "已经展示，大家可以表态了。" if shown else f"没有展示，原因：{statement.reason}"
    tell(
        statement.author,
        once=f"statement.moderate:{statement.pk}:{statement.revision}",
        template="statement.moderate",
        subject=f"您补充的看法：{statement.text}",
        body=says,
        audience=Audience.PUBLIC,
        about=statement.consultation,
        place_code=statement.place.code,
    )
