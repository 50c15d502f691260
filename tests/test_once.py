"""What asks for no database is tried on one of them alone; everything else on both."""

import pytest

from tests.cast import Cast


def is_tried_once(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("once") is not None


def test_without_a_database_once(request: pytest.FixtureRequest) -> None:
    assert is_tried_once(request)


def test_with_the_cast_on_both(request: pytest.FixtureRequest, cast: Cast) -> None:
    assert not is_tried_once(request)


def test_with_a_database_on_both(request: pytest.FixtureRequest, db: None) -> None:
    assert not is_tried_once(request)


@pytest.mark.django_db
def test_with_the_mark_on_both(request: pytest.FixtureRequest) -> None:
    assert not is_tried_once(request)
