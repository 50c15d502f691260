"""Who asks about policy and procedure, who answers, who reads."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import at_desk, of_the_level, reads_here
from yishiting.year.councils.permissions import represents_here
from yishiting.year.inquiries.models import Inquiry


def _of_the_office(ask: Question) -> bool:
    there = getattr(ask.thing, "asked_at", ask.thing)
    return at_desk.test(replace(ask, thing=there))


def _office(ask: Question) -> str:
    there = getattr(ask.thing, "asked_at", ask.thing)
    return str(_("这个问题由%(place)s的工作台答复。") % {"place": there.name})


#: The desk of the place that was asked; of a place itself, its own desk.
answers_here = Predicate(_of_the_office, _("被问到的街乡或区的工作台"), _office)

the_asker = Predicate(
    lambda ask: isinstance(ask.actor, Person) and ask.actor.pk == getattr(ask.thing, "asked_by_id", None),
    _("提问的人"),
    _("这一步由提问的人或提问地方的工作台办理。"),
)
#: Everybody with an office at the place, those who watch and those who handle matters too.
in_office_here = of_the_level(_("本地各部门、监督人员"), lambda desk: (*desk.everybody, Office.HANDLING_OFFICER))
asks_here = in_office_here | represents_here
#: The office, the asker's own desk and those above it, and the asker.
reads_inquiry = answers_here | reads_here | the_asker

MAY: Permissions = {
    "inquiry.ask": asks_here,
    "inquiry.answer": answers_here,
    "inquiry.ask_back": answers_here,
    "inquiry.follow_up": at_desk | the_asker,
    "inquiry.withdraw": at_desk | the_asker,
}

read_by(reads_inquiry, Inquiry)
