"""Follow every link: nobody is led to nothing, to a breakdown, or to a refusal, and every line on the way is whole."""

import pytest

from tests.conftest import Clock
from tests.journeys.walking import Walk, different_ones
from tests.lived_year import LATE
from yishiting.doors.common.message_pages import PAGES, message_page
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]


@pytest.mark.once
@pytest.mark.parametrize("login", [None, *different_ones()])
def test_every_link_leads_somewhere_one_may_go(login: str | None, clock: Clock) -> None:
    clock.to(LATE)
    walk = Walk.of(login)
    walk.all()
    assert not walk.trouble, "\n".join(["", *walk.trouble])
    assert len(walk.met) > 20, "a home full of links is the least one may expect"


def test_every_message_of_the_year_leads_to_its_own_page() -> None:
    led = {(one.audience, one.about_kind) for one in Message.objects.exclude(about_kind="")}
    assert led <= set(PAGES)
    assert len(led) > 3
    for one in Message.objects.exclude(about_kind=""):
        assert one.about_id in message_page(one)


def test_the_record_of_the_year_runs_forward() -> None:
    moments = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments), "an entry that is dated before the one above it looks forged"
