"""Whatever anybody does to a matter, its path and its timeline still hold what they held before, in order, in the same words.

Nobody chose the acts: every declared verb about a part of a matter is tried in an order that is drawn, by whoever may,
with what its signature asks for. What is added later is tried by itself.
"""

import random
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import projects, proposals
from yishiting.doors.web.shared.happened import walked
from yishiting.doors.web.shared.matters import Thing, matter_of
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import (
    Day,
    Files,
    Lines,
    Money,
    OneOf,
    Parameter,
    Ref,
    Refs,
    SomeOf,
    Text,
    Whole,
    YesNo,
)
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS, Verb, why_not_now
from yishiting.instruments.publicity.models import Objection, PublicNotice
from yishiting.year.agreements.models import Agreement
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.projects.models import AcceptanceSignature, Finding, Progress, Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.actions import merge_suggestions
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.visits.models import Reply, SentDraft, SiteVisit

MATTERS: tuple[type[Thing], ...] = (Suggestion, Proposal, Project)
PARTS = (
    AgendaItem,
    PublicNotice,
    Objection,
    Progress,
    Finding,
    AcceptanceSignature,
    SiteVisit,
    SentDraft,
    Reply,
    Agreement,
)
#: What several acts alike in a row are followed by.
TIMES = re.compile(r"（\d+次）$")
ROUNDS = 2
#: How many different verbs are done at least, so that the walk goes somewhere.
DONE = 20
#: After so many acts every path is looked at.
TOGETHER = 5
Path = dict[int, tuple[str, ...]]


class CannotBeGuessed(Exception):
    """A parameter of a shape that only a person fills in."""


def some_value(parameter: Parameter, thing: Any, dice: random.Random) -> Any:
    """What one might answer: of several choices any."""
    match parameter:
        case Refs() | SomeOf():
            offered = list(parameter.choices(thing)[:4])
            return dice.sample(offered, dice.randint(min(1, len(offered)), len(offered)))
        case Ref() | OneOf():
            return one_of(list(parameter.choices(thing)[:4]), dice)
        case Text():
            return f"已经当面说清楚{dice.randrange(1000)}"
        case Day():
            return timezone.localdate() + timedelta(days=dice.choice((-1, 0, 7, 30)))
        case Whole() | Money():
            return dice.choice((1, 50, 100))
        case YesNo():
            return dice.random() < 0.5
        case Lines():
            return ["灯不亮要修", "路不平要补"]
    raise CannotBeGuessed


def one_of(offered: list[Any], dice: random.Random) -> Any:
    if not offered:
        raise CannotBeGuessed
    return dice.choice(offered)


def answers(verb: Verb, thing: Any, dice: random.Random) -> dict[str, Any]:
    """What it asks for, and sometimes what may be left out."""
    wanted = {name: one for name, one in verb.asked.items() if one.needed or dice.random() < 0.5}
    kinds = {name: one.parameter for name, one in wanted.items() if not isinstance(one.parameter, Files)}
    return {name: some_value(one, thing, dice) for name, one in kinds.items()}


def is_done(verb: Verb, people: Iterable[Person], dice: random.Random) -> bool:
    """Whether it could be done to one thing of its kind by one who may."""
    rows = list(verb.subject._default_manager.all())  # type: ignore[union-attr]
    for thing in dice.sample(rows, min(3, len(rows))):
        if why_not_now(verb.code, thing) is not None:
            continue
        for person in people:
            if verb.may.why_not(Question(person, thing)) is None:
                try:
                    with transaction.atomic():
                        verb.run(thing, by=person, **answers(verb, thing, dice))
                except (Refused, CannotBeGuessed):
                    break
                return True
    return False


def verbs_about_matters() -> list[str]:
    return sorted(
        code
        for code, one in VERBS.items()
        if one.is_declared and not one.internal and one.subject in (*MATTERS, *PARTS)
    )


def paths() -> dict[Thing, tuple[Path, list[int]]]:
    """Of everything there is what its path tells of each entry, and the entries of its timeline."""
    return {thing: told(thing) for kind in MATTERS for thing in kind._default_manager.all()}


def told(thing: Thing) -> tuple[Path, list[int]]:
    matter, found = matter_of(thing), {}
    for one in walked(matter):
        step = one.step
        words = (TIMES.sub("", str(step.title)), str(step.why), str(step.who), str(step.on), step.rule)
        found.update(dict.fromkeys(one.numbers, words))
    return found, [entry.seq for entry in matter.entries]


def lost(before: tuple[Path, list[int]], now: tuple[Path, list[int]]) -> list[Any]:
    """What is no longer told, is told in other words, or in another order; of which project may be said behind it."""
    (was, entries), (path, timeline) = before, now
    gone = [n for n in entries if n not in set(timeline)]
    other = [
        (words, path.get(n))
        for n, words in was.items()
        if n not in path or not path[n][0].startswith(words[0]) or path[n][1:] != words[1:]
    ]
    kept = [n for n in path if n in was]
    return [*gone, *other, *([] if kept == list(was) else ["order"])]


def situation(cast: Cast, clock: Clock) -> None:
    """A work under way, a draft that rests on two, a matter of several words, one by itself."""
    projects.underway(cast, clock)
    proposals.drafted(
        cast, suggestions=[proposals.valid(cast, text=f"{n}号楼要装路灯") for n in (1, 2)], title="装路灯"
    )
    main, other = (proposals.valid(cast, text=f"{n}号楼门前坑洼不平") for n in (3, 4))
    merge_suggestions(main, by=cast.liu, others=[other])
    proposals.valid(cast, text="树要修枝", by=cast.lu)
    projects.adopted_proposal(cast, title="修门前的路")
    for n, one in enumerate(Proposal.objects.exclude(resolution_number=""), start=90):  # as the year numbers them
        number = {"number": f"枣营北里社区案〔2026〕{n}号", "resolution_number": f"枣营北里社区议〔2026〕{n}号"}
        Proposal.objects.filter(pk=one.pk).update(**number)


def acts(cast: Cast, dice: random.Random) -> Iterator[str]:
    """Every verb there is about a part of a matter, again and again; each that could be done."""
    people = [cast.liu, cast.wang, cast.zhao, cast.liming, cast.lu, cast.sun, cast.zhou]
    for _n in range(ROUNDS):
        codes = verbs_about_matters()
        for code in dice.sample(codes, len(codes)):
            if is_done(VERBS[code], people, dice):
                yield code


@pytest.mark.once
@pytest.mark.parametrize("seed", [3])
def test_no_act_of_any_verb_takes_a_step_from_a_path(cast: Cast, clock: Clock, seed: int) -> None:
    situation(cast, clock)
    before, done, some = paths(), set[str](), acts(cast, random.Random(seed))
    while few := list(islice(some, TOGETHER)):
        done.update(few)
        now = paths()
        for thing, was in before.items():
            assert lost(was, now[thing]) == [], f"one of {few} took a step from the path of {thing!r}"
        before = now
    assert len(done) >= DONE, sorted(done)
