"""Who may read a message and who may send it again."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import administers, oneself, the_clock, the_operator
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import Place

its_addressee = Predicate(
    lambda ask: isinstance(ask.actor, Person) and ask.thing.to_id == ask.actor.pk,
    _("收件人本人"),
    _("这是别人的消息，只有收件人可以查看。"),
)


def _keeps(ask: Question) -> bool:
    """A message knows its place by the code."""
    code = ask.thing.place_code
    if not isinstance(ask.actor, Person) or not code:
        return False
    here = (held for held in offices_of(ask.actor, ask.today) if _is_of(code, held.place))
    found = [held.office for held in here if not held.only_watches]
    ask.offices.extend(found)
    return bool(found)


def _is_of(code: str, place: Place) -> bool:
    """Codes of places are nested; a closed place and one put under another subdistrict keep theirs."""
    return code.startswith(place.code) or Place.objects.under(place).filter(code=code).exists()


keeps_its_place = Predicate(
    _keeps,
    _("消息所属地方或上级的经办人（监督、审计人员除外）"),
    _("消息由发出它的地方或上级的经办人重发；监督、审计人员只查看。"),
)

MAY: Permissions = {
    "call.note": at_desk,
    "message.ring_instead": the_clock,
    "message.read": its_addressee,
    "message.read_all": oneself,
    "message.resend": keeps_its_place | administers("system", _("系统管理员")) | the_operator,
}
