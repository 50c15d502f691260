"""Every kind of page in a real browser: it loads quietly, fits a phone and an old laptop, and axe finds nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Street, enter, listen
from tests.conftest import Clock
from tests.lived_year import LATE
from yishiting.doors.common.stage import COMMUNITY
from yishiting.instruments.publicity.models import PublicNotice

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE, OLD_LAPTOP = (360, 740), (1366, 768)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
BIG = 60
#: Who is shown which pages, by the names of their addresses: each as it is reached from that person's homes.
PAGES = {
    None: """home suggest-here follow sign-in staff-sign-in place place-suggestions place-proposals place-projects
        place-meetings not-now public-suggestion public-proposal public-project meeting debate-card notice-board notice
        notice-print council record record-entry privacy accessibility
        place-consultations consultation consultation-result statement-propose questionnaire questionnaire-result
        place-choices public-score-round public-budget-vote""",
    "lu": "my-home my-messages my-information follow-one suggestion-receipt",
    "liming": "representative-home my-meeting my-votes my-projects my-project my-duty-record",
    "liu": """desk-home desk-slips desk-suggestions desk-suggestion desk-screening screening-at-once desk-merging
        desk-imports import-hand-in desk-sessions desk-session desk-solicitation-report desk-meetings
        desk-meeting meeting-attendance meeting-pack desk-reviews desk-proposals proposal-draft desk-proposal
        desk-projects desk-project desk-consultations desk-consultation desk-questionnaires desk-questionnaire
        questionnaire-preview desk-score-rounds desk-score-round desk-budget-votes desk-budget-vote budget-batch
        desk-bank desk-estates""",
    "wang": """desk-council desk-candidates desk-election desk-roster desk-duty-records desk-notices
        desk-appeals desk-organisations desk-messages desk-calls desk-account-joins desk-seasons""",
    "zhao": "desk-home",
    "zhou": "desk-home",
    "system": "administration desk-accounts account-open",
    "security": "desk-appointments",
    "audit": "audit-ledger audit-sign-ins",
}
#: Pages that are told apart by what is on them, not by their kind.
OF_THEIR_OWN = {
    "candidates": (None, lambda: reverse("council-candidates", args=[COMMUNITY])),
    "the candidates' notice": (
        None,
        lambda: reverse("notice", args=[PublicNotice.objects.get(kind="candidates").pk]),
    ),
    "planning a meeting": ("liu", lambda: reverse("meeting-plan", args=[COMMUNITY])),
}
CASES = [(login, name) for login, names in PAGES.items() for name in names.split()] + [
    (login, own) for own, (login, _address) in OF_THEIR_OWN.items()
]


@pytest.fixture
def db(street: Street) -> None:
    """The street's own: set up like that of any test, but what the year has left stays until the last page."""


@pytest.fixture
def page(browser: Browser, browser_context_args: dict[str, Any], db: None) -> Iterator[Page]:
    """A phone."""
    context = browser.new_context(**browser_context_args, viewport={"width": PHONE[0], "height": PHONE[1]})
    yield context.new_page()
    context.close()


def width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize(("login", "name"), CASES)
def test_it_loads_quietly_fits_and_can_be_used_by_everybody(
    page: Page, street: Street, clock: Clock, login: str | None, name: str
) -> None:
    clock.to(LATE)
    enter(page, street, login)
    said = listen(page)
    answer = page.goto(street.url + OF_THEIR_OWN[name][1]() if name in OF_THEIR_OWN else street.address(login, name))
    assert answer is not None
    assert answer.status == 200
    assert width(page) <= PHONE[0], wide(page)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    page.set_viewport_size({"width": OLD_LAPTOP[0], "height": OLD_LAPTOP[1]})
    assert width(page) <= OLD_LAPTOP[0], wide(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.context.add_cookies([{"name": "care", "value": "1", "url": street.url}])
    page.reload()
    assert width(page) <= PHONE[0], wide(page)
    assert small(page) == []
    assert said == []


def small(page: Page) -> list[str]:
    """The buttons too small for a finger that shakes."""
    return page.evaluate(
        """least => Array.from(document.querySelectorAll('main button, main .button, main input[type=submit]'))
            .filter(one => one.offsetParent && one.getBoundingClientRect().height < least)
            .map(one => one.outerHTML.slice(0, 160))""",
        BIG,
    )


def wide(page: Page) -> list[str]:
    """What sticks out at the right."""
    return page.evaluate(
        """() => Array.from(document.querySelectorAll('body *'))
            .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
            .map(one => one.outerHTML.slice(0, 120))
            .slice(0, 5)"""
    )
