"""A form that was open too long: our page in the reader's language, with what was typed, and never the secrets."""

from django.test import Client

from tests.cast import Cast

WORDS = "三号楼的路灯坏了，晚上看不见台阶。"


def sent(cast: Cast, **more: str) -> tuple[int, str]:
    browser = Client(enforce_csrf_checks=True, **more)
    page = browser.post(
        f"/p/{cast.zaobei.code}/suggest/",
        {"text": WORDS, "where": "3号楼", "phone": "13900001234", "code": "882211", "naming": "anonymous"},
    )
    return page.status_code, page.content.decode()


def test_the_words_are_given_back_and_the_way_on_is_shown(cast: Cast) -> None:
    status, page = sent(cast)
    assert status == 403
    assert WORDS in page
    assert "3号楼" in page
    assert "anonymous" not in page, "what a choice is called inside is nobody's words"
    assert f'href="/p/{cast.zaobei.code}/suggest/"' in page
    assert "没有提交" in page
    assert "DEBUG" not in page


def test_the_way_back_is_the_page_the_form_stood_on(cast: Cast) -> None:
    """Many addresses take forms and show none; another site is never the way back."""
    browser, away = Client(enforce_csrf_checks=True), "/desk/suggestions/xyz/"
    for came_from, back in (
        (f"http://testserver{away}", away),
        ("http://elsewhere.example/x", "/care/"),
        ("", "/care/"),
    ):
        page = browser.post("/care/", {"care": "1"}, headers={"referer": came_from} if came_from else {})
        assert f'{back}"' in page.content.decode()
        assert "elsewhere.example" not in page.content.decode()


def test_secrets_and_numbers_are_not_shown_again(cast: Cast) -> None:
    _status, page = sent(cast)
    assert "13900001234" not in page
    assert "882211" not in page


def test_in_english(cast: Cast) -> None:
    _status, page = sent(cast, headers={"accept-language": "en"})
    assert "Not sent" in page


def test_what_was_typed_cannot_become_code(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.post(f"/p/{cast.zaobei.code}/suggest/", {"text": "</textarea><script>alert(1)</script>"})
    assert "<script>alert" not in page.content.decode()


def test_a_program_gets_a_sentence(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.liu)
    answer = browser.post("/api/v1/me/tokens", {"name": "x"}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["sentence"]


def test_the_page_after_a_form_says_which_one_was_taken(cast: Cast, client: Client) -> None:
    once = "6f9619ff-8b86-4011-b42d-00cf4fc964ff"
    answer = client.post(f"/p/{cast.zaobei.code}/suggest/", {"text": WORDS, "naming": "anonymous", "once": once})
    assert answer.status_code == 302
    assert answer.cookies["delivered"].value == once
    refused = client.post(f"/p/{cast.zaobei.code}/suggest/", {"text": "", "naming": "anonymous", "once": once})
    assert "delivered" not in refused.cookies
