"""The lived year is built once in a process; every later file gets the same rows."""

import pytest
from django.db import connection, transaction

from tests.lived_year import LATE, lived, rows_lived
from tests.put_back import all_rows


@pytest.mark.slow
@pytest.mark.django_db
def test_what_is_put_back_is_what_was_lived() -> None:
    """However late in the process: what was there when the year had just been lived is there after it was put back."""
    for _time in range(2):
        with transaction.atomic():
            with lived():
                rows = all_rows()
                connection.check_constraints()
            transaction.set_rollback(True)
    assert sum(map(len, rows.values())) > 1000
    ours = {table.name: set(found.values()) for table, found in rows.items()}
    was = rows_lived(LATE)
    assert ours.keys() == was.keys()
    assert [name for name in ours if ours[name] != was[name] and not name.startswith(("django_", "auth_"))] == []
