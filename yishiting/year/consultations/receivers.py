"""What consultations have to say when two accounts are to be joined."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.year.consultations.keys import filled_key, participant_key
from yishiting.year.consultations.models import Consultation, Filled
from yishiting.year.consultations.states import State


def refuse_while_one_could_answer_twice(sender: type[Person], former: Person, **_more: Any) -> None:
    """Who has answered with the old account waits until the answering is over: with the new one they could do it again."""
    for one in Consultation.objects.filter(state=State.OPEN):
        if one.participants.filter(key=participant_key(one, former)).exists():
            raise Refused(_("原账号参加了正在进行的“%(title)s”。请等它截止以后再合并。") % {"title": one})
    for filled in Filled.objects.filter(questionnaire__state=State.OPEN).select_related("questionnaire"):
        if filled.key == filled_key(filled.questionnaire, former):
            title = filled.questionnaire.title
            raise Refused(_("原账号参加了正在进行的“%(title)s”。请等它截止以后再合并。") % {"title": title})
