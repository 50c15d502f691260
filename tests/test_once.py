"""What asks for no database, and what people see in a room, is tried on one of them alone; everything else on both."""

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.conftest import in_a_room


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


def test_the_pages_of_a_room_once_and_what_programs_read_on_both() -> None:
    doors = Path(__file__).parent / "doors"
    assert in_a_room(doors / "desk" / "test_home.py")
    assert not in_a_room(doors / "api" / "test_docs.py")
    assert not in_a_room(Path(__file__).parent / "year" / "projects" / "test_actions.py")
