"""The words, drawings and colours of the design system."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Clock
from yishiting.doors.web import shared
from yishiting.doors.web.shared import drawings
from yishiting.doors.web.shared.shapes import Button, Part, PathStep, Season
from yishiting.doors.web.shared.style import seasons, steps, style_context
from yishiting.doors.web.shared.templatetags import yishiting_ui as ui

HOME = Path(shared.__file__).parent
STATIC = HOME / "static" / "yishiting"


def draw(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load i18n yishiting_ui %}" + source).render(context)


def test_money_is_said_as_people_say_it() -> None:
    assert [ui.money(fen) for fen in (86_000, 86_050, 12_350_000, 0, -2_000_000)] == [
        "860元",
        "860.50元",
        "123,500元",
        "0元",
        "-20,000元",
    ]
    assert ui.money(12_350_050) == "123,500.50元"
    assert ui.money(None) == ""
    with translation.override("en"):
        assert ui.money(12_350_000) == "¥123,500"


def test_dates_carry_the_weekday() -> None:
    assert ui.cn_date(date(2026, 3, 5)) == "2026年3月5日（周四）"
    assert ui.cn_date(datetime(2026, 3, 5, 1, 30, tzinfo=UTC), "time") == "2026年3月5日（周四） 09:30"
    assert ui.cn_date(None) == ""
    with translation.override("en"):
        assert ui.cn_date(date(2026, 3, 5)) == "Thu 5 March 2026"


def test_a_short_date_says_the_year_when_it_is_another(clock: Clock) -> None:
    clock.to(date(2026, 11, 24))
    assert ui.cn_date(date(2026, 3, 8), "short") == "3月8日"
    assert ui.cn_date(date(2025, 11, 17), "short") == "2025年11月17日"
    with translation.override("en"):
        assert ui.cn_date(date(2026, 3, 8), "short") == "8 Mar"
        assert ui.cn_date(date(2025, 11, 17), "short") == "17 November 2025"


def test_a_receipt_number_is_read_in_groups_and_stays_on_its_line() -> None:
    assert draw("{{ number|spoken }}", number="2600000804") == '<span class="nowrap">26 0000 0804</span>'
    assert ui.unbroken("受理号 26 0000 0804。") == "受理号 26\xa00000\xa00804。"
    assert ui.unbroken("126 0000 08045") == "126 0000 08045"


def test_a_day_that_has_passed_is_marked_though_nobody_counted(clock: Clock) -> None:
    clock.to(date(2026, 11, 24))
    assert "已超期" in ui.due(date(2026, 4, 10))
    assert "已超期" not in ui.due(date(2026, 11, 24))


def test_measures_of_chinese_stay_out_of_english() -> None:
    assert ui.counted(1234, "条") == "1,234条"
    with translation.override("en"):
        assert [ui.counted(25, "条"), ui.counted(3, "票")] == ["25", "3 votes"]


@pytest.mark.parametrize(
    ("days", "sentence"), [(3, "还剩3个工作日"), (0, "今天到期"), (-2, "已超2个工作日"), (None, "")]
)
def test_what_is_left_is_a_sentence(days: int | None, sentence: str) -> None:
    assert ui.workdays_left(days) == sentence


def test_a_share_of_nothing_is_a_dash() -> None:
    assert ui.percent(1, 0) == "—"
    assert ui.percent(61, 63) == "96.83%"


def test_the_mark_of_today_stands_in_its_season() -> None:
    drawn = drawings.year(seasons(), date(2026, 3, 5))
    assert [item["span"] for item in drawn["seasons"]] == [3, 6, 3]
    assert [item["now"] for item in drawn["seasons"]] == [True, False, False]
    assert 17 < float(drawn["mark"].rstrip("%")) < 18
    assert drawings.year(seasons(), date(2027, 5, 1))["mark"] == "100.00%"
    assert drawings.year(seasons(), date(2025, 5, 1))["mark"] == "0.00%"


@given(st.tuples(*[st.integers(1, 330)] * 3))
def test_three_seasons_of_any_length_fill_the_strip(lengths: tuple[int, int, int]) -> None:
    opens, made = date(2026, 1, 1), []
    for length in lengths:
        closes = date.fromordinal(opens.toordinal() + length - 1)
        made.append(Season("季", "#", opens, closes))
        opens = date.fromordinal(closes.toordinal() + 1)
    wide = drawings.spans(made)
    assert sum(wide) == 12
    assert min(wide) >= 2


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=4))
def test_shares_fill_the_bar(counts: list[int]) -> None:
    placed = drawings.shares([Part("答", count) for count in counts])
    whole = sum(float(item["width"].rstrip("%")) for item in placed)
    assert whole == pytest.approx(100 if sum(counts) else 0, abs=0.05)


def test_the_path_tells_the_present_step_what_is_next() -> None:
    html = draw("{% path_lanes steps summary %}", steps=steps(), summary="3月12日审议。")
    assert html.count('aria-current="step"') == 1
    assert "下一步：" in html
    assert "规则 2026-1 第 4 条" in html
    assert html.index("3月12日审议。") < html.index("提出建议")


def test_lines_ahead_are_drawn_apart_from_lines_walked() -> None:
    rows = drawings.path(steps())
    assert [row["ahead_after"] for row in rows] == [False, False, False, True, True, True, False]
    assert rows[0]["from_x"] == ""
    assert not rows[-1]["goes_on"]


def test_a_verb_that_may_not_be_done_says_why() -> None:
    html = draw("{% verb doing %}", doing=Button("提交", "/x/", why_not="还差监票人签字。"))
    assert "disabled" in html
    assert "还差监票人签字。" in html
    assert "/x/" not in html


def test_a_verb_posts_its_fields_once() -> None:
    html = draw("{% verb doing '路灯' %}", doing=Button("受理", "/x/", fields={"revision": 4}), csrf_token="t")
    assert 'method="post"' in html
    assert 'name="revision" value="4"' in html
    assert "data-once" in html
    assert "路灯" in html


def test_what_people_typed_cannot_become_markup() -> None:
    html = draw("{% path_lanes steps %}", steps=[PathStep("resident", "<script>x</script>", "now", next="<b>")])
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.fixture
def style_page(db: None) -> str:
    context = {**style_context(), "layout": "shared/desk.html", "layouts": []}
    return engines["django"].get_template("shared/style.html").render(context, RequestFactory().get("/style/"))


def test_the_style_page_keeps_the_content_policy(style_page: str) -> None:
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", style_page)
    scripts = re.findall(r"<script[^>]*>", style_page)
    assert scripts
    assert all("src=" in tag for tag in scripts)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', style_page)


def test_no_piece_lies_about_unused() -> None:
    shown = "".join(path.read_text(encoding="utf8") for path in HOME.parent.rglob("*.html"))
    code = "".join(path.read_text(encoding="utf8") for path in HOME.rglob("*.py"))
    pieces = {path.name for path in (HOME / "templates" / "pieces").glob("*.html")}
    assert {name for name in pieces if f"pieces/{name}" not in shown + code} == set()


def test_the_sheets_stay_small() -> None:
    assert sum(path.stat().st_size for path in STATIC.glob("*.css")) < 45_000


# ── Contrast, by the formula of WCAG 2 ───────────────────────────────────


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(c * 2 for c in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes() -> Iterator[tuple[str, dict[str, str]]]:
    text = (STATIC / "tokens.css").read_text(encoding="utf8")
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in re.findall(r"\{([^{}]*)\}", text)]
    light, dark, care, care_dark = [colours for colours in found if "ink" in colours]
    yield "light", light
    yield "dark", light | dark
    yield "care", light | care
    yield "care dark", light | dark | care | care_dark


TEXT = ("ink", "ink-soft", "link", "accent", "done", "waiting", "late")


@pytest.mark.parametrize(("name", "colours"), list(palettes()))
def test_every_word_and_edge_can_be_seen(name: str, colours: dict[str, str]) -> None:
    least = 7 if name.startswith("care") else 4.5
    for ground in ("paper", "surface"):
        for ink in TEXT:
            assert contrast(colours[ink], colours[ground]) >= least, (name, ink, ground)
        assert contrast(colours["edge"], colours[ground]) >= 3, (name, "edge", ground)
    assert contrast(colours["accent-ink"], colours["accent"]) >= 4.5
    for soft in ("accent-soft", "done-soft", "late-soft", "info-soft"):
        assert contrast(colours["ink"], colours[soft]) >= 4.5
