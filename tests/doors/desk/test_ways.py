"""Whatever waits for somebody has a page behind its button."""

import uuid

import pytest
from django.urls import reverse

from yishiting.doors.web.desk.links import LISTS, PAGES, STRAIGHT


@pytest.mark.parametrize("name", sorted({*PAGES.values(), *STRAIGHT.values()}))
def test_the_page_of_a_waiting_thing_is_there(name: str) -> None:
    assert reverse(name, args=[uuid.uuid4()])


@pytest.mark.parametrize("name", sorted({*LISTS.values(), "desk-suggestions"}))
def test_the_list_of_waiting_things_is_there(name: str) -> None:
    assert reverse(name, args=["110105012022"])
