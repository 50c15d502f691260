"""New Year, lived from November to 3 February with the clock moved: nobody is shut out, the district office is led."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import OPERATOR, Cast
from tests.conftest import Clock
from tests.factories import meetings
from tests.factories.proposals import drafted
from tests.factories.suggestions import ALL_PASS, a_suggestion
from yishiting.doors.commands.management.commands.init import open_year
from yishiting.doors.web.desk.links import way_to
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.seasons.actions import open_special_intake, set_window
from yishiting.ground.seasons.coming_year import announce_holidays, carry_on, set_year
from yishiting.ground.seasons.models import Season, Window
from yishiting.ground.seasons.permissions import OPENS
from yishiting.ground.seasons.queries import holidays, open_seasons, rules_for, windows_for
from yishiting.overview.cycle.actions import run_daily
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.proposals.actions import table_proposal
from yishiting.year.suggestions.actions import answer_suggestion, screen_suggestion
from yishiting.year.suggestions.models import AnswerKind, Suggestion
from yishiting.year.suggestions.states import State

pytestmark = pytest.mark.django_db
YEARLY = {"season.set_year", "holiday.announce", "rulebook.carry_on"}
SPRING = [("1月1日", "1月3日", "放假"), ("2月5日", "2月11日", "放假"), ("2月14日", "2月14日", "上班"),
          ("10月1日", "10月7日", "放假")]  # fmt: skip


def asked(cast: Cast, day: date) -> dict[str, str]:
    """What of a year waits for the district office, and where it is done."""
    return {one.verb: way_to(one) for one in waiting_for(cast.sun, day) if one.verb in YEARLY and "2027" in one.says}


def test_the_district_is_asked_sixty_days_before_and_what_it_is_asked_can_be_done(
    cast: Cast, clock: Clock, sign_in
) -> None:
    open_year(cast.district, 2026)
    assert asked(cast, date(2026, 11, 1)) == {}
    clock.to(date(2026, 11, 2))
    waits = asked(cast, date(2026, 11, 2))
    assert set(waits) == YEARLY
    office = sign_in(cast.sun)
    home = office.get("/desk/").content.decode()
    assert "2027年的放假安排还没有载入" in home
    page = office.get(waits["season.set_year"])
    proposed = page.context["form"]["windows"].value()
    assert proposed.count("\n") == 8
    assert "社区（村） 问政季 2027-01-01 2027-03-31" in proposed
    office.post(waits["season.set_year"], {"year": "2027", "windows": proposed})
    assert Window.objects.filter(year=2027).count() == 9
    lines = "\n".join(" ".join(one) for one in SPRING)
    office.post(waits["holiday.announce"], {"year": "2027", "days": lines})
    assert date(2027, 2, 5) in holidays().off
    assert date(2027, 2, 14) in holidays().worked
    office.post(waits["rulebook.carry_on"], {"year": "2027"})
    assert rules_for(cast.zaobei, date(2027, 1, 2)).label == "110105/2027/1"
    assert asked(cast, date(2026, 11, 2)) == {}


def test_nobody_is_shut_out_when_nobody_did_anything(cast: Cast, clock: Clock, client: Client) -> None:
    meetings.a_council(cast.zaobei)
    day = date(2026, 12, 28)
    while day <= date(2027, 2, 3):
        clock.to(day)
        turned = run_daily(day)
        assert (turned.failed, turned.refused) == ([], {})
        assert client.get(reverse("place", args=[cast.zaobei.code])).status_code == 200
        assert "textarea" in client.get(reverse("suggest-here", args=[cast.zaobei.code])).content.decode()
        one = a_suggestion(cast, text=f"{day:%m月%d日}说的：路灯不亮，请修。")
        screen_suggestion(one, by=cast.liu, **ALL_PASS, result="valid")
        words = {"kind": AnswerKind.NEXT_SEASON, "text": "列入下一次审议会"}
        answer_suggestion(one, by=cast.liu, **words)
        day += timedelta(days=7)
    assert Suggestion.objects.filter(state=State.VALID, answered_on=None).count() == 0
    assert [w.opens for w in windows_for(cast.zaobei, 2027)] == [date(2027, 1, 1), date(2027, 4, 1), date(2027, 10, 1)]
    late = [one.verb for one in waiting_for(cast.sun, day) if one.late(day)]
    assert set(late) <= YEARLY


def test_what_stays_unset_is_red_where_it_can_be_set_and_nowhere_else(cast: Cast, clock: Clock) -> None:
    clock.to(date(2027, 1, 5))
    for person in (cast.wang, cast.liu, cast.zhao, cast.zhou):
        assert YEARLY.isdisjoint(one.verb for one in waiting_for(person, date(2027, 1, 5)))
    assert set(asked(cast, date(2027, 1, 5))) == YEARLY


def test_29_february_is_the_last_of_the_month_in_another_year(cast: Cast) -> None:
    days = {"opens": date(2028, 2, 29), "closes": date(2028, 3, 31)}
    set_window(cast.zaobei, by=OPERATOR, level="community", year=2028, season=Season.CONSULTATION, **days)
    assert windows_for(cast.zaobei, 2029)[0].opens == date(2029, 2, 28)


def test_only_tabling_waits_for_its_season_and_a_special_intake_opens_it_for_its_matter(
    cast: Cast, clock: Clock
) -> None:
    clock.to(date(2026, 7, 20))
    meeting = meetings.planned(cast, starts_at=meetings.BEGINS.replace(month=8))
    usual = drafted(cast)
    with pytest.raises(NotAllowed, match="问政季"):
        table_proposal(usual, by=cast.liu, meeting=meeting)
    open_special_intake(cast.zaobei, by=cast.wang, reason="暴雨", opens=date(2026, 7, 20), closes=date(2026, 7, 31))
    assert table_proposal(drafted(cast, title="地下室积水"), by=cast.liu, meeting=meeting).state == "tabled"
    with pytest.raises(NotAllowed, match="问政季"):
        table_proposal(usual, by=cast.liu, meeting=meeting)


def test_the_strip_names_what_the_table_opens_with_the_days_left(cast: Cast, sign_in) -> None:
    home = sign_in(cast.liu).get("/desk/").content.decode()
    assert "提请审议（还有27天）" in home
    assert "开工（还有" not in home
    assert all(codes for codes in OPENS.values())


def test_a_place_without_a_council_says_so_and_takes_words_in(cast: Cast, client: Client) -> None:
    page = client.get(reverse("place", args=[cast.zaonan.code])).content.decode()
    assert "还没有成立议事协商会" in page
    assert reverse("suggest-here", args=[cast.zaonan.code]) in page


def test_what_is_typed_wrongly_is_named(cast: Cast) -> None:
    with pytest.raises(Refused, match="“春季”不是季"):
        set_year(cast.district, by=cast.sun, year=2027, windows=[("区", "春季", "2027-01-01", "2027-02-01")])
    with pytest.raises(Refused, match="不是2027年里的日子"):
        set_year(cast.district, by=cast.sun, year=2027, windows=[("区", "问政季", "2026-12-30", "2027-02-01")])
    with pytest.raises(Refused, match="10月1日"):
        announce_holidays(cast.district, by=cast.sun, year=2027, days=SPRING[:2])
    carry_on(cast.district, by=cast.sun, year=2027)
    with pytest.raises(Refused, match="已经施行"):
        carry_on(cast.district, by=cast.sun, year=2027)
    assert open_seasons(cast.zaobei, date(2027, 5, 1)) == {Season.DELIVERY}
