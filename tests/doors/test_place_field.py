"""A place is found by name, code or initials, with and without scripts."""

import pytest
from django import forms

from tests.cast import Cast
from yishiting.doors.web.shared.forms import Form
from yishiting.doors.web.shared.place_search import PlaceField, found_places
from yishiting.ground.places.models import Level, Place


class WhereForm(Form):
    where = PlaceField(label="社区", level=Level.COMMUNITY)


def place_of(words: str, key: str = "") -> Place | None:
    form = WhereForm({"where": words, "where_key": key})
    assert form.is_valid(), form.errors
    return form.cleaned_data["where"]


def test_a_name_a_code_or_a_pick_leads_to_the_place(cast: Cast) -> None:
    label = dict(found_places(cast.zaobei.code))[cast.zaobei.code]
    assert place_of(cast.zaobei.name) == cast.zaobei
    assert place_of(cast.zaobei.code) == cast.zaobei
    assert place_of(label, cast.zaobei.code) == cast.zaobei
    assert place_of(*PlaceField.shown(cast.zaobei)) == cast.zaobei


def test_another_level_is_not_offered(cast: Cast) -> None:
    with pytest.raises(forms.ValidationError, match="没有找到"):
        PlaceField(level=Level.COMMUNITY).clean((cast.anzhen.name, ""))
    assert found_places(cast.maizidian.code, "subdistrict") == [(cast.maizidian.code, cast.maizidian.name)]


def test_an_optional_place_may_be_missing(db: None) -> None:
    assert PlaceField(required=False).clean(("", "")) is None
