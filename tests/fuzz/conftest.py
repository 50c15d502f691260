"""The lived-in year for what is sent at random."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.lived_year import lived


@pytest.fixture(scope="module")
def lived_year(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, for all tests of one file; what each test changes, and in the end all of it, is taken back."""
    with django_db_blocker.unblock(), transaction.atomic(), lived():
        yield
        transaction.set_rollback(True)
