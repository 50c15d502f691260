"""Turning the day puts what can wait into one e-mail for each person, once."""

from django.core import mail

from tests.cast import TODAY, Cast
from yishiting.ground.notices.actions import deliver, tell
from yishiting.overview.cycle.actions import turn_the_day


def test_the_day_gathers_its_digest_once(cast: Cast) -> None:
    cast.wang.email = "wang@example.org"
    cast.wang.save(update_fields=["email"])
    for n in range(2):
        tell(cast.wang, once=f"p{n}", template="project", subject="进展", body=f"第{n}件")
    assert turn_the_day(TODAY).digests == 1
    assert turn_the_day(TODAY).digests == 0
    assert deliver() == {"sent": 1}
    assert len(mail.outbox) == 1
