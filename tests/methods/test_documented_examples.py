"""Every example in the documents of these methods gives what is printed beside it."""

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITH_EXAMPLES = [
    "yishiting/methods/README.md",
    *(f"docs/methods/{name}.md" for name in ("margins", "merkle", "satisfaction", "speakers", "votes", "workdays")),
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_are_true(name):
    found = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert found.attempted > 0
    assert found.failed == 0
