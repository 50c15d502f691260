"""民情建议库 over HTTP: who reads what, Chinese search, filters, a masked sheet, a full one with a reason."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import OPERATOR, Cast
from tests.doors.counting import queries_of
from tests.factories.suggestions import a_slip, a_suggestion, a_valid_one, many_alike
from yishiting.ground.ledger.models import Entry, Sealed
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions import classify_suggestion, load_categories, merge_suggestions
from yishiting.year.suggestions.models import Category

BANK = "desk-bank"
SHEET = "/desk/lists/desk-bank.xlsx"
CARD = "身份证110105199001011234"


def said(page: Any) -> str:
    return page.content.decode()


def rows_of(answer: Any) -> list[dict[str, str]]:
    page = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    table = [[cell or "" for cell in row] for row in page.iter_rows(min_row=4, values_only=True)]
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def test_each_office_reads_its_own_place_and_below(cast: Cast, sign_in) -> None:
    here, there = a_suggestion(cast), a_slip(cast, place=cast.zaonan, by=cast.qian)
    seen = {who: said(sign_in(getattr(cast, who)).get(reverse(BANK))) for who in ("liu", "qian", "zhao", "sun")}
    assert spoken(here.receipt) in seen["liu"]
    assert spoken(there.receipt) not in seen["liu"]
    assert spoken(there.receipt) in seen["qian"]
    assert spoken(here.receipt) not in seen["qian"]
    for who in ("zhao", "sun"):
        assert spoken(here.receipt) in seen[who]
        assert spoken(there.receipt) in seen[who]


@pytest.mark.parametrize("address", ["/desk/bank/", SHEET, "/desk/bank/export/"])
def test_a_resident_is_told_who_may(cast: Cast, sign_in, address: str) -> None:
    assert sign_in(cast.lu).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_place_out_of_reach_shows_nothing(cast: Cast, sign_in) -> None:
    there = a_slip(cast, place=cast.zaonan, by=cast.qian)
    page = said(sign_in(cast.liu).get(reverse(BANK), {"place": cast.zaonan.name, "place_key": cast.zaonan.code}))
    assert spoken(there.receipt) not in page


def test_it_is_searched_in_chinese_and_filtered(cast: Cast, sign_in) -> None:
    load_categories(cast.district, by=OPERATOR)
    lamp, shed = a_valid_one(cast), a_slip(cast)
    repair = Category.objects.get(path="环境/设施维修")
    classify_suggestion(lamp, by=cast.liu, category=repair, responsible_level="community")
    desk = sign_in(cast.sun)
    mapped = Category.objects.get(scheme__key="district", path="社区建设").path
    for asked in (
        {"q": "楼道灯"}, {"state": "valid"}, {"channel": "web"}, {"category": repair.path}, {"category": mapped},
        {"level": "community"}, {"year": 2026, "q": "声控"}, {"q": "灯", "place": "枣营北里", "place_key": cast.zaobei.code},
    ):  # fmt: skip
        page = said(desk.get(reverse(BANK), asked))
        assert spoken(lamp.receipt) in page, asked
        assert spoken(shed.receipt) not in page, asked
    assert "没有符合条件的建议" in said(desk.get(reverse(BANK), {"q": "地铁"}))
    assert desk.get(reverse(BANK), {"year": "明年", "state": "nonsense", "page": "x"}).status_code == 200


def test_merged_main_and_alone_are_told_apart(cast: Cast, sign_in) -> None:
    main, other = many_alike(cast, 2)
    alone = a_slip(cast)
    merge_suggestions(main, by=cast.liu, others=[other])
    desk = sign_in(cast.liu)
    for which, one in (("main", main), ("merged", other), ("alone", alone)):
        page = said(desk.get(reverse(BANK), {"merged": which}))
        assert [spoken(one.receipt) in page for one in (main, other, alone)] == [one == x for x in (main, other, alone)]


def test_the_sheet_is_masked_and_says_where_each_came_from(cast: Cast, sign_in) -> None:
    a_suggestion(cast, name="陆桂芳", text=f"楼道灯坏了，找我13812345678，{CARD}")
    a_slip(cast)
    answer = sign_in(cast.sun).get(SHEET)
    rows = {row["渠道"]: row for row in rows_of(answer)}
    assert rows["网上"]["提出人"] == "陆**"
    assert rows["网上"]["联系电话"] == "139****0021"
    assert rows["网上"]["来源"] == "本人提交"
    assert rows["意见箱"]["来源"] == "代录：刘芳"
    words = "".join(str(value) for row in rows.values() for value in row.values())
    assert all(secret not in words for secret in ("陆桂芳", "13900000021", "13812345678", "199001011234"))
    assert Entry.objects.filter(verb="suggestion.export").count() == 0


def test_in_full_needs_the_right_and_a_reason_and_is_recorded(cast: Cast, sign_in) -> None:
    a_suggestion(cast, name="陆桂芳")
    address = reverse("desk-bank-export")
    assert sign_in(cast.liu).get(address).status_code == 403
    assert sign_in(cast.zhao).post(address, {"reason": "回访"}).status_code == 403
    desk = sign_in(cast.wang)
    assert "共 1 条" in said(desk.get(address))
    assert desk.post(address, {"reason": " "}).status_code == 422
    answer = desk.post(f"{address}?q=楼道灯", {"reason": "电话回访，用完删除"})
    assert rows_of(answer)[0]["提出人"] == "陆桂芳"
    assert rows_of(answer)[0]["联系电话"] == "13900000021"
    entry = Entry.objects.get(verb="suggestion.export")
    assert (entry.facts["rows"], entry.office) == (1, "community_secretary")
    words = dict(Sealed.objects.filter(entry=entry).values_list("name", "text"))
    assert words == {"reason": "电话回访，用完删除", "asked": '{"q": "楼道灯"}'}


def test_a_secretary_cannot_export_what_they_cannot_read(cast: Cast, sign_in) -> None:
    a_slip(cast, place=cast.zaonan, by=cast.qian, name="王五")
    where = {"place": cast.zaonan.name, "place_key": cast.zaonan.code}
    page = sign_in(cast.wang).post(f"{reverse('desk-bank-export')}?place={where['place']}", {"reason": "想看看"})
    assert page.status_code == 422
    assert "没有符合条件的建议" in said(page)
    assert not Entry.objects.filter(verb="suggestion.export").exists()


def test_the_queries_do_not_grow_with_the_list(cast: Cast, sign_in) -> None:
    desk, url = sign_in(cast.sun), reverse(BANK)
    asked = []
    for n in range(3):
        a_suggestion(cast, text=f"{n}号楼楼道灯坏了", phone=f"1390000003{n}")
        asked.append(queries_of(desk, url))
    assert len(set(asked)) == 1
    assert asked[0] <= 15
