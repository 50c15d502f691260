"""A representative reads their own record."""

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.councils import a_seated_term


def test_my_record_for_my_seat(cast: Cast, sign_in, clock: Clock, client: Client) -> None:
    a_seated_term(cast, clock)
    page = sign_in(cast.liming).get(reverse("my-duty-record")).content.decode()
    assert "一号楼群" in page
    assert "应到0次" in page
    assert "还没有担任过" in sign_in(cast.lu).get(reverse("my-duty-record")).content.decode()
    assert client.get(reverse("my-duty-record")).status_code == 302
