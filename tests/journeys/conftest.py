"""The lived-in year for the journeys that only look: built once, inside a transaction that is taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tests.lived_year import lived


@pytest.fixture(scope="module")
def lived_year(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, for all tests of one file; each test's own changes, and in the end all of it, are taken back.

    Tests close the connection when they have ended; here it must outlive them, or the year would be lost.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        connection.ensure_connection()
        patch.setattr(connection, "close", lambda: None)
        with transaction.atomic(), lived():
            yield
            transaction.set_rollback(True)
