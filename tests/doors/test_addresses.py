"""Addresses no honest page leads to: answered with a sentence, never broken."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.publicity import a_notice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/p/%00/", "/place-search/?q=%00", "/?q=a%00b"])
def test_a_zero_character_leads_nowhere(cast: Cast, path: str) -> None:
    """PostgreSQL refuses to be asked for one."""
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()


@pytest.mark.parametrize("path", ["ledger/entries?place=%00", "places/?q=%00", "suggestions/at/%00"])
def test_a_program_is_told_so_in_its_own_way(cast: Cast, path: str) -> None:
    answer = Client().get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()) == (404, {"sentence": "没有找到", "field": ""})


def test_a_raised_two_is_no_revision_and_no_time(cast: Cast, sign_in) -> None:
    """It is a digit to Python, and no number."""
    notice = a_notice(cast)
    answer = sign_in(cast.wang).post(f"/desk/notices/{notice.pk}/withdraw/", {"reason": "写错了", "revision": "²"})
    assert answer.status_code == 302
    assert Client().post("/gateway/delivery/", headers={"X-Timestamp": "²"}).status_code == 403
    assert Client().post("/follow/", {"receipt": "²²²²²²²²²²", "tail": "1234"}).status_code == 422
