"""Every declared verb, about a real thing of the lived year: its page, its operation and its command ask the same.

For whoever may, the page opens or says why not yet; nobody else comes in; what is left out is refused at its field
with what was typed kept; and nothing changes by looking.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Clock
from tests.journeys.walking import different_ones
from tests.lived_year import LATE
from yishiting.doors.api.v1.declared import body_of
from yishiting.doors.common.stage import CAST
from yishiting.doors.web.shared.fields import form_of
from yishiting.doors.web.shared.nouns import NOUNS, has_page_by_hand, key_of
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Files, Text
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS, Verb, why_not_now
from yishiting.ground.ledger.models import Entry
from yishiting.ground.organisations.models import Office

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]
import_module("config.urls")  # the rooms enter their nouns when the addresses are read
#: So many things of a kind are looked at for one that a verb fits.
LOOKED_AT = 40


@pytest.fixture(autouse=True)
def _late_in_the_year(clock: Clock) -> None:
    clock.to(LATE)


def declared() -> list[str]:
    return sorted(
        code
        for code, verb in VERBS.items()
        if verb.is_declared and not verb.internal and verb.subject in NOUNS and not has_page_by_hand(code)
    )


def things_of(verb: Verb) -> Iterator[Any]:
    """Things of the verb's kind, those first that would let it be done now."""
    rows = list(NOUNS[verb.subject].model._default_manager.all()[:LOOKED_AT])  # type: ignore[index]
    yield from sorted(rows, key=lambda thing: why_not_now(verb.code, thing) is not None)


def may(verb: Verb, person: Person, thing: Any) -> bool:
    return verb.may.why_not(Question(person, thing)) is None


def somebody_of_each_kind() -> list[Person]:
    """Of those who may do the same, one; of departments, everybody: each has matters of its own."""
    handlers = [part.login for part in CAST if part.office == Office.HANDLING_OFFICER]
    return list(Person.objects.filter(login__in=[*different_ones(), *handlers], is_active=True))


#: Who was found for a verb, and for which thing: looked for once, since these tests change nothing.
_found: dict[str, tuple[Any, Any] | None] = {}


def one_who_may(verb: Verb) -> tuple[Person, Any] | None:
    if verb.code not in _found:
        people = somebody_of_each_kind()
        pairs = ((person.pk, thing.pk) for thing in things_of(verb) for person in people if may(verb, person, thing))
        _found[verb.code] = next(pairs, None)
    if (found := _found[verb.code]) is None:
        return None
    person, thing = found
    return Person.objects.get(pk=person), NOUNS[verb.subject].model._default_manager.get(pk=thing)  # type: ignore[index]


def address(verb: Verb, thing: Any) -> str:
    return reverse("do", args=[verb.code, key_of(thing)])


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("code", declared())
def test_whoever_may_comes_in_and_nobody_else(code: str) -> None:
    verb = VERBS[code]
    found = one_who_may(verb)
    if found is None:
        assert not verb.subject._default_manager.exists() or not things_exist_for_anybody(verb), code
        return
    person, thing = found
    before = Entry.objects.count()
    page = signed_in(person).get(address(verb, thing))
    assert page.status_code == 200, page.content.decode()[:600]
    assert str(verb.label) in page.content.decode()
    stranger = next((p for p in Person.objects.filter(is_active=True, erased_at=None) if not may(verb, p, thing)), None)
    if stranger is not None:
        assert signed_in(stranger).get(address(verb, thing)).status_code == 403
        assert signed_in(stranger).post(address(verb, thing), {}).status_code == 403
    assert Entry.objects.count() == before


def things_exist_for_anybody(verb: Verb) -> bool:
    """Whether there is a thing that somebody of the year could do this to: then one should have been found."""
    return any(may(verb, p, thing) for thing in things_of(verb) for p in somebody_of_each_kind())


@pytest.mark.once
@pytest.mark.parametrize("code", declared())
def test_page_operation_and_command_ask_the_same(code: str) -> None:
    verb = VERBS[code]
    thing = next(things_of(verb), None)
    wanted = set(verb.asked)
    shape = body_of(verb)
    files = {name for name, one in verb.asked.items() if isinstance(one.parameter, Files)}
    assert set(shape.model_fields if shape else ()) == wanted - files
    if thing is not None:
        form = form_of(verb, thing)
        assert set(form.fields) == wanted
        assert {n for n, f in form.fields.items() if f.required} == {n for n, one in verb.asked.items() if one.needed}


@pytest.mark.once
@pytest.mark.parametrize("code", [code for code in declared() if any(o.needed for o in VERBS[code].asked.values())])
def test_what_is_left_out_is_refused_at_its_field_and_nothing_is_lost(code: str) -> None:
    verb = VERBS[code]
    found = one_who_may(verb)
    if found is None:
        return
    person, thing = found
    texts = [name for name, one in verb.asked.items() if isinstance(one.parameter, Text)]
    missing = next(name for name, one in verb.asked.items() if one.needed)
    sent = {name: f"已经写好的{n}" for n, name in enumerate(texts) if name != missing}
    before = Entry.objects.count()
    page = signed_in(person).post(address(verb, thing), {**sent, "revision": getattr(thing, "token", "")})
    text = page.content.decode()
    assert page.status_code == 422, text[:600]
    assert f'id="id_{missing}' in text
    assert str(verb.asked[missing].parameter.missing) in text
    assert all(words in text for words in sent.values())
    assert Entry.objects.count() == before


@pytest.mark.once
def test_the_year_has_somebody_for_most_verbs() -> None:
    """So that the tests above look at something: what is left is done to things the year does not have."""
    nobody = [code for code in declared() if one_who_may(VERBS[code]) is None]
    assert len(nobody) * 4 < len(declared()), nobody
