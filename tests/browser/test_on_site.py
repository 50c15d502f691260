"""A visit noted on a phone without a connection: kept, opened again, sent once; nothing of who proposed it is kept."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast
from tests.factories import proposals as P
from yishiting.ground.files.models import Attachment
from yishiting.year.proposals.models import Proposal
from yishiting.year.visits.models import SiteVisit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE_OF_A_PICTURE = 0x8825
NOT_SENT, SENT = "还没有发出，有网后会自动发送", "已发出，手机里不再留存"
#: Everything this origin has stored on the phone, as text.
KEPT = """async () => {
  const told = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    for (const request of await store.keys()) { told.push(request.url, await (await store.match(request)).text()); }
  }
  for (const found of await indexedDB.databases()) {
    const rows = await new Promise((done) => {
      const asked = indexedDB.open(found.name);
      asked.onsuccess = () => {
        const names = Array.from(asked.result.objectStoreNames);
        if (!names.length) { asked.result.close(); done([]); return; }
        const all = asked.result.transaction(names[0]).objectStore(names[0]).getAll();
        all.onsuccess = () => { asked.result.close(); done(all.result); };
      };
    });
    told.push(JSON.stringify(rows));
  }
  return told.join('\\n');
}"""


@pytest.fixture
def phone(live_server: LiveServer, browser: Any, browser_context_args: Any, sign_in: Any) -> Any:
    cast = Cast()
    context = browser.new_context(**browser_context_args, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.cast, page.root = cast, live_server.url
    enter(page, sign_in)
    yield page
    context.close()


def enter(page: Any, sign_in: Any) -> None:
    value = sign_in(page.cast.liu).cookies["sessionid"].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.root}])


@pytest.fixture
def proposal(phone: Any) -> Proposal:
    return P.drafted(phone.cast, suggestions=[P.valid(phone.cast, by=phone.cast.lu)])


def opened(phone: Any, proposal: Proposal) -> None:
    """The page was opened where there was a connection, and is kept."""
    phone.goto(phone.root + reverse("on-site", args=[proposal.pk]))
    until(phone, "navigator.serviceWorker.controller && await caches.match(location.pathname)")


def until(phone: Any, holds: str) -> None:
    """Wait for what the browser does by itself."""
    for _try in range(50):
        if phone.evaluate(f"async () => Boolean({holds})"):
            return
        phone.wait_for_timeout(100)
    raise AssertionError(holds)


def written(phone: Any, found: str = "绿地宽6米") -> None:
    phone.fill('[name="people"]', "副主任李强、提出人1位")
    phone.fill('[name="found"]', found)


def a_picture(tmp_path: Path) -> Path:
    """A photograph that says where it was taken."""
    picture = Image.new("RGB", (3000, 2000), "green")
    exif = picture.getexif()
    exif[PLACE_OF_A_PICTURE] = {1: "N", 2: (39.0, 56.0, 0.0), 3: "E", 4: (116.0, 28.0, 0.0)}
    path = tmp_path / "绿地.jpg"
    picture.save(path, "JPEG", exif=exif)
    return path


def test_noted_without_a_connection_opened_again_and_sent_once(phone: Any, proposal: Proposal, tmp_path: Path) -> None:
    opened(phone, proposal)
    phone.context.set_offline(True)
    written(phone)
    phone.set_input_files('input[type="file"]', a_picture(tmp_path))
    phone.get_by_role("button", name="发出").click()
    expect(phone.locator("[data-state]")).to_contain_text(NOT_SENT)
    phone.reload()
    expect(phone.locator("[data-state]")).to_contain_text(NOT_SENT)
    expect(phone.locator('[name="found"]')).to_have_value("绿地宽6米")
    assert SiteVisit.objects.count() == 0
    phone.context.set_offline(False)
    expect(phone.locator("[data-state]")).to_contain_text(SENT)
    visit = SiteVisit.objects.get()
    assert (visit.people, visit.found) == ("副主任李强、提出人1位", "绿地宽6米")
    photo = Attachment.objects.get(subject_id=str(visit.pk))
    with photo.stored.open() as stored, Image.open(BytesIO(stored.read())) as picture:
        assert not picture.getexif().get_ifd(PLACE_OF_A_PICTURE)
    assert "绿地宽6米" not in phone.evaluate(KEPT)


def test_the_phone_keeps_nothing_of_who_proposed_it(phone: Any, proposal: Proposal) -> None:
    source = proposal.sources.get().suggestion
    opened(phone, proposal)
    phone.context.set_offline(True)
    written(phone, "绿地宽6米，回电 13812345678")
    phone.get_by_role("button", name="发出").click()
    expect(phone.locator("[data-state]")).to_contain_text("请不要写电话号码")
    kept = phone.evaluate(KEPT)
    assert proposal.number in kept
    for theirs in (phone.cast.lu.name, source.proposer_phone, source.text, source.title, "13812345678"):
        assert theirs not in kept, theirs
    phone.reload()
    phone.get_by_role("heading", name=proposal.number).wait_for()


def test_an_answer_that_was_lost_on_the_way_makes_no_second_visit(phone: Any, proposal: Proposal) -> None:
    opened(phone, proposal)
    lost: list[str] = []

    def swallow(route: Any) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        route.abort()

    phone.route(f"**{reverse('on-site', args=[proposal.pk])}", swallow)
    written(phone)
    phone.get_by_role("button", name="发出").click()
    expect(phone.locator("[data-state]")).to_contain_text(NOT_SENT)
    assert (len(lost), SiteVisit.objects.count()) == (1, 1)
    phone.reload()
    expect(phone.locator("[data-state]")).to_contain_text(SENT)
    assert SiteVisit.objects.count() == 1


def test_whose_session_is_over_signs_in_and_it_is_sent(phone: Any, proposal: Proposal, sign_in: Any) -> None:
    opened(phone, proposal)
    phone.context.set_offline(True)
    written(phone)
    phone.get_by_role("button", name="发出").click()
    expect(phone.locator("[data-state]")).to_contain_text(NOT_SENT)
    Session.objects.all().delete()
    phone.context.set_offline(False)
    expect(phone.locator("[data-state]")).to_contain_text("登录已经过期")
    assert SiteVisit.objects.count() == 0
    enter(phone, sign_in)
    phone.get_by_role("link", name="去登录").click()
    expect(phone.locator("[data-state]")).to_contain_text(SENT)
    assert SiteVisit.objects.count() == 1


def test_signing_out_takes_it_away(phone: Any, proposal: Proposal) -> None:
    opened(phone, proposal)
    written(phone)
    expect(phone.locator("[data-state]")).to_contain_text("还没有发出")
    phone.get_by_role("button", name="退出").first.click()
    phone.get_by_text("您已退出").wait_for()
    until(phone, "!(await caches.has('on-site')) && !(await indexedDB.databases()).length")
    until(phone, "!(await navigator.serviceWorker.getRegistrations()).length")


def test_with_a_connection_it_is_sent_at_once_and_a_refusal_stays_on_the_page(phone: Any, proposal: Proposal) -> None:
    opened(phone, proposal)
    written(phone)
    phone.fill('[name="visited_on"]', "2031-01-01")
    phone.get_by_role("button", name="发出").click()
    expect(phone.locator("[data-state]")).to_contain_text("不能")
    phone.fill('[name="visited_on"]', "昨天")
    phone.get_by_role("button", name="发出").click()
    phone.get_by_text("踏勘记录已保存").wait_for()
    assert SiteVisit.objects.count() == 1
