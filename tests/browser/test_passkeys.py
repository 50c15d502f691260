"""A key in a real browser: Chromium's own virtual one is added on one page and asked on the other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.authenticator import Key
from tests.browser.conftest import listen
from tests.cast import PASSWORD, Cast
from yishiting.ground.entrance.actions import add_passkey
from yishiting.ground.entrance.models import Passkey
from yishiting.ground.entrance.passkeys import Ceremony, Site, begin_adding

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ONE_IN_THE_COMPUTER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _patience(page: Page) -> None:
    """The first page of a process is slow on a busy machine."""
    page.set_default_timeout(120_000)
    expect.set_options(timeout=60_000)


@pytest.fixture
def keyed(page: Page) -> Iterator[Page]:
    """A page whose browser has a key at hand."""
    talk = page.context.new_cdp_session(page)
    talk.send("WebAuthn.enable")
    talk.send("WebAuthn.addVirtualAuthenticator", {"options": ONE_IN_THE_COMPUTER})
    yield page
    talk.detach()


def test_a_key_is_added_and_lets_in(keyed: Page, cast: Cast, live_server) -> None:
    page, here, said = keyed, live_server.url.replace("127.0.0.1", "localhost"), listen(keyed)
    cast.wang.totp_confirmed_at = None
    cast.wang.save()
    page.goto(f"{here}/account/staff/")
    sign_in(page)
    page.goto(f"{here}/account/passkey/{cast.wang.pk}/add/")
    page.get_by_label("给它起个名字").fill("这台电脑的指纹")
    page.get_by_role("button", name="添加安全密钥").click()
    expect(page).to_have_url(f"{here}/me/information/")
    expect(page.get_by_role("main")).to_contain_text("这台电脑的指纹")
    assert Passkey.objects.get().person == cast.wang
    page.context.clear_cookies()
    page.goto(f"{here}/account/staff/?next=/desk/")
    sign_in(page)
    page.get_by_role("button", name="使用安全密钥").click()
    expect(page).to_have_url(f"{here}/desk/")
    assert said == []


def sign_in(page: Page) -> None:
    page.get_by_label("登录名").fill("wang")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def test_without_a_key_the_page_says_so_and_keeps_the_way_out(page: Page, cast: Cast, live_server) -> None:
    here = live_server.url.replace("127.0.0.1", "localhost")
    site = Site("localhost", here)
    options, state = begin_adding(cast.wang, site)
    shown = Ceremony(site, state, Key(origin=here, host="localhost").make(options))
    add_passkey(cast.wang, by=cast.wang, name="不在手边", ceremony=shown)
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('none'))")
    page.goto(f"{here}/account/staff/")
    sign_in(page)
    expect(page.get_by_role("link", name="密钥不在手边")).to_be_visible()
    page.get_by_role("button", name="使用安全密钥").click()
    expect(page.get_by_role("alert")).to_contain_text("没有读到安全密钥")
