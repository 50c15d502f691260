"""Forgetting who said it when a resident asks to be forgotten; whose a receipt is; which sheets a session can have."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import said
from yishiting.ground.common.refused import Refused
from yishiting.year.consultations.models import Questionnaire
from yishiting.year.suggestions.actions import forget_proposer
from yishiting.year.suggestions.models import SolicitationSession, Suggestion


def forget(sender: type[Person], person: Person, **_more: Any) -> None:
    """One hop: the suggestion's own verb does it."""
    forget_proposer(person, by=person)


def proposer_of(sender: type[Person], receipt: str, **_more: Any) -> Person | None:
    """The account that the suggestion of this receipt was made with."""
    digits = "".join(sign for sign in receipt if sign.isdigit())
    found = Suggestion.objects.filter(receipt=digits).select_related("proposer").first()
    return found.proposer if found is not None else None


def fits_its_session(
    sender: type[Questionnaire], questionnaire: Questionnaire, session_id: str, sheet: int, **_more: Any
) -> None:
    """A sheet is of a session held while the questionnaire was open, and no more sheets are than people came."""
    session = _session(questionnaire, session_id)
    if session is None:
        raise Refused(_("这里没有这一场，或已经撤销。请重新选择在哪一场收到的。"), field="session_id")
    if not questionnaire.opens <= session.held_on <= questionnaire.closes:
        day = said(session.held_on, "plain")
        raise Refused(_("这一场是%(day)s开的，问卷那天没有在填。请核对场次。") % {"day": day}, field="session_id")
    if sheet > session.participant_count:
        told = {"n": session.participant_count, "sheet": sheet}
        sentence = _("这一场登记了%(n)s人参加，不会有第%(sheet)s张。请核对编号；人数登记错了的，请先“更正征集场次”。")
        raise Refused(sentence % told, field="sheet")


def _session(questionnaire: Questionnaire, session_id: str) -> SolicitationSession | None:
    """The session of this key, at the place of the questionnaire or below it."""
    here = SolicitationSession.objects.standing().filter(
        place__division_path__startswith=questionnaire.place.division_path
    )
    try:
        return here.filter(pk=UUID(session_id)).first()
    except ValueError:
        return None
