"""建议: the list of a place, and one of them with everything that was decided about it and may be done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.suggestions import AREA, SUGGESTIONS, TONES
from yishiting.doors.web.desk.joined import joined_with
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.beside import beside
from yishiting.doors.web.shared.bulk import WAYS, Way
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.doors.web.shared.photos import hung
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.doors.web.shared.timelines import timeline
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.organisations.permissions import at_desk, reads_here
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.rules import spoken
from yishiting.year.proposals.queries import ready_suggestions
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import seen_by_all
from yishiting.year.suggestions.queries.receipts import slip_token
from yishiting.year.suggestions.queries.screening import past_of
from yishiting.year.suggestions.states import State

RELATED = (
    "place", "session", "batch", "estate", "recorded_by", "proposer", "category", "responsible", "section", "merged_into__place",
    "dossier__lies_at", "split_from",
)  # fmt: skip


def _followed(name: str) -> Callable[[Suggestion], str]:
    """A page of the proposer's, reached by the address on the slip; the desk goes the same way to write for them."""
    return lambda suggestion: reverse(name, args=[slip_token(suggestion)])


know(
    Noun(
        Suggestion,
        pages={"desk": "desk-suggestion"},
        lists={"desk": ("desk-suggestions", gettext_lazy("建议"))},
        related=RELATED,
        by_hand={
            "suggestion.screen": "suggestion-screen",
            "suggestion.merge": "suggestion-merge",
            "suggestion.keep_apart": "suggestion-merge",
            "suggestion.split": "suggestion-split",
            "suggestion.supplement": _followed("follow-supplement"),
            "suggestion.appeal": _followed("follow-appeal"),
            "suggestion.reply_to_draft": _followed("follow-draft"),
        },
    )
)


#: One answer for those that were picked: each proposer is told once.
WAYS["suggestion.answer_many"] = Way(
    "suggestion.answer",
    VERBS["suggestion.answer_many"].label,
    VERBS["suggestion.answer_many"].run,
    words=gettext_lazy("每一位提出人都会收到，一个人提了几条的只告知一次。"),
    together=("suggestion.answer_many", "suggestions"),
)
know(Noun(Place, by_hand={"suggestion.answer_many": "desk-suggestions"}))


def _around(request: Request, place: Place) -> Around:
    here = _("%(place)s的建议") % {"place": place.name}
    return Around(here, crumbs(place), tabs=tabs(request.actor, place, "desk-suggestions"))


def _around_area(request: Request, place: Place) -> Around:
    here = _("%(place)s：下级的建议") % {"place": place.name}
    return Around(
        here, crumbs(place, Link(_("下级的建议"), "")), tabs=tabs(request.actor, place, "desk-area-suggestions")
    )


@door(Suggestion, needs=reads_here, related=RELATED)
def suggestion(request: Request, suggestion: Suggestion) -> HttpResponse:
    """One suggestion: the words, where they came from, what was decided, what may be done."""
    matter = matter_of(suggestion)
    shown = {
        "suggestion": suggestion,
        "seen_by_all": seen_by_all(suggestion),
        "may_black_out": why_not(request.actor, "suggestion.black_out", suggestion) is None,
        "tone": TONES.get(suggestion.state, "plain"),
        "facts": _facts(suggestion),
        "person": _person(request, suggestion),
        "answers": suggestion.answers.all(),
        "hung": hung(attachments_of(suggestion), suggestion.title, request=request),
        "verbs": _verbs(request, suggestion),
        **_decided(suggestion),
        **joined_with(request, suggestion),
        "beside": beside(matter, "desk", suggestion, request.actor),
        "steps": steps(matter, timezone.localdate()),
        "summary": summary(matter),
        "timeline": timeline(matter.entries),
        "receipt_url": reverse("suggestion-receipt", args=[slip_token(suggestion)]),
        "crumbs": trail(request, suggestion, "desk"),
    }
    return render(request, "desk/suggestion.html", shown)


def _verbs(request: Request, suggestion: Suggestion) -> list[Button]:
    """What is valid, classed and in no proposal yet goes into one: then that is the usual next step."""
    place, found = suggestion.place, buttons(request, suggestion, room="desk")
    rare = VERBS["suggestion.set_special"].label  # most of the year there is no emergency to speak of
    found = [one for one in found if one.why_not is None or one.label != rare]
    if suggestion.state != State.VALID or why_not(request.actor, "proposal.draft", place) is not None:
        return found
    if not ready_suggestions(place).filter(pk=suggestion.pk).exists():
        return found
    address = f"{reverse('proposal-draft', args=[place.code])}?suggestion={suggestion.pk}"
    first = Button(VERBS["proposal.draft"].label, address, "primary", "get")
    return [first, *(replace(one, kind="plain") if one.kind == "primary" else one for one in found)]


def _decided(suggestion: Suggestion) -> dict[str, Any]:
    """What was decided: screenings, additions, appeals; what it was split into."""
    screenings, supplements, appeals = past_of(suggestion)
    return {
        "screenings": screenings,
        "supplements": supplements,
        "appeals": appeals,
        "parts": list(suggestion.parts.exclude(state=State.STRUCK)),
        "whole": suggestion.split_from,
    }


def _facts(suggestion: Suggestion) -> list[Fact]:
    """Where it came from and by when what is due."""
    session = suggestion.session
    facts = [
        Fact(_("受理号"), spoken(suggestion.receipt)),
        Fact(_("渠道"), suggestion.get_channel_display()),
        Fact(_("收到"), cn_date(suggestion.received_on)),
        Fact(_("地点"), suggestion.where),
        Fact(_("责任层级"), suggestion.get_responsible_level_display() if suggestion.responsible_level else ""),
        Fact(_("责任人"), suggestion.responsible or ""),
        Fact(_("科室或单位"), suggestion.section or ""),
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
    if at_desk.why_not(Question(request.actor, suggestion)) is not None:
        return []
    facts = [
        Fact(_("提出人"), suggestion.proposer_name),
        Fact(_("提出单位"), str(suggestion.unit or "")),
        Fact(_("联系电话"), suggestion.proposer_phone),
        Fact(_("希望联系"), _("是") if suggestion.wants_contact else _("否")),
        Fact(_("公开方式"), suggestion.get_naming_display()),
    ]
    return [fact for fact in facts if fact.value]


urlpatterns = [
    path("p/<str:code>/suggestions/", list_page(SUGGESTIONS, _around), name="desk-suggestions"),
    path("p/<str:code>/suggestions/below/", list_page(AREA, _around_area), name="desk-area-suggestions"),
    path("suggestions/<uuid:pk>/", suggestion, name="desk-suggestion"),
]
