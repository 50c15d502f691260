from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.stress.clerks import a_shared_database


@pytest.fixture
def cast(transactional_db: None, tmp_path: Path) -> Iterator[Cast]:
    """The cast, in a database several threads work on."""
    with a_shared_database(tmp_path):
        yield Cast()
