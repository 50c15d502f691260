"""提建议: which community, what and where; then a number to take home."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.public.care import care_suggest
from yishiting.doors.web.public.suggest_forms import CommunityForm, SuggestForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.drawings import qr
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.photos import Hung, hung
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import LAST_PLACE, Request, care_on
from yishiting.doors.web.shared.shapes import Link, Receipt
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.files.actions import VISITORS_PURPOSE
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.speech import spoken_at
from yishiting.ground.seasons.models import Season
from yishiting.ground.seasons.queries import open_seasons, windows_for
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions import submit_suggestion
from yishiting.year.suggestions.hashes import spare_code
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.intake import special_on, suggestions_of
from yishiting.year.suggestions.queries.receipts import by_slip, has_spare_code, slip_token
from yishiting.year.suggestions.rules import other_doors

know(Noun(Place, by_hand={"suggestion.submit": "suggest-here"}))


def suggest(request: Request) -> HttpResponse:
    """Question the community first; the one of last time is offered."""
    form = CommunityForm(request.GET if "place" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("suggest-here", code=form.cleaned_data["place"].code)
    status = 422 if form.is_bound else 200
    return render(request, "public/suggest_where.html", {"form": form, "last": _last_place(request)}, status=status)


@door(Place, related=("parent",))
def suggest_here(request: Request, place: Place) -> HttpResponse:
    """Three questions, half a minute."""
    if place.level != Level.COMMUNITY:
        return redirect("suggest")
    if place.run_by_id is not None:  # an old poster's code leads on to where words are received now
        return redirect("suggest-here", code=place.acting.code)
    shown = {"crumbs": _crumbs(place), "waits": _waits(place), "special": _special(place)}
    known = bool(request.person and request.person.phone)
    form = SuggestForm(place, request.POST or None, request.FILES or None, known=known)

    def act(**_words: Any) -> Suggestion:
        return submit_suggestion(place, by=request.actor, **form.told())

    def to(suggestion: Suggestion) -> str:
        return _taken_home(request, suggestion)

    if care_on(request):
        return care_suggest(request, form, act, to, shown)
    return perform(request, form, act, page="public/suggest.html", to=to, context=shown)


def receipt(request: Request, token: str) -> HttpResponse:
    """The number to take home, on the screen or printed; the code on it leads to what becomes of the suggestion."""
    suggestion = by_slip(token)
    if suggestion is None:
        raise Http404
    request.place = suggestion.place
    with spoken_at(suggestion.place):
        shown = {
            "receipt": receipt_of(suggestion),
            "suggestion": suggestion,
            "hung": own_hung(suggestion, token),
            "spare_code": spare_code(suggestion.receipt) if has_spare_code(suggestion) else "",
            "doors": other_doors(f"{suggestion.title}{suggestion.text}"),
            "again": reverse("suggest-here", args=[suggestion.place.code]),
        }
        return render(request, "public/suggest_receipt.html", shown)


def receipt_of(suggestion: Suggestion) -> Receipt:
    """The slip: number, code, next step."""
    url = reverse("follow-one", args=[slip_token(suggestion)])
    return Receipt(
        number=spoken(suggestion.receipt),
        title=_("%(place)s已收到您的建议") % {"place": suggestion.place.name},
        on=timezone.localtime(suggestion.created_at),
        url=url,
        next=_("%(here)s对照四项标准初审，最晚%(day)s有结果。")
        % {"here": suggestion.place.word_in_reply, "day": cn_date(suggestion.screen_due)},
        qr=qr(f"{settings.SITE['address']}{url}"),
    )


def own_files(suggestion: Suggestion) -> "QuerySet[Attachment]":
    """What was handed in with a suggestion by whoever said it, or on the paper it was typed from."""
    return attachments_of(suggestion).filter(purpose__in=(VISITORS_PURPOSE, "scan"))


def own_hung(suggestion: Suggestion, token: str) -> Hung:
    """The same as a page shows it to whoever holds the slip."""
    return hung(own_files(suggestion), _("您交的"), at=lambda one: reverse("follow-file", args=[token, one.pk]))


def _taken_home(request: Request, suggestion: Suggestion) -> str:
    request.session[LAST_PLACE] = suggestion.place.code
    return reverse("suggestion-receipt", args=[slip_token(suggestion)])


def _crumbs(place: Place) -> list[Link]:
    return [Link(place.name, reverse("place", args=[place.code])), Link(_("提建议"), "")]


def _waits(place: Place) -> str:
    """Outside the season of deliberation: that words are taken in all the same, and when the council hears them."""
    today = timezone.localdate()
    if Season.CONSULTATION in open_seasons(place, today):
        return ""
    opens = _next_opening(place, today)
    when = _("要提请议事协商会审议的，等%(day)s问政季。") % {"day": cn_date(opens)} if opens else ""
    return _("现在不在问政季。您的话照常受理、初审、答复。") + when


def _next_opening(place: Place, today: date) -> date | None:
    windows = [*windows_for(place, today.year), *windows_for(place, today.year + 1)]
    days = [window.opens for window in windows if window.season == Season.CONSULTATION and window.opens > today]
    return min(days, default=None)


def _special(place: Place) -> str:
    special = special_on(place, timezone.localdate())
    return special.reason if special else ""


def _last_place(request: Request) -> Place | None:
    code = request.session.get(LAST_PLACE, "")
    if not code and request.person is not None:
        last = suggestions_of(request.person).first()
        code = last.place.code if last else ""
    return Place.objects.filter(code=code).first() if code else None


urlpatterns = [
    path("suggest/", suggest, name="suggest"),
    path("p/<str:code>/suggest/", suggest_here, name="suggest-here"),
    path("follow/<str:token>/receipt/", receipt, name="suggestion-receipt"),
]
