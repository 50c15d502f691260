"""Writing to the ledger: each verb writes its one row through `record`; the day is signed by `sign_day`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.changes import at_work, what_is_said
from yishiting.ground.common.locks import hold_word
from yishiting.ground.common.predicates import place_of
from yishiting.ground.common.verbs import Rank, at_the_end, current, labelled, operator, verb
from yishiting.ground.ledger.keys import public_hex, signing_key
from yishiting.ground.ledger.models import Checkpoint, Entry, Head, Sealed
from yishiting.ground.ledger.permissions import MAY
from yishiting.ground.ledger.sealing import new_salt, pseudonym, record_hash, word_hash
from yishiting.methods import merkle
from yishiting.methods.ledger_export import signed_words

#: After all else: from here to the end of the transaction nobody else can number rows.
LAST: Rank = (2,)
#: Before anything is numbered.
FIRST: Rank = (0,)
#: The one row is made by whoever writes first. Each waits here for the one before to commit, so no number is left out.
TAKE_NUMBERS = """
    INSERT INTO {head} (id, size) VALUES (1, (SELECT COALESCE(MAX(seq), 0) FROM {entry}) + %s)
    ON CONFLICT (id) DO UPDATE SET size = {head}.size + %s RETURNING size
"""
#: How many rows go to the database in one statement.
AT_ONCE = 1000
#: What a fact may say: codes, numbers, days, and the numbers of papers. Words people typed are private.
PLAIN = re.compile(r"[!-~]*|[㐀-鿿]+〔\d{4}〕\d+号")


class Listed(str):
    """Words chosen from one of the house's own lists, such as the name of a category; a fact may say these."""

    __slots__ = ()


@dataclass(slots=True)
class Draft:
    """A row that is not numbered yet: the entry, its subject, the private words beside it, the rules the verb went by."""

    entry: Entry
    subject: models.Model | None
    words: list[Sealed] = field(default_factory=list)
    rules: Mapping[str, str] = field(default_factory=dict)

    def complete(self) -> None:
        """Fill in what stands only now."""
        facts = self.entry.facts
        self.entry.rules = self.entry.rules or self.rules.get(
            self.entry.place_code, next(iter(self.rules.values()), "")
        )
        facts.update({name: _plain(fact()) for name, fact in facts.items() if callable(fact)})
        if self.words:
            facts["private"] = {one.name: word_hash(one.text, one.salt) for one in self.words}


def write_entry(
    subject: models.Model | None, *, rules: str = "", private: Mapping[str, str] | None = None, **facts: Any
) -> Entry:
    """Write the one row of the verb at work.

    `subject` is None where the verb is about no single thing. `facts` are codes, whole numbers, days, and lists and
    dicts of these; anything else is refused, for they are published. One that stands only at the end is given by
    `later`. `rules` is needed only where the verb goes by a version kept earlier: one it looks up is named by itself.
    `private` holds words that people typed, and whose account it is about: they are kept apart, and only
    their salted hash is part of the event.
    """
    current().rows += 1
    draft = _draft(subject, rules, facts, private or {})
    _keep([draft])
    return draft.entry


def write_entries(
    whole: models.Model,
    parts: Iterable[tuple[models.Model, dict[str, Any]]],
    *,
    private: Mapping[str, str] | None = None,
    **facts: Any,
) -> Entry:
    """Write the row of a verb that takes in many things at once, and one row for each of them, in order."""
    current().rows += 1
    drafts = [_draft(whole, "", facts, private or {}), *(_draft(part, "", own, private or {}) for part, own in parts)]
    _keep(drafts)
    return drafts[0].entry


def later(thing: models.Model, name: str) -> Callable[[], Any]:
    """A fact that stands only when everything is numbered: what this field of the thing holds then."""
    return partial(getattr, thing, name)


def _keep(drafts: list[Draft]) -> None:
    """Hold rows until the outermost verb ends, so that the lock that numbers them is the last one taken."""
    at_the_end(_read_what_lies_elsewhere, FIRST)
    at_the_end(_number, LAST)
    at_work().waiting += drafts


def _read_what_lies_elsewhere() -> None:
    """Rows that were changed where they lie are read before anybody has to wait for the numbers."""
    at_work().rows()


