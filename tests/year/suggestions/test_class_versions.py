"""A class tree in versions: things keep the class of their day and are counted in either version through the map."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import OPERATOR, TODAY, Cast
from tests.factories.suggestions import ALL_PASS, a_suggestion
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.year.suggestions.actions import (
    classify_suggestion,
    load_categories,
    revise_categories,
    screen_suggestion,
)
from yishiting.year.suggestions.actions.class_versions import current_classes
from yishiting.year.suggestions.models import Category, Scheme, Suggestion
from yishiting.year.suggestions.queries.bank import under
from yishiting.year.suggestions.queries.class_versions import ClassMap, in_force
from yishiting.year.suggestions.queries.screening import may_be_chosen

AHEAD = date(2026, 7, 1)


def rows(cast: Cast) -> list[dict[str, Any]]:
    """停车位 and 停车秩序 become one class; everything else stays."""
    kept = [one for one in current_classes(cast.district) if one["group"] != "停车"]
    return [*kept, {"group": "停车", "name": "停车", "was": "停车位、停车秩序", "maps_to": "环境秩序"}]


def revised(cast: Cast, day: date = AHEAD, **other: Any) -> Scheme:
    told = {"tree": "street", "in_force_from": day, "document": "京朝社〔2026〕3号", "classes": rows(cast), **other}
    return revise_categories(cast.district, by=cast.sun, **told)


@pytest.fixture
def parking(cast: Cast) -> Suggestion:
    load_categories(cast.district, by=OPERATOR)
    one = screen_suggestion(a_suggestion(cast), by=cast.liu, **ALL_PASS, result="valid")
    old = Category.objects.get(path="停车/停车位")
    return classify_suggestion(one, by=cast.liu, category=old, responsible_level="community")


def test_a_new_version_begins_on_its_day_and_old_things_keep_their_class(
    cast: Cast, parking: Suggestion, clock: Any
) -> None:
    scheme = revised(cast)
    assert "停车/停车位" in {one.path for one in may_be_chosen()}
    clock.to(AHEAD)
    assert in_force(AHEAD)["street"] == scheme
    paths = {one.path for one in may_be_chosen()}
    assert "停车/停车" in paths
    assert "停车/停车位" not in paths
    assert "环境秩序" in paths, "the other tree stays"
    assert Suggestion.objects.get(pk=parking.pk).category.path == "停车/停车位"


def test_counted_in_either_version_and_in_the_other_tree(cast: Cast, parking: Suggestion) -> None:
    new, first = revised(cast, TODAY), Scheme.objects.get(key="street", version=1)
    classes, old = ClassMap(), parking.category
    numbers = {old.pk: 3, Category.objects.get(scheme=new, path="停车/停车").pk: 2}
    by_path = {one.path if one else "": n for one, n in classes.counted(numbers, new).items()}
    assert by_path == {"停车/停车": 5}
    assert {one.path if one else "": n for one, n in classes.counted(numbers, first).items()} == {
        "停车/停车位": 3,
        "": 2,
    }
    six = Scheme.objects.get(key="district")
    assert {one.path if one else "": n for one, n in classes.counted(numbers, six).items()} == {"环境秩序": 5}
    assert classes.newest_path("停车/停车位", in_force(TODAY)) == "停车/停车", "the classifier follows"
    assert old.pk in under(Category.objects.get(scheme=new, path="停车/停车"))


def test_every_old_class_has_one_successor(cast: Cast, parking: Suggestion) -> None:
    with pytest.raises(Refused, match="停车位、停车秩序"):
        revised(cast, classes=rows(cast)[:-1])
    twice = {"group": "停车", "name": "停车场", "was": "停车位", "maps_to": "环境秩序"}
    with pytest.raises(Refused, match="两个去处"):
        revised(cast, classes=[*rows(cast), twice])
    with pytest.raises(Refused, match="区级分类里没有"):
        revised(cast, classes=[*rows(cast), {**twice, "was": "", "maps_to": "天气"}])
    assert Scheme.objects.filter(key="street").count() == 1
    with pytest.raises(NotAllowed):
        revise_categories(
            cast.district, by=cast.zhao, tree="street", in_force_from=AHEAD, document="x", classes=rows(cast)
        )


def test_what_is_not_in_force_yet_is_written_anew(cast: Cast, parking: Suggestion) -> None:
    revised(cast)
    again = revised(cast, date(2026, 8, 1))
    assert (again.version, Scheme.objects.filter(key="street").count()) == (2, 2)


def test_the_page_of_the_district(cast: Cast, parking: Suggestion) -> None:
    revised(cast)
    browser = Client()
    browser.force_login(cast.sun)
    page = browser.get(reverse("desk-categories", args=[cast.district.code])).content.decode()
    assert "第2版" in page
    assert "还没有施行" in page
    assert reverse("do", args=["category.revise", cast.district.code]) in page
    form = browser.get(reverse("do", args=["category.revise", cast.district.code]))
    assert "停车位" in form.content.decode()
