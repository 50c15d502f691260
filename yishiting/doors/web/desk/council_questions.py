"""What the place above asks the council of a community about its draft: one question, its answer, what may be done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.predicates import Question
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.visits.models import CouncilQuestion
from yishiting.year.visits.permissions import asked_here
from yishiting.year.visits.states import QuestionState

RELATED = ("place", "asked_at", "proposal__place", "meeting")

know(Noun(CouncilQuestion, pages={"desk": "desk-council-question"}, related=RELATED, called=lambda one: one.title))


@door(CouncilQuestion, needs=reads_here | asked_here, related=RELATED)
def council_question(request: Request, asked: CouncilQuestion) -> HttpResponse:
    """What is asked, the draft as it read then, and what the council said."""
    home = Link(_("工作台"), reverse("desk-home"))
    shown = {
        "asked": asked,
        "facts": facts_of(asked, reads_proposal=reads_here.why_not(Question(request.actor, asked.proposal)) is None),
        "verbs": buttons(request, asked, asleep=False, room="desk"),
        "crumbs": [home, Link(_("征求社区议事协商会意见"), "")],
        "waits": asked.state == QuestionState.ASKED,
    }
    return render(request, "desk/council_question.html", shown)


def facts_of(asked: CouncilQuestion, *, reads_proposal: bool) -> list[Fact]:
    """Who asks whom, by when, and where it was discussed."""
    page = reverse("desk-proposal", args=[asked.proposal_id]) if reads_proposal else ""
    found = [
        Fact(_("谁来征求"), f"{asked.place.name}，{cn_date(asked.asked_on)}"),
        Fact(_("征求谁"), _("%(place)s议事协商会") % {"place": asked.asked_at.name}),
        Fact(_("建议案"), f"{asked.proposal.number} {asked.proposal.title}", page),
    ]
    if asked.state == QuestionState.ASKED:
        return [*found, Fact(_("答复期限"), cn_date(asked.due))]
    if asked.state == QuestionState.WITHDRAWN:
        return [*found, Fact(_("不再征求的原因"), asked.withdrawn_because)]
    held = [Fact(_("会议"), asked.meeting.title)] if asked.meeting is not None else []
    return [*found, Fact(_("讨论日期"), cn_date(asked.discussed_on)), *held]


urlpatterns = [path("council-questions/<uuid:pk>/", council_question, name="desk-council-question")]
