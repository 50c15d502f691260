"""Follow every link: nobody is led to nothing, to a breakdown, or to a refusal."""

import pytest

from tests.conftest import Clock
from tests.journeys.walking import Walk
from tests.lived_year import LATE
from yishiting.doors.commands.demo.people import CAST

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]


@pytest.mark.parametrize("login", [None, *(part.login for part in CAST)])
def test_every_link_leads_somewhere_one_may_go(login: str | None, clock: Clock) -> None:
    clock.to(LATE)
    walk = Walk.of(login)
    walk.all()
    assert not walk.trouble, "\n".join(["", *walk.trouble])
    assert len(walk.met) > 20, "a home full of links is the least one may expect"
