"""Queuing messages. Not verbs: a verb queues what it has to tell, in its own transaction.

Each message is one statement; within `in_one_statement` all of them together are.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.phones import read_number, takes_texts
from yishiting.ground.common.verbs import labelled
from yishiting.ground.notices.models import Audience, Call, Delivery, Message, Way
from yishiting.ground.notices.queries import Whom
from yishiting.ground.notices.rules import policy_of
from yishiting.ground.places.models import Place

#: What is queued within `in_one_statement`, by `once`.
_gathered: ContextVar[dict[str, Message | Call] | None] = ContextVar("gathered", default=None)


@contextmanager
def in_one_statement() -> Iterator[None]:
    """Within, messages are gathered; at its end they are queued by one statement, however many people are told."""
    if _gathered.get() is not None:
        yield
        return
    messages: dict[str, Message | Call] = {}
    token = _gathered.set(messages)
    try:
        yield
    finally:
        _gathered.reset(token)
    _queue(messages.values())


def tell(
    person: Person,
    *,
    once: str,
    template: str,
    subject: str,
    body: str,
    audience: Audience | None = None,
    about: models.Model | None = None,
    place_code: str = "",
) -> None:
    """Tell a person something on site, exactly once for each `once` (for example "suggestion.answer:ID").

    It leads to the page of what it is about in the rooms of the audience, or to their home when it is about nothing.
    Where the template goes by e-mail too and the person has an address, an e-mail is queued beside it.
    """
    words = {"template": template, "subject": subject, "body": body, "place_code": place_code, "step": once}
    words |= _leads_to(audience, about)
    here = {"delivery": Delivery.DELIVERED, "sent_at": timezone.now()}
    policy = policy_of(template)
    with in_one_statement():
        _add(f"{once}:{person.pk}:on_site", to=person, way=Way.ON_SITE, **words, **here)
        if policy.email and person.email:
            mail = {"address": person.email, "digest": policy.digest}
            _add(f"{once}:{person.pk}:email", to=person, way=Way.EMAIL, **words, **mail)


def _leads_to(audience: Audience | None, about: models.Model | None) -> dict[str, str]:
    kind, key = (labelled(about), str(about.pk)) if about is not None else ("", "")
    return {"audience": audience or "", "about_kind": kind, "about_id": key}


def reach(
    whom: Whom,
    *,
    step: str,
    template: str,
    subject: str,
    body: str,
    place: Place,
    audience: Audience | None = None,
    about: models.Model | None = None,
) -> None:
    """Tell somebody by every way that is on file, once for each step; whom none reaches is put on the list to ring."""
    words = {"step": step, "template": template, "body": body, "place_code": place.code}
    phone = whom.phone or (whom.person.phone if whom.person is not None else "")
    with in_one_statement():
        if whom.person is not None:
            said = {"template": template, "subject": subject, "body": body, "place_code": place.code}
            tell(whom.person, once=step, audience=audience, about=about, **said)
        if takes_texts(phone) and (whom.person is None or policy_of(template).text):
            text_message(phone, once=f"{step}:{whom.key}", **words)
        elif whom.person is None:
            ring(whom, step=step, subject=subject, body=body, place=place)


def ring(whom: Whom, *, step: str, subject: str, body: str, place: Place) -> None:
    """Put somebody on the list of those the desk has to ring, once for each step."""
    once = f"{step}:{whom.key}:call"
    said = {"name": whom.name, "phone": whom.phone, "unit": whom.unit, "subject": subject, "body": body}
    with in_one_statement():
        gathered = _gathered.get()
        if gathered is not None:
            gathered.setdefault(once, Call(once=once, step=step, place=place, **said))


def text_message(phone: str, *, once: str, template: str, body: str, place_code: str = "", step: str = "") -> None:
    """Send a short message to a mobile, exactly once for each `once`; to no other number, for none would receive it."""
    number = read_number(phone)
    if number.takes_texts:
        words = {"template": template, "subject": "", "body": body, "place_code": place_code, "step": step or once}
        _add(f"{once}:sms", address=number.digits, way=Way.SMS, **words)


def _add(once: str, **row: object) -> None:
    gathered = _gathered.get()
    message = Message(once=once, **row)
    if gathered is None:
        _queue([message])
    else:
        gathered.setdefault(once, message)


def _queue(rows: Iterable[Message | Call]) -> None:
    """Queue what is not queued yet. A conflict is no `ignore`: SQLite would let nonsense fall through the same hole."""
    rows = list(rows)
    once: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["once"], "update_fields": ["once"]}
    Message.objects.bulk_create([one for one in rows if isinstance(one, Message)], **once)
    if calls := [one for one in rows if isinstance(one, Call)]:
        Call.objects.bulk_create(calls, **once)
