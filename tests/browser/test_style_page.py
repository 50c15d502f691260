"""The design system in a real browser: it fits, it can be seen, it works by keyboard and without scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.cast import Cast
from yishiting.ground.places.models import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, OLD_LAPTOP = (360, 740), (1366, 768)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server: Any, browser_context_args: dict[str, Any]) -> Iterator[Open]:
    """Open the style page: `visit("desk", OLD_LAPTOP, care=True, dark=True, scripts=False)`."""
    contexts = []

    def go(layout: str, size: tuple[int, int], *, care: bool = False, dark: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            **browser_context_args,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        if care:
            context.add_cookies([{"name": "care", "value": "1", "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/style/?layout={layout}")
        return page

    yield go
    for context in contexts:
        context.close()


CASES = [
    ("public", PHONE, False, False),
    ("public", PHONE, True, False),
    ("public", PHONE, True, True),
    ("public", OLD_LAPTOP, False, True),
    ("desk", OLD_LAPTOP, False, False),
    ("desk", OLD_LAPTOP, True, False),
    ("desk", PHONE, False, False),
    ("big", PHONE, False, False),
    ("projector", (1920, 1080), False, False),
    ("print", OLD_LAPTOP, False, False),
]


@pytest.mark.parametrize(("layout", "size", "care", "dark"), CASES)
def test_it_fits_the_screen_and_axe_finds_nothing(
    visit: Open, layout: str, size: tuple[int, int], care: bool, dark: bool
) -> None:
    page = visit(layout, size, care=care, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_care_mode_is_large_everywhere_and_switches_off_again(visit: Open) -> None:
    page = visit("public", PHONE)
    with page.expect_navigation():
        page.get_by_role("button", name="关怀版").click()
    sizes = page.evaluate(
        "Array.from(document.querySelectorAll('body *')).filter(e => e.offsetParent && !e.closest('svg, code, kbd'))"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 24
    targets = page.evaluate(
        "Array.from(document.querySelectorAll('.button, .switch, .rooms a, .card, input[type=text], select'))"
        ".filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height)"
    )
    assert min(targets) >= 60
    with page.expect_navigation():
        page.get_by_role("button", name="退出关怀版").click()
    assert "care" not in (page.get_attribute("html", "class") or "").split()


def test_nothing_breaks_the_content_policy(visit: Open) -> None:
    page = visit("desk", OLD_LAPTOP)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.reload()
    page.locator("tbody a").first.click()
    page.locator("#beside h1").wait_for()
    assert said == []


def test_a_desk_is_worked_by_keyboard(visit: Open) -> None:
    page = visit("desk", OLD_LAPTOP)
    page.evaluate("document.activeElement.blur()")
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    assert page.inner_text("[data-picked]") == "1"
    assert page.locator("tr.at").get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.locator("#beside h1").wait_for()
    assert page.evaluate("document.activeElement.className") == "at"
    page.keyboard.press("Escape")
    assert page.inner_text("#beside") == ""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("2")
    assert page.locator("[data-keys] input:checked").first.get_attribute("value") == "detail"


def test_the_errors_take_the_focus_and_lead_to_their_field(visit: Open) -> None:
    page = visit("public", PHONE)
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    page.locator("[data-errors] a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_several-what"


def test_a_draft_comes_back_without_what_is_private(visit: Open) -> None:
    page = visit("public", PHONE)
    page.fill("#id_what", "路灯坏了")
    page.fill("#id_phone", "13800000000")
    page.wait_for_timeout(700)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "路灯坏了" in kept
    assert "13800000000" not in kept
    page.reload()
    assert page.input_value("#id_what") == "路灯坏了"
    page.get_by_role("button", name="不要了，重新写").click()
    assert page.input_value("#id_what") == ""
    assert page.evaluate("localStorage.length") == 0


def test_a_form_is_sent_once(visit: Open) -> None:
    page = visit("public", PHONE)
    sent: list[str] = []
    page.route("**/*", lambda route: (sent.append(route.request.method), route.abort()))
    page.evaluate("const f = document.getElementById('id_what').form; f.requestSubmit(); f.requestSubmit();")
    page.wait_for_timeout(300)
    assert sent.count("POST") == 1


def test_a_place_is_found_by_its_initials(visit: Open, cast: Cast) -> None:
    Place.objects.filter(pk=cast.zaobei.pk).update(initials="zyblsq")
    page = visit("public", PHONE)
    page.type("#id_where", "zybl")
    page.locator("#id_where-found li").wait_for()
    assert page.get_attribute("#id_where", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#id_where") == f"{cast.maizidian.short_name} {cast.zaobei.name}"
    assert page.input_value("[name=where_key]") == cast.zaobei.code
    page.type("#id_where", "x")
    assert page.input_value("[name=where_key]") == ""


def test_everything_is_there_without_scripts(visit: Open) -> None:
    page = visit("public", PHONE, scripts=False)
    assert page.get_by_role("button", name="提交建议").first.is_visible()
    assert page.get_by_role("button", name="关怀版").is_visible()
    assert not page.get_by_role("button", name="复制受理号").is_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="关怀版").click()
    assert "care" in (page.get_attribute("html", "class") or "").split()
