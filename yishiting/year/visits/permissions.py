"""Who goes there, who asks, and who replies."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import anyone
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, at_desk_above, reads_here
from yishiting.year.visits.models import CouncilQuestion, SentDraft, SiteVisit
from yishiting.year.visits.queries import is_proposer


def _proposed(ask: Question) -> bool:
    return (
        isinstance(ask.actor, Person)
        and isinstance(ask.thing, SentDraft)
        and is_proposer(ask.actor, ask.thing.proposal)
    )


the_proposer = Predicate(
    _proposed,
    _("提出这件事的人"),
    _("这里请提出这件事的人本人答复。请用当时提建议的账号登录；没有账号的，打电话或到居（村）委会说，由工作人员代录。"),
)


def _at_the_desk_asked(ask: Question) -> bool:
    return at_desk.test(replace(ask, thing=getattr(ask.thing, "asked_at", ask.thing)))


asked_here = Predicate(_at_the_desk_asked, _("被征求意见的社区（村）"), _("这一步由被征求意见的社区（村）工作台办理。"))

MAY: Permissions = {
    "proposal.visit": at_desk | at_desk_above,
    "visit.withdraw": at_desk | at_desk_above,
    "proposal.hear": at_desk | at_desk_above,
    "proposal.ask_proposers": at_desk,
    "draft.reply": the_proposer,
    "suggestion.reply_to_draft": anyone,
    "draft.note": at_desk,
    "reply.withdraw": at_desk | at_desk_above,
    "proposal.ask_council": at_desk,
    "council_question.answer": asked_here,
    "council_question.withdraw": at_desk,
}

read_by(reads_here, SiteVisit)
read_by(reads_here | asked_here, CouncilQuestion)
