"""Whoever may do a verb to a thing of the lived year is shown the way to it on the page of that thing.

That the pages themselves are reached from everybody's homes is the crawl's business (test_every_link.py).
"""

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Clock
from tests.journeys.walking import different_ones
from tests.lived_year import LATE
from yishiting.doors.web.shared.nouns import NOUNS, address_of, key_of, page_of
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import VERBS, Verb, why_not, why_not_now
from yishiting.ground.entrance.actions import consent
from yishiting.ground.entrance.queries import has_consented
from yishiting.ground.places.models import Place

pytestmark = [pytest.mark.slow, pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]
import_module("config.urls")  # the rooms enter their nouns when the addresses are read
#: What is done on a page of another thing, by whom and where.
ELSEWHERE = {
    "invitation.excuse": "the desk notes it on the sheet of attendance",
    "invitation.sign_in": "the desk notes it on the sheet of attendance",
    "meeting.plan": "on the list of meetings",
    "representative.link": "on the roster",
    "representative.unlink": "on the roster, for who is linked",
    "review.list": "on the meeting's page of reviews",
    "statement.propose": "on the public page of the consultation",
    "suggestion.appeal": "on the page one follows by the number of the receipt",
    "suggestion.supplement": "on the page one follows by the number of the receipt",
}
#: So many things of a kind are looked through for one that lets the verb be done now.
LOOKED_THROUGH = 60


def with_a_page() -> list[str]:
    """The verbs done to a thing with a page of its own; a person's own pages and a place's lists are tried by the crawl."""
    return sorted(
        code
        for code, verb in VERBS.items()
        if verb.subject in NOUNS and NOUNS[verb.subject].pages and not verb.internal
        if verb.subject not in (Place, Person) and code not in ELSEWHERE
    )


def ready(verb: Verb) -> Iterator[Any]:
    """Things that let the verb be done now, one of each state."""
    states: set[str] = set()
    for thing in NOUNS[verb.subject].model._default_manager.all()[:LOOKED_THROUGH]:  # type: ignore[index]
        state = getattr(thing, "state", "")
        if state not in states and why_not_now(verb.code, thing) is None:
            states.add(state)
            yield thing


def pages(person: Person, thing: Any) -> list[str]:
    """The page of the thing that lets this person in."""
    found = page_of(SimpleNamespace(actor=person, person=person), thing)  # type: ignore[arg-type]  # all it asks
    return [found[1]] if found is not None else []


#: What a person saw at an address: nothing changes between these tests, and one page shows the ways to many verbs.
_seen: dict[tuple[Any, str], str] = {}


def seen(person: Person, address: str) -> str:
    key = (person.pk, address)
    if key not in _seen:
        browser = Client()
        browser.force_login(person)
        _seen[key] = browser.get(address).content.decode()
    return _seen[key]


def shown(person: Person, addresses: list[str], code: str, thing: Any) -> bool:
    """Whether one of these pages has the way to the verb, or a form of its own that does it."""
    ways = (f'"{address_of(code, thing)}', f"{reverse('do', args=[code, key_of(thing)])}")
    return any(way in seen(person, one) for one in addresses for way in ways)


@pytest.mark.parametrize("code", with_a_page())
def test_whoever_may_is_shown_the_way(code: str, clock: Clock) -> None:
    clock.to(LATE)
    verb, unseen = VERBS[code], []
    things = list(ready(verb))
    for person in Person.objects.filter(login__in=different_ones()):
        thing = next((one for one in things if why_not(person, code, one) is None), None)
        if thing is None:
            continue
        if not has_consented(person):
            consent(person, by=person)
        addresses = pages(person, thing)
        if not shown(person, addresses, code, thing):
            unseen.append(f"{person} at {addresses}")
    assert unseen == []
