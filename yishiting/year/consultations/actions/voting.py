"""Answering a statement. No verb and no ledger row: a row for every answer would say who answered what, and when.

What the ledger holds instead is the hash of the whole table, written at closing (docs/decisions/0006).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.models import moment
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.year.consultations.keys import participant_key
from yishiting.year.consultations.models import Choice, Consultation, OpinionVote, Participant, Statement
from yishiting.year.consultations.permissions import answers_statements
from yishiting.year.consultations.rules import why_closed
from yishiting.year.consultations.states import State, StatementState


def answer_statement(statement: Statement, *, by: Actor, choice: int, token: str = "") -> OpinionVote:
    """Agree, disagree or pass on one statement; who answers again changes the answer."""
    with transaction.atomic():
        consultation = Consultation.objects.select_for_update(of=("self",), no_key=True).get(
            pk=statement.consultation_id
        )
        statement.refresh_from_db()
        _check(consultation, statement, by, choice)
        key = participant_key(consultation, by, token)
        day = moment().replace(hour=0, minute=0, second=0, microsecond=0)  # no more than the day is kept
        who, _new = Participant.objects.get_or_create(consultation=consultation, key=key, defaults={"created_at": day})
        vote = OpinionVote.objects.filter(participant=who, statement=statement).first()
        vote = vote or OpinionVote(participant=who, statement=statement, created_at=day)
        vote.choice = choice
        vote.save()
    return vote


def _check(consultation: Consultation, statement: Statement, by: Actor, choice: int) -> None:
    refusal = answers_statements.why_not(Question(by, consultation))
    if refusal is not None:
        raise NotAllowed(refusal)
    if consultation.state != State.OPEN:
        raise WrongState(_("这次征求现在不能表态。"))
    closed = why_closed(consultation.opens, consultation.closes, timezone.localdate())
    if closed:
        raise Refused(closed)
    if statement.state != StatementState.SHOWN:
        raise WrongState(_("这条看法没有展示，不能表态。"))
    if choice not in Choice.values:
        raise Refused(_("请选同意、不同意或说不好。"), field="choice")
