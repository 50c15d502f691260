"""A community's whole year at the screen, as the cast would live it: every page opened, every label read."""

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.journeys.year.circle import Circle
from tests.journeys.year.election import elect


@pytest.mark.slow
def test_the_year_on_the_web(cast: Cast, clock: Clock) -> None:
    circle = Circle(cast, clock)
    elect(circle)
