"""The lived year is built once in a process; every later file gets the same rows."""

import pytest
from django.db import connection, transaction

from tests import lived_year
from tests.lived_year import lived
from tests.put_back import all_rows


@pytest.mark.slow
@pytest.mark.django_db
def test_what_is_put_back_is_what_was_lived(monkeypatch: pytest.MonkeyPatch) -> None:
    """However late in the process: the first time here it is lived, the second time put back."""
    monkeypatch.setattr(lived_year, "_kept", {})
    told = []
    for _time in range(2):
        with transaction.atomic():
            with lived():
                rows = all_rows()
                told.append({table.name: rows[table] for table in rows if not table.name.startswith("django_")})
                connection.check_constraints()
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert sum(map(len, told[0].values())) > 1000
