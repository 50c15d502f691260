"""The watch over reverse relations sees what it is there for."""

from types import ModuleType

import pytest

from tests.cast import Cast
from tests.looking_back import LooksForward

READS = """
def offices(person):
    return list(person.appointments.all())

def holders(people):
    return list(people.filter(appointments__isnull=False))
"""


def module_of(name: str) -> ModuleType:
    module = ModuleType(name)
    exec(READS, module.__dict__)
    return module


def test_a_package_below_may_not_read_forward(cast: Cast) -> None:
    accounts = module_of("yishiting.ground.accounts.queries")
    with pytest.raises(LooksForward, match="Appointment"):
        accounts.offices(cast.wang)
    with pytest.raises(LooksForward, match="Appointment"):
        accounts.holders(type(cast.wang).objects.all())


def test_a_package_above_may_read_what_lies_below(cast: Cast) -> None:
    files = module_of("yishiting.ground.files.queries")
    assert [held.person for held in files.offices(cast.wang)] == [cast.wang]
    assert cast.wang in files.holders(type(cast.wang).objects.all())


def test_pages_read_whatever_they_show(cast: Cast) -> None:
    assert module_of("yishiting.doors.web.desk.board").offices(cast.wang)
