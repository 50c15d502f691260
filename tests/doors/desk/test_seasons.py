"""The year and the rules at the desk."""

from fractions import Fraction

import pytest
from django.urls import reverse

from tests.cast import Cast
from yishiting.ground.accounts.models import Person
from yishiting.ground.seasons.models import Rulebook, SpecialIntake, Window
from yishiting.ground.seasons.queries import open_seasons, rules_for, special_intake_open
from yishiting.ground.seasons.rules import KINDS
from yishiting.ground.seasons.typed_values import read_value
from yishiting.ground.seasons.words import written

pytestmark = pytest.mark.django_db


def form(**values: str) -> dict[str, str]:
    return {"once": "0b5c39f5-6a8d-4f5b-9a9d-0d3a8a4f3a11", **values}


def test_the_secretary_opens_a_special_intake_with_a_reason(cast: Cast, sign_in, clock) -> None:
    page = reverse("do", args=["season.open_special", cast.zaobei.code])
    refused = sign_in(cast.wang).post(page, form(reason="供暖问题", opens="2026-3-9", closes="2026-3-1"))
    assert "不能早于开始日期" in refused.content.decode()
    assert "供暖问题" in refused.content.decode()
    sign_in(cast.wang).post(page, form(reason="供暖问题", opens="2026-3-9", closes="2026-3-20"))
    intake = SpecialIntake.objects.get()
    assert intake.reason == "供暖问题"
    amend = reverse("do", args=["season.amend_special", intake.pk])
    assert amend in sign_in(cast.wang).get(reverse("desk-seasons", args=[cast.zaobei.code])).content.decode()
    sign_in(cast.wang).post(amend, {"reason": "供暖问题", "opens": "2026-3-1", "closes": "2026-3-4"})
    assert not special_intake_open(cast.zaobei)
    assert sign_in(cast.liu).get(amend).status_code == 403
    assert sign_in(cast.liu).get(page).status_code == 403


def test_the_district_changes_a_rule_and_old_versions_stay(cast: Cast, sign_in) -> None:
    page = f"/desk/p/{cast.district.code}/seasons/rules/review.gate/"
    client = sign_in(cast.sun)
    refused = client.post(page, form(value="一点五", in_force_from="2026-3-5", note="试"))
    assert "请填一个比例" in refused.content.decode()
    client.post(page, form(value="90%", in_force_from="2026-3-5", note="按新办法"))
    assert str(rules_for(cast.zaobei).share("review.gate")) == "9/10"
    assert Rulebook.objects.get().note == "按新办法"


def test_every_rule_is_read_back_as_it_is_written() -> None:
    for kind in KINDS.values():
        read = read_value(kind, written(kind.value))
        assert read == kind.value or Fraction(read) == Fraction(kind.value), kind.key


@pytest.mark.parametrize("who", ["wang", "liu", "zhao", "sun"])
def test_everyone_in_office_reads_the_rules(cast: Cast, sign_in, who: str) -> None:
    person: Person = getattr(cast, who)
    page = sign_in(person).get(f"/desk/p/{cast.zaobei.code}/seasons/").content.decode()
    assert "议事代表每届10~15人" in page


def test_every_rule_is_said_in_words(cast: Cast, sign_in) -> None:
    page = sign_in(cast.wang).get(reverse("desk-seasons", args=[cast.zaobei.code])).content.decode()
    assert "每年应开的会议（社区（村））" in page
    assert "审议会（1月1日至3月31日）、评审会（11月1日至12月31日）" in page
    assert "街乡党工委" not in page, "a community is not shown the rules of the levels above it"
    assert "受益人群（权重4，满分10）" in page
    assert "。、" not in page
    assert "&quot;" not in page.split("<main")[1]


def test_a_window_set_wrongly_is_taken_away_and_what_is_set_above_holds_again(cast: Cast, sign_in) -> None:
    days = {"opens": "2026-2-1", "closes": "2026-2-2"}
    given = {"level": "community", "season": "consultation", "year": "2026", **days}
    director = sign_in(cast.sun)
    windows = reverse("desk-windows", args=[cast.maizidian.code])
    setting = reverse("do", args=["season.set_window", cast.maizidian.code])
    assert director.post(setting, given)["Location"] == windows
    assert "consultation" not in open_seasons(cast.zaobei)
    wrong = Window.objects.get(place=cast.maizidian)
    drop = reverse("do", args=["season.drop_window", wrong.pk])
    assert drop in director.get(windows).content.decode()
    assert drop not in sign_in(cast.wang).get(windows.replace(cast.maizidian.code, cast.zaobei.code)).content.decode()
    assert director.post(drop, {"reason": ""}).status_code == 422
    assert director.post(drop, {"reason": "设错了地方"})["Location"] == windows
    assert "consultation" in open_seasons(cast.zaobei)
