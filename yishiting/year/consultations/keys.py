"""Who takes part, so that an answer given twice is found, and nothing else is.

The key is a keyed hash of the consultation and the person, or of the token in a visitor's browser: it cannot be read
backwards from the table, differs from one consultation to the next, and is erased at closing.
"""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.secrets import sealer
from yishiting.year.consultations.models import Consultation, Questionnaire

TOKEN_LEAST = 16


def participant_key(consultation: Consultation, by: Actor, token: str = "") -> str:
    """The key of whoever acts; a visitor needs a token."""
    if isinstance(by, Person):
        return _key("person", consultation, str(by.pk))
    if len(token) < TOKEN_LEAST:
        raise Refused(_("您的浏览器没有保存凭证，无法避免重复表态。请允许本站的 Cookie 后再试，或者登录后表态。"))
    return _key("visitor", consultation, token)


def author_key(consultation: Consultation, by: Actor, token: str = "") -> str:
    """Another key of the same person, for what they propose: it does not lead to how they answered."""
    return _key("author", consultation, participant_key(consultation, by, token))


def _key(kind: str, consultation: Consultation, who: str) -> str:
    return sealer().look_up(f"{kind}:{consultation.pk}:{who}")


def filled_key(questionnaire: Questionnaire, person: Person) -> str:
    """Of somebody signed in, whichever door they come by; differs from one questionnaire to the next."""
    return sealer().look_up(f"filled:{questionnaire.pk}:{person.pk}")
