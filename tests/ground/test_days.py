"""Days as people say them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from yishiting.ground.common.days import chinese, said

DAY = date(2026, 3, 5)
LATE_IN_LONDON = datetime(2026, 3, 4, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("style", "zh", "en"),
    [
        ("", "2026年3月5日（周四）", "Thu 5 March 2026"),
        ("plain", "2026年3月5日", "5 March 2026"),
        ("short", "3月5日", "5 Mar"),
        ("weekday", "3月5日（周四）", "Thu 5 Mar"),
        ("month", "2026年3月", "March 2026"),
        ("time", "2026年3月5日（周四）", "Thu 5 March 2026"),
    ],
)
def test_a_day_in_every_style_and_language(style: str, zh: str, en: str) -> None:
    assert chinese(DAY, style) == zh
    with translation.override("zh-hans"):
        assert said(DAY, style) == zh
    with translation.override("en"):
        assert said(DAY, style) == en
        assert chinese(DAY, style) == zh


def test_a_moment_is_said_in_beijing_time() -> None:
    assert chinese(LATE_IN_LONDON, "time") == "2026年3月5日（周四） 01:30"
    with translation.override("en"):
        assert said(LATE_IN_LONDON, "time") == "Thu 5 March 2026, 01:30"