def _number() -> None:
    drafts = at_work().waiting
    for draft in drafts:
        draft.complete()
    _bind(drafts)
    first, now = _take_numbers(len(drafts)), timezone.now()
    for seq, entry in enumerate((draft.entry for draft in drafts), start=first):
        entry.seq, entry.at = seq, now
        entry.leaf = merkle.event_hash(entry.event()).hex()
    Entry.objects.bulk_create([draft.entry for draft in drafts], batch_size=AT_ONCE)
    _keep_words([word for draft in drafts for word in draft.words])
    drafts.clear()


def _keep_words(words: list[Sealed]) -> None:
    for word in words:
        word.entry_id = word.entry.seq
    if words:
        Sealed.objects.bulk_create(words)


def _bind(drafts: list[Draft]) -> None:
    """Every row that was changed is bound to the entry about it; where there is none, to the last one."""
    about = {(type(one.subject), one.subject.pk): one.entry for one in drafts if one.subject is not None}
    for (model, key), values in at_work().rows().items():
        entry, name = about.get((model, key), drafts[-1].entry), f"{labelled(model)}:{key}"
        entry.records[name] = record_hash(name, what_is_said(model, values), entry.salt)


def _take_numbers(count: int) -> int:
    """The first of so many numbers, in one statement."""
    tables = {"head": Head._meta.db_table, "entry": Entry._meta.db_table}
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NUMBERS.format(**tables), [count, count])
        (size,) = cursor.fetchone()
    return int(size) - count + 1


def _draft(subject: models.Model | None, rules: str, facts: dict[str, Any], private: Mapping[str, str]) -> Draft:
    running, place, salt = current(), place_of(subject), new_salt()
    if name := operator():  # who ran the machine in somebody's name is private, that it was so is not
        facts, private = {**facts, "operated": True}, {**private, "operator": name}
    entry = Entry(
        verb=running.verb.code,
        subject_kind=labelled(subject) if subject else "",
        subject_id=str(subject.pk) if subject else "",
        place_code=place.code if place is not None else "",
        actor_kind=running.actor.actor_kind,
        actor_id=running.actor.actor_id,
        office=running.office,
        pseudonym=pseudonym(running.actor.actor_kind, running.actor.actor_id, salt),
        rules=rules,
        facts={name: _plain(fact) for name, fact in facts.items()},
        salt=salt,
    )
    return Draft(
        entry,
        subject,
        [Sealed(entry=entry, name=name, salt=new_salt(), text=text) for name, text in private.items()],
        running.rules,
    )


def _plain(fact: Any) -> Any:
    """The fact itself, if it may be published."""
    if isinstance(fact, Mapping):
        _plain([*fact, *fact.values()])
    elif isinstance(fact, list | tuple):
        for one in fact:
            _plain(one)
    elif isinstance(fact, str) and not isinstance(fact, Listed) and not PLAIN.fullmatch(fact):
        raise ValueError(f"facts are published; words belong into `private`: {fact!r}")
    return fact


@verb("ledger.checkpoint", _("每日存证"), MAY, internal="由每日定时任务一并办理")
def sign_day(day: date, *, by: Actor) -> Checkpoint:
    """Sign the state of the ledger at the end of a day; a day is signed once."""
    hold_word("checkpoint")
    point = Checkpoint.objects.filter(day=day).first() or _signed(day, _grown_frontier())
    write_entry(point, day=day.isoformat(), size=point.size, root=point.root)
    return point


def _grown_frontier() -> merkle.Frontier:
    last = Checkpoint.objects.order_by("-size").first()
    frontier = merkle.Frontier.from_dict({"size": last.size, "peaks": last.frontier}) if last else merkle.Frontier()
    leaves = Entry.objects.filter(seq__gt=frontier.size).order_by("seq").values_list("leaf", flat=True)
    frontier.extend(bytes.fromhex(leaf) for leaf in leaves.iterator(chunk_size=5000))
    return frontier


def _signed(day: date, frontier: merkle.Frontier) -> Checkpoint:
    key, root = signing_key(), frontier.root().hex()
    return Checkpoint.objects.create(
        day=day,
        size=frontier.size,
        root=root,
        frontier=frontier.as_dict()["peaks"],
        signature=key.sign(signed_words(day.isoformat(), frontier.size, root)).hex(),
        public_key=public_hex(key),
        signed_at=timezone.now(),
    )
