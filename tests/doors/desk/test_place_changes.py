"""Changes of places on pages, in the API and by the command: the same verbs, and a new table that overwrites nothing."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.cast import OPERATOR, Cast
from tests.factories.suggestions import a_suggestion
from tests.ground.test_place_changes import PAPER, rests
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.actions import load_places
from yishiting.ground.places.models import Place
from yishiting.ground.rezoning.actions import merge_place, rename_place
from yishiting.ground.rezoning.comparing import COMMUNITIES, differences, divisions, read_rows
from yishiting.overview.cycle.guards import BEGINNING

#: What may still be done at a closed place or its council: it ends things, or belongs to no beginning.
STILL = {
    "category.load", "category.revise", "consultation.draft", "council.amend", "holiday.announce", "holiday.load", "holiday.set", "notice.post", "payment.take_in",
    "place.become_community", "place.close", "place.found", "place.merge", "place.move", "place.rename", "place.split_off",
    "poll.prepare", "rulebook.carry_on", "season.set_year", "suggestion.answer_many", "suggestion.export",
}  # fmt: skip
TABLE = """code,name,streetCode
110105012022,枣营社区居委会,110105012
110105012030,新源里社区居委会,110105012
"""


def test_whatever_begins_at_a_place_is_refused_in_a_closed_one() -> None:
    """A new verb about a place stands in one of the two lists."""
    about = {
        code for code, one in VERBS.items() if one.subject is not None and one.subject.__name__ in ("Place", "Council")
    }
    assert about - STILL - set(BEGINNING) == set()


def test_the_district_office_renames_on_its_page(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.sun)
    page = browser.get(reverse("desk-place-changes", args=[cast.zaobei.code])).content.decode()
    assert reverse("do", args=["place.rename", cast.zaobei.code]) in page
    sent = {"name": "枣营社区", "takes_effect": "2026-03-05", "document": PAPER}
    assert browser.post(reverse("do", args=["place.rename", cast.zaobei.code]), sent).status_code == 302
    after = browser.get(reverse("desk-place-changes", args=[cast.district.code])).content.decode()
    assert "枣营北里社区更名为枣营社区" in after
    browser.force_login(cast.liu)
    assert "place.rename" not in browser.get(reverse("desk-place-changes", args=[cast.zaobei.code])).content.decode()


def test_the_public_page_shows_former_names_and_successors(cast: Cast) -> None:
    a_suggestion(cast, place=cast.zaonan)
    rename_place(cast.zaobei, by=cast.sun, name="枣营社区", **rests())
    merge_place(cast.zaonan, by=cast.sun, into=cast.zaobei, **rests())
    page = Client().get(reverse("place", args=[cast.zaobei.code])).content.decode()
    assert "枣营北里社区更名为枣营社区" in page
    assert "枣营南里社区并入枣营社区" in page
    old = Client().get(reverse("place", args=[cast.zaonan.code])).content.decode()
    assert "以前的事还能在这里查到" in old
    assert reverse("suggest-here", args=[cast.zaobei.code]) in old
    assert reverse("suggest-here", args=[cast.zaonan.code]) not in old
    poster = Client().get(reverse("suggest-here", args=[cast.zaonan.code]))
    assert poster.url == reverse("suggest-here", args=[cast.zaobei.code])
    found = Client().get(reverse("place-search") + "?q=枣营南里").content.decode()
    assert "枣营社区（原枣营北里社区、枣营南里社区）" in found


def test_by_the_api(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.sun)
    sent = {"into": cast.zaobei.code, "takes_effect": "2026-03-05", "document": PAPER}
    made = browser.post(f"/api/v1/places/{cast.zaonan.code}/merge", sent, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["says"].startswith("2026年3月5日，枣营南里社区并入枣营北里社区")
    old = Client().get(f"/api/v1/places/{cast.zaonan.code}").json()
    assert (old["run_by_code"], old["valid_to"]) == (cast.zaobei.code, "2026-03-05")
    assert Client().get(f"/api/v1/place-changes/?place={cast.district.code}").json()["items"][0]["document"] == PAPER


def test_a_new_table_proposes_and_overwrites_nothing(cast: Cast, tmp_path: Path) -> None:
    rows = read_rows(TABLE.encode(), COMMUNITIES)
    found = differences(cast.district, divisions(cast.district, [], rows))
    assert [(one.verb, one.place.name, one.given.get("name", "")) for one in found] == [
        ("place.rename", "枣营北里社区", "枣营社区"),
        ("place.found", "麦子店街道", "新源里社区"),
        ("place.merge", "枣营南里社区", ""),
    ]
    file, out = tmp_path / "villages.csv", io.StringIO()
    file.write_text(TABLE, encoding="utf-8")
    call_command("compare-places", communities=file, stdout=out)
    assert "yishiting do place.rename 110105012022 name=枣营社区" in out.getvalue()
    browser = Client()
    browser.force_login(cast.sun)
    sent = {"communities": SimpleUploadedFile("v.csv", TABLE.encode())}
    page = browser.post(reverse("desk-place-compare", args=[cast.district.code]), sent).content.decode()
    assert "3处不同" in page
    assert "place.rename" in page
    wrong = browser.post(
        reverse("desk-place-compare", args=[cast.district.code]),
        {"streets": SimpleUploadedFile("v.csv", b"a,b\n1,2\n")},
    )
    assert wrong.status_code == 422
    assert Place.objects.get(pk=cast.zaobei.pk).name == "枣营北里社区"


def test_loading_again_overwrites_nothing(cast: Cast) -> None:
    before = {one.code: one.name for one in Place.objects.all()}
    load_places("chaoyang", by=OPERATOR)
    assert {one.code: one.name for one in Place.objects.all()} == before
    with pytest.raises(Refused):
        load_places("nowhere", by=OPERATOR)
