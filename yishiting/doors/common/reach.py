"""Telephone numbers on pages and in answers: whole for the desk that calls them, masked for whoever only reads."""

from yishiting.ground.common.masking import mask_phone
from yishiting.ground.common.predicates import Actor, Question
from yishiting.year.councils.models import Candidate
from yishiting.year.councils.permissions import MAY


def candidates_phone(actor: Actor, candidate: Candidate) -> str:
    """As this actor reads it: whoever takes nominations there has to call, the offices above do not."""
    calls = MAY["candidate.nominate"].why_not(Question(actor, candidate)) is None
    return candidate.phone if calls else mask_phone(candidate.phone)
