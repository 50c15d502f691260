"""The front door: find your community, say something, see what became of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.public.care import care_home
from yishiting.doors.web.public.figures import unit_tiles, year_bars
from yishiting.doors.web.public.open_now import open_box
from yishiting.doors.web.public.queries import below, board_of, works_of
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.place_search import PlaceField
from yishiting.doors.web.shared.requests import Request, care_on
from yishiting.doors.web.shared.seasons import strip
from yishiting.ground.places.models import Level, Place

NEWEST = 6


class FindPlaceForm(ours.Form):
    """Where do you live?"""

    place = PlaceField(label=_("查找您的社区或村"), help_text=_("输入名称或拼音首字母，例如：枣营北里，或 zybl。"))


def home(request: Request) -> HttpResponse:
    """Find a community; the newest notices and works of the district."""
    form = FindPlaceForm(request.GET if "place" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("place", form.cleaned_data["place"].code)
    if care_on(request) and not form.is_bound and "all" not in request.GET:
        return care_home(request)
    district = Place.objects.filter(level=Level.DISTRICT).first()
    today = timezone.localdate()
    shown: dict[str, Any] = {"form": form, "district": district, "today": today}
    if district is not None:
        shown |= {**board_of(district, today, NEWEST), "works": works_of(district, today, NEWEST)}
        shown |= {
            "seasons": strip(district, reverse("place", args=[district.code]), today),
            "open_now": open_box(district, today, reverse("suggest")),
            "bars": year_bars(district, today),
            "tiles": unit_tiles(district, below(district, today), today.year),
        }
    return render(request, "public/home.html", shown)


urlpatterns = [path("", home, name="home")]
