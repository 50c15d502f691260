"""New Year, lived from November to 3 February with the clock moved: nobody is shut out, the district office is led."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import OPERATOR, Cast
from tests.conftest import Clock
from tests.factories import meetings
from tests.factories.proposals import drafted
from yishiting.doors.commands.management.commands.init import open_year
from yishiting.doors.web.desk.links import way_to
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.seasons.actions import load_holidays, open_special_intake, set_window
from yishiting.ground.seasons.coming_year import announce_holidays, carry_on, set_year
from yishiting.ground.seasons.holiday_notice import read_notice
from yishiting.ground.seasons.models import Holiday, Season, Window
from yishiting.ground.seasons.permissions import OPENS
from yishiting.ground.seasons.queries import holidays, open_seasons, rules_for, windows_for
from yishiting.methods.workdays import national_holidays
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.proposals.actions import table_proposal

pytestmark = pytest.mark.django_db
YEARLY = {"season.set_year", "holiday.announce", "rulebook.carry_on"}
NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。
二、春节：2月5日（农历除夕、周五）至11日（农历正月初六、周四）放假调休，共7天。2月14日（周日）上班。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。
"""


PROPOSED = [
    {"level": level, "season": season, "opens": opens, "closes": closes}
    for level in ("district", "subdistrict", "community")
    for season, opens, closes in (
        ("consultation", "2027年1月4日", "3月31日"), ("delivery", "2027-4-1", "9月30日"), ("review", "10月8日", "12月31日"),
    )
]  # fmt: skip


