"""建议: the list of a place, one of them, and solving it on the spot."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.lists.suggestions import SUGGESTIONS, TONES
from yishiting.doors.web.desk.suggestion_verbs import decided, verbs_of
from yishiting.doors.web.desk.suggestions_forms import SettleForm
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.doors.web.shared.timelines import timeline
from yishiting.ground.common.predicates import Question
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.ledger.queries import history_of
from yishiting.ground.organisations.permissions import at_community_desk
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions import settle_suggestion
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.permissions import reads_here
from yishiting.year.suggestions.queries.receipts import slip_token
from yishiting.year.suggestions.states import State

RELATED = (
    "place", "session", "batch", "estate", "recorded_by", "proposer", "category", "responsible", "merged_into",
    "split_from",
)  # fmt: skip


def _around(request: Request, place: Place) -> Around:
    here = _("%(place)s的建议") % {"place": place.name}
    return Around(here, crumbs(place), tabs=tabs(request.actor, place, "desk-suggestions"))


@door(Suggestion, needs=reads_here, related=RELATED)
def suggestion(request: Request, suggestion: Suggestion) -> HttpResponse:
    """One suggestion: the words, where they came from, what was decided, what may be done."""
    shown = {
        "suggestion": suggestion,
        "tone": TONES.get(suggestion.state, "plain"),
        "facts": _facts(suggestion),
        "person": _person(request, suggestion),
        "answers": suggestion.answers.all(),
        "files": papers(attachments_of(suggestion), request),
        "verbs": verbs_of(request, suggestion),
        **decided(suggestion),
        "timeline": timeline(history_of([suggestion])),
        "receipt_url": reverse("suggestion-receipt", args=[slip_token(suggestion)]),
        "crumbs": crumbs(suggestion.place, Link(spoken(suggestion.receipt), "")),
    }
    return render(request, "desk/suggestion.html", shown)


@door(Suggestion, needs="suggestion.settle", related=("place", "proposer"))
def settle(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Say how it was solved on the spot."""
    here = reverse("desk-suggestion", args=[suggestion.pk])
    return perform(
        request,
        SettleForm(request.POST or None),
        lambda text: settle_suggestion(suggestion, by=request.actor, text=text),
        page="desk/form.html",
        to=here,
        done=_("已记为当场解决，答复已告诉本人。"),
        context={
            "title": _("当场解决：%(title)s") % {"title": suggestion.title},
            "submit": _("记为当场解决"),
            "back": here,
            "revision": suggestion.token,
            "crumbs": crumbs(suggestion.place, Link(spoken(suggestion.receipt), here), Link(_("当场解决"), "")),
        },
    )


def _facts(suggestion: Suggestion) -> list[Fact]:
    """Where it came from and by when what is due."""
    session = suggestion.session
    facts = [
        Fact(_("受理号"), spoken(suggestion.receipt)),
        Fact(_("渠道"), suggestion.get_channel_display()),
        Fact(_("收到"), cn_date(suggestion.received_on)),
        Fact(_("地点"), suggestion.where),
        Fact(_("初审期限"), cn_date(suggestion.screen_due) if suggestion.state == State.RECEIVED else ""),
        Fact(_("征集场次"), session or "", reverse("desk-session", args=[session.pk]) if session else ""),
        Fact(_("原编号"), suggestion.outside_number),
        Fact(_("提出时间"), cn_date(suggestion.said_at, "time") if suggestion.said_at else ""),
        Fact(_("录入"), suggestion.recorded_by or ""),
        Fact(_("读回"), (_("已读回") if suggestion.read_back else _("没有读回")) if suggestion.recorded_by else ""),
    ]
    return [fact for fact in facts if fact.value]


def _person(request: Request, suggestion: Suggestion) -> list[Fact]:
    """Who said it: only for the desk that has to answer."""
    if at_community_desk.why_not(Question(request.actor, suggestion)) is not None:
        return []
    facts = [
        Fact(_("提出人"), suggestion.proposer_name),
        Fact(_("联系电话"), suggestion.proposer_phone),
        Fact(_("希望联系"), _("是") if suggestion.wants_contact else _("否")),
        Fact(_("公开方式"), suggestion.get_naming_display()),
    ]
    return [fact for fact in facts if fact.value]


urlpatterns = [
    path("p/<str:code>/suggestions/", list_page(SUGGESTIONS, _around), name="desk-suggestions"),
    path("suggestions/<uuid:pk>/", suggestion, name="desk-suggestion"),
    path("suggestions/<uuid:pk>/settle/", settle, name="suggestion-settle"),
]
