"""Drafting a consultation, changing the draft, opening it."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.consultations.models import Consultation
from yishiting.year.consultations.permissions import MAY
from yishiting.year.consultations.queries import limits_at
from yishiting.year.consultations.rules import why_not_these_days
from yishiting.year.consultations.states import LIFECYCLE, State, StatementState


@verb("consultation.draft", "起草意见征求", MAY)
def draft_consultation(
    place: Place, *, by: Actor, title: str, question: str, opens: date, closes: date, subject: BaseRecord | None = None
) -> Consultation:
    """Draft a consultation: what people are asked about, from when until when, about which matter."""
    check_words(title, question, opens, closes)
    consultation = Consultation.objects.create(
        place=place,
        title=title.strip(),
        question=question.strip(),
        opens=opens,
        closes=closes,
        subject_kind=labelled(subject) if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
    )
    write_entry(consultation, private={"title": consultation.title}, opens=opens.isoformat(), closes=closes.isoformat())
    return consultation


@verb("consultation.amend", "修改意见征求", MAY)
def amend_consultation(
    consultation: Consultation, *, by: Actor, title: str, question: str, opens: date, closes: date
) -> Consultation:
    """Change the words or the days before anybody has answered."""
    LIFECYCLE.advance(consultation, "consultation.amend")
    check_words(title, question, opens, closes)
    consultation.title, consultation.question = title.strip(), question.strip()
    consultation.opens, consultation.closes = opens, closes
    consultation.save(update_fields=["title", "question", "opens", "closes"])
    write_entry(consultation, private={"title": consultation.title}, opens=opens.isoformat(), closes=closes.isoformat())
    return consultation


@verb("consultation.open", "开始征求意见", MAY)
def open_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """Open a consultation to everybody, with the first statements to answer."""
    LIFECYCLE.advance(consultation, "consultation.open", to=State.OPEN)
    wrong = why_not_these_days(consultation.opens, consultation.closes, timezone.localdate())
    if wrong:
        raise Refused(wrong, field="closes")
    least = limits_at(consultation.place).seeds_least
    seeds = consultation.statements.filter(state=StatementState.SHOWN).count()
    if seeds < least:
        raise Refused(
            _("先写下至少 %(n)s 条不同的看法，再开始征求，第一个来的人才有话可答。") % {"n": least}, field="text"
        )
    book = rules_for(consultation.place)
    consultation.rules_label = book.label
    consultation.save(update_fields=["state", "rules_label"])
    write_entry(
        consultation,
        rules=book.label,
        seeds=seeds,
        opens=consultation.opens.isoformat(),
        closes=consultation.closes.isoformat(),
    )
    return consultation


def check_words(title: str, question: str, opens: date, closes: date) -> None:
    """Refuse what cannot be put to people."""
    if not title.strip():
        raise Refused(_("请写一个名称。"), field="title")
    if not question.strip():
        raise Refused(_("请写明请大家表态的是什么事。"), field="question")
    wrong = why_not_these_days(opens, closes, timezone.localdate())
    if wrong:
        raise Refused(wrong, field="closes")
