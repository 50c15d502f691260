"""The session of a hearing is taken back with the hearing."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.year.hearings.models import Hearing
from yishiting.year.hearings.states import State
from yishiting.year.suggestions.models import SolicitationSession


@guards("session.withdraw")
def held_as_a_hearing(session: SolicitationSession) -> Sentence | None:
    """The sentence that leads to the hearing; None where the session is none."""
    held = Hearing.objects.filter(session=session, state__in=(State.HELD, State.PUBLISHED)).exists()
    return _("这一场是问政会，请在问政会的页面“取消问政会”，场次一起撤销。") if held else None