def as_typed(name: str, rows: list[dict[str, str]]) -> dict[str, str]:
    """A table as a page sends it."""
    cells = {f"{name}-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}
    return {f"{name}-rows": str(len(rows)), **cells}


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
    field = page.context["form"]["windows"]
    rows = field.field.rows(field)
    assert [row["title"] for row in rows][-1] == "第9行 社区（村） 收获季"
    assert "2027年1月4日" in rows[6]["cells"][0]["input"], "New Year's Day moves to the first day offices work"
    office.post(waits["season.set_year"], {"year": "2027", **as_typed("windows", PROPOSED)})
    assert Window.objects.filter(year=2027).count() == 9
    office.post(waits["holiday.announce"], {"year": "2027", "pasted": NOTICE})
    assert date(2027, 2, 5) in holidays().off
    assert date(2027, 2, 14) in holidays().worked
    assert Holiday.objects.get(day=date(2027, 2, 11)).name == "春节"
    office.post(waits["rulebook.carry_on"], {"year": "2027"})
    assert rules_for(cast.zaobei, date(2027, 1, 2)).label == "110105/2027/1"
    assert asked(cast, date(2026, 11, 2)) == {}


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


def window(season: str, opens: date, closes: date) -> dict[str, object]:
    return {"level": "district", "season": season, "opens": opens, "closes": closes}


def test_faults_stand_at_their_rows_and_nothing_is_lost(cast: Cast, clock: Clock, sign_in) -> None:
    open_year(cast.district, 2026)
    clock.to(date(2026, 11, 5))
    office, address = sign_in(cast.sun), reverse("do", args=["season.set_year", cast.district.code])
    wrong = [dict(row) for row in PROPOSED]
    wrong[1]["opens"], wrong[4]["closes"], wrong[8]["closes"] = "春天", "2027年1月1日", ""
    page = office.post(address, {"year": "2027", **as_typed("windows", wrong)})
    text = page.content.decode()
    assert page.status_code == 422
    assert "第2、5、9行填得不对" in text
    for at in ("windows-1-opens", "windows-4-closes", "windows-8-closes"):
        assert f'id="id_{at}_error"' in text
    assert all(f'value="{words}"' in text for words in ("春天", "2027年1月1日", "9月30日"))
    assert not Window.objects.filter(year=2027).exists()


def test_the_law_s_days_are_offered_and_a_table_is_taken_in(cast: Cast, clock: Clock, sign_in) -> None:
    load_holidays(cast.district, by=OPERATOR, table=national_holidays())
    clock.to(date(2026, 11, 5))
    office, address = sign_in(cast.sun), reverse("do", args=["holiday.announce", cast.district.code])
    page = office.get(address).content.decode()
    assert all(f'value="{name}"' in page for name in ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"))
    rows = [
        {"opens": "1月1日", "closes": "1月3日", "kind": "off", "name": "元旦"},
        {"opens": "", "closes": "", "kind": "", "name": ""},
        {"opens": "10月1日", "closes": "10月7日", "kind": "off", "name": "国庆节"},
        {"opens": "10月9日", "closes": "", "kind": "worked", "name": ""},
    ]
    sent = office.post(address, {"year": "2027", **as_typed("days", rows)})
    assert sent.status_code == 302
    assert set(Holiday.objects.filter(day__year=2027, worked=True).values_list("day", flat=True)) == {date(2027, 10, 9)}
    assert Holiday.objects.filter(day__year=2027, worked=False).count() == 10


def test_programs_send_objects(cast: Cast, clock: Clock, sign_in) -> None:
    open_year(cast.district, 2026)
    clock.to(date(2026, 11, 5))
    office = sign_in(cast.sun)
    rows = [{"level": "community", "season": "review", "opens": "2027-10-08", "closes": "2027-12-31"}]
    address = f"/api/v1/places/{cast.district.code}/season-set-year"
    sent = office.post(address, {"year": 2027, "windows": rows}, content_type="application/json")
    assert sent.status_code == 201, sent.content
    assert Window.objects.get(year=2027).opens == date(2027, 10, 8)
    rows[0]["season"] = "spring"
    sent = office.post(address, {"year": 2027, "windows": rows}, content_type="application/json")
    assert (sent.status_code, sent.json()["field"]) == (422, "windows.0.season")
    asked = VERBS["season.set_year"].parameters["windows"].parameter
    typed = asked.read("社区 收获季 2027-10-08 2027-12-31；街乡 问政季 1月4日 3月31日", cast.district)
    assert [(str(one["level"]), str(one["season"])) for one in typed] == [
        ("community", "review"),
        ("subdistrict", "consultation"),
    ]


def test_the_notice_is_read_as_it_is_worded() -> None:
    days = "国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。"
    found = read_notice(
        f"现将2025年元旦、春节放假调休日期的具体安排通知如下。\n一、元旦：1月1日（周三）放假1天，不调休。\n{days}", 2025
    )
    assert [(one.opens.isoformat(), one.closes.isoformat(), one.worked, one.name) for one in found] == [
        ("2025-01-01", "2025-01-01", False, "元旦"),
        ("2025-10-01", "2025-10-08", False, "国庆节、中秋节"),
        ("2025-09-28", "2025-09-28", True, "国庆节、中秋节"),
        ("2025-10-11", "2025-10-11", True, "国庆节、中秋节"),
    ]
    across = read_notice("元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert (across[0].opens, across[0].closes) == (date(2022, 12, 31), date(2023, 1, 2))


def test_what_is_typed_wrongly_is_named(cast: Cast) -> None:
    with pytest.raises(Refused, match="第1行，季"):
        set_year(cast.district, by=cast.sun, year=2027, windows=[window("spring", date(2027, 1, 1), date(2027, 2, 1))])
    with pytest.raises(Refused, match="都要在这一年里"):
        set_year(
            cast.district, by=cast.sun, year=2027, windows=[window("review", date(2026, 12, 30), date(2027, 2, 1))]
        )
    with pytest.raises(Refused, match="第1行，结束日期：结束日期不能早于"):
        set_year(cast.district, by=cast.sun, year=2027, windows=[window("review", date(2027, 3, 1), date(2027, 2, 1))])
    with pytest.raises(Refused, match="第2行：同一层级"):
        set_year(
            cast.district, by=cast.sun, year=2027, windows=[window("review", date(2027, 1, 1), date(2027, 2, 1))] * 2
        )
    with pytest.raises(Refused, match="10月1日"):
        announce_holidays(cast.district, by=cast.sun, year=2027, pasted=NOTICE.splitlines()[0])
    with pytest.raises(Refused, match="看不懂这一句"):
        announce_holidays(cast.district, by=cast.sun, year=2027, pasted="元旦：13月1日放假")
    carry_on(cast.district, by=cast.sun, year=2027)
    with pytest.raises(Refused, match="已经施行"):
        carry_on(cast.district, by=cast.sun, year=2027)
    assert open_seasons(cast.zaobei, date(2027, 5, 1)) == {Season.DELIVERY}
