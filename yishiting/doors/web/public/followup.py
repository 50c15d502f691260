"""What the proposer may still do: add what was asked for, ask for a second look."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions import appeal, supplement_suggestion
from yishiting.year.suggestions.models import Answer, Suggestion
from yishiting.year.suggestions.queries.receipts import by_slip
from yishiting.year.suggestions.queries.screening import appeal_by, past_of
from yishiting.year.suggestions.states import State


class MoreForm(ours.Form):
    """What the proposer writes; four digits show that it is they, unless they are signed in."""

    draft = "more"

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    tail = forms.CharField(
        label=gettext_lazy("手机号后四位"),
        max_length=4,
        min_length=4,
        widget=forms.TextInput(
            attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off", "data-private": ""}
        ),
        help_text=gettext_lazy("确认是您本人。没有留手机号的，填回执上的四位查询码。"),
        error_messages={"min_length": gettext_lazy("请填四位数字。")},
    )

    def __init__(self, *args: Any, label: str, hint: str, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, hint
        if own:
            del self.fields["tail"]


def supplement(request: Request, token: str) -> HttpResponse:
    """Add what was asked for; the suggestion is screened again."""
    suggestion = _followed(request, token)
    asked = past_of(suggestion)[0]
    form = _form(request, suggestion, _("补充什么"), _("例如：是3号楼2单元2层和3层之间的灯，3月1日起不亮。"))
    return _page(
        request, token, form, suggestion,
        lambda text, tail="": supplement_suggestion(suggestion, by=request.actor, text=text, tail=tail),
        title=_("补充材料"),
        lead=asked[-1].reason if asked else "",
        done=_("补充已收到，会重新初审。您原来的话没有改动。"),
    )  # fmt: skip


def ask_again(request: Request, token: str) -> HttpResponse:
    """Question for a second look at the result."""
    suggestion = _followed(request, token)
    hint = _("针对答复里的理由，写明您为什么不同意，有什么新情况。由做初审以外的人复核。")
    form = _form(request, suggestion, _("为什么不同意"), hint)
    past = past_of(suggestion)[0]
    return _page(
        request, token, form, suggestion,
        lambda text, tail="": appeal(suggestion, by=request.actor, text=text, tail=tail),
        title=_("申请复核"),
        lead=past[-1].reason if past else "",
        done=_("复核申请已收到，会由另一位负责人复核，结果在这里告诉您。"),
    )  # fmt: skip


def followed_up(suggestion: Suggestion, token: str, answers: Iterable[Answer]) -> dict[str, Any]:
    """For the page one follows: the result with its reason, what is asked, what was added, what may be done, the parts."""
    screenings, supplements, appeals = past_of(suggestion)
    reason = screenings[-1].reason if screenings else ""
    return {
        "reason": "" if any(answer.text == reason for answer in answers) else reason,
        "result": screenings[-1] if screenings else None,
        "result_word": State(screenings[-1].result).label if screenings else "",
        "supplements": supplements,
        "appeals": appeals,
        "doing": _doing(suggestion, token),
        "parts": list(suggestion.parts.exclude(state=State.STRUCK)),
    }


def _doing(suggestion: Suggestion, token: str) -> dict[str, Any] | None:
    """The one thing the proposer may do now, and by when."""
    if suggestion.state == State.MORE_WORK:
        return {"verb": Button(_("补充材料"), reverse("follow-supplement", args=[token]), "primary", "get")}
    last = appeal_by(suggestion)
    if last is None or last < timezone.localdate():
        return None
    by = _("不同意这个结果，可以在%(day)s以前申请复核。") % {"day": cn_date(last)}
    return {"verb": Button(_("申请复核"), reverse("follow-appeal", args=[token]), "plain", "get"), "by": by}


def _followed(request: Request, token: str) -> Suggestion:
    suggestion = by_slip(token)
    if suggestion is None:
        raise Http404
    request.place = suggestion.place  # type: ignore[attr-defined]  # the header shows it
    return suggestion


def _form(request: Request, suggestion: Suggestion, label: str, hint: str) -> MoreForm:
    own = request.person is not None and request.person.pk == suggestion.proposer_id
    return MoreForm(request.POST or None, label=label, hint=hint, own=own)


def _page(
    request: Request, token: str, form: MoreForm, suggestion: Suggestion, verb: Any, *, title: str, lead: str, done: str
) -> HttpResponse:
    here = reverse("follow-one", args=[token])
    shown = {
        "suggestion": suggestion,
        "title": title,
        "lead": lead,
        "back": here,
        "crumbs": [Link(_("查进展"), reverse("follow")), Link(spoken(suggestion.receipt), here), Link(title, "")],
    }
    return perform(request, form, verb, page="public/follow_more.html", to=here, done=done, context=shown)


urlpatterns = [
    path("follow/<str:token>/supplement/", supplement, name="follow-supplement"),
    path("follow/<str:token>/appeal/", ask_again, name="follow-appeal"),
]
