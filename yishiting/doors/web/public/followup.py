"""What the proposer may still do: add what was asked for, ask for a second look."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import said_after
from yishiting.doors.web.shared.fields import form_of
from yishiting.doors.web.shared.nouns import address_of
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.verbs import VERBS
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.models import Answer, Suggestion
from yishiting.year.suggestions.queries.receipts import by_slip
from yishiting.year.suggestions.queries.screening import appeal_by, past_of
from yishiting.year.suggestions.states import State
from yishiting.year.visits.queries import draft_asked_of, replies_with


def _writing(code: str) -> Callable[[Request, str], HttpResponse]:
    """The page on which the proposer does this, by the address on their slip."""

    def page(request: Request, token: str) -> HttpResponse:
        suggestion, here = _followed(request, token), reverse("follow-one", args=[token])
        verb, past = VERBS[code], past_of(suggestion)[0]
        form = form_of(verb, suggestion, request.POST or None)
        if request.person is not None and request.person.pk == suggestion.proposer_id:
            del form.fields["tail"]
        shown = {
            "suggestion": suggestion,
            "title": verb.label,
            "lead": past[-1].reason if past else "",
            "draft": draft_asked_of(suggestion) if code == "suggestion.reply_to_draft" else None,
            "back": here,
            "crumbs": [
                Link(_("查进展"), reverse("follow")),
                Link(spoken(suggestion.receipt), here),
                Link(verb.label, ""),
            ],
        }
        return perform(
            request,
            form,
            lambda **_words: verb.run(suggestion, by=request.actor, **form.told()),
            page="public/follow_more.html",
            to=here,
            done=said_after(verb, suggestion),
            context=shown,
        )

    return page


def followed_up(suggestion: Suggestion, answers: Iterable[Answer]) -> dict[str, Any]:
    """For the page one follows: the result with its reason, what is asked, what was added, what may be done, the parts."""
    screenings, supplements, appeals = past_of(suggestion)
    reason = screenings[-1].reason if screenings else ""
    return {
        "reason": "" if any(answer.text == reason for answer in answers) else reason,
        "result": screenings[-1] if screenings else None,
        "result_word": State(screenings[-1].result).label if screenings else "",
        "supplements": supplements,
        "appeals": appeals,
        "doing": _doing(suggestion),
        **_draft_of(suggestion),
        "parts": list(suggestion.parts.exclude(state=State.STRUCK)),
    }


def _draft_of(suggestion: Suggestion) -> dict[str, Any]:
    """The draft that whoever said this is asked about, what they said of it, and the way to say it."""
    draft = draft_asked_of(suggestion)
    said = [one for one in replies_with(suggestion) if draft is not None and one.draft_id == draft.pk]
    verb = _button("suggestion.reply_to_draft", suggestion, "plain" if said else "primary")
    return {"draft": draft, "said_of_draft": said, "reply": verb}


def _doing(suggestion: Suggestion) -> dict[str, Any] | None:
    """The one thing the proposer may do now, and by when."""
    if suggestion.state == State.MORE_WORK:
        day = suggestion.answer_due
        by = _("请在%(day)s以前补充，过了这一天没有补充的，这一条就办结。") % {"day": cn_date(day)} if day else ""
        return {"verb": _button("suggestion.supplement", suggestion, "primary"), "by": by}
    last = appeal_by(suggestion)
    if last is None or last < timezone.localdate():
        return None
    by = _("不同意这个结果，可以在%(day)s以前申请复核。") % {"day": cn_date(last)}
    return {"verb": _button("suggestion.appeal", suggestion, "plain"), "by": by}


def _button(code: str, suggestion: Suggestion, kind: Any) -> Button:
    return Button(VERBS[code].label, address_of(code, suggestion), kind, "get")


def _followed(request: Request, token: str) -> Suggestion:
    suggestion = by_slip(token)
    if suggestion is None:
        raise Http404
    request.place = suggestion.place
    return suggestion


urlpatterns = [
    path("follow/<str:token>/supplement/", _writing("suggestion.supplement"), name="follow-supplement"),
    path("follow/<str:token>/draft/", _writing("suggestion.reply_to_draft"), name="follow-draft"),
    path("follow/<str:token>/appeal/", _writing("suggestion.appeal"), name="follow-appeal"),
]
