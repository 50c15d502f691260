"""第三方评价: the one project somebody from outside was asked about, until a day, and the report on it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.evaluations import OF_ONE, report_facts
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.projects import works_told
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.files.queries import attachments_of
from yishiting.year.evaluation.models import ThirdParty
from yishiting.year.evaluation.permissions import the_evaluator

know(Noun(ThirdParty, pages={"me": "my-evaluation"}, part_of="project", related=OF_ONE))


@door(ThirdParty, needs=the_evaluator, related=OF_ONE)
def my_evaluation(request: Request, one: ThirdParty) -> HttpResponse:
    """What is asked, everything on the project, and the report once it is handed in."""
    shown = {
        "one": one,
        "facts": [Fact(_("请评价什么"), one.question), Fact(_("评价到哪一天"), cn_date(one.until))],
        "work": works_told([one.project])[0],
        "report": report_facts(one),
        "files": papers(attachments_of(one), request),
        "verbs": buttons(request, one, "third_party.hand_in", room="me"),
        "crumbs": [Link(_("我的"), reverse("my-home")), Link(one.project.title, "")],
    }
    return render(request, "resident/evaluation.html", shown)


urlpatterns = [path("evaluations/<uuid:pk>/", my_evaluation, name="my-evaluation")]
