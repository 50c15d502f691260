"""The machine's proposals for class and level: from what clerks confirmed before, and from keyword rules until then.

What was confirmed at the place counts when there is enough of it, else what was confirmed anywhere in the district.
The classifiers are kept in the process and learn again when a fourth more has been confirmed; what one process learned
stands in Django's cache for the others, which need not load the library to propose by it.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.methods.classification import Classifier, Example
from yishiting.year.suggestions.guessing import CLASS_WORDS, LEVEL_WORDS, Guess, class_guesses, level_guesses
from yishiting.year.suggestions.models import Category, Suggestion, SuggestionQuerySet
from yishiting.year.suggestions.queries.class_versions import ClassMap, in_force

#: Confirmed suggestions from which the machine begins to learn; the newest it learns from at most; when it learns again.
ENOUGH = 50
NEWEST = 500
GROWN = 1.25
SHOWN = 3
#: Another number when what is stored changes its form.
FORM = 2


@dataclass(frozen=True, slots=True)
class Learned:
    """Two classifiers and the number of confirmed suggestions there were when they learned."""

    confirmed: int
    classes: Classifier
    levels: Classifier

    def is_good_for(self, number: int) -> bool:
        """Whether there are not many more now, nor fewer."""
        return self.confirmed <= number <= self.confirmed * GROWN


_learned: dict[int | None, Learned] = {}
_lock = threading.Lock()


def proposals(
    suggestion: Suggestion, classes: Iterable[Category]
) -> tuple[list[tuple[Category, Guess]], list[tuple[ResponsibleLevel, Guess]]]:
    """The likeliest of these classes and the likeliest levels, with how sure the machine is; empty without an idea."""
    learned = _learned_for(suggestion.place)
    known = {one.path: one for one in classes}
    map_of, versions = ClassMap(), in_force(timezone.localdate())
    likely = _asked(suggestion, class_guesses, learned.classes if learned else None)
    levels = _asked(suggestion, level_guesses, learned.levels if learned else None)
    return (
        [(known[path], one) for one in likely if (path := map_of.newest_path(one.value, versions)) in known],
        [(ResponsibleLevel(guess.value), guess) for guess in levels],
    )


def in_words(offer: Sequence[tuple[Any, Guess]]) -> str:
    """What the machine proposes, how sure it is, and why; a person decides."""
    if not offer:
        return _("系统没有把握，请您选。")
    sure = _("%(value)s（把握%(percent)s%%，%(why)s）")
    words = [
        sure % {"value": value, "percent": round(guess.confidence * 100), "why": _why(guess)} for value, guess in offer
    ]
    lead = _("系统建议：") if offer[0][1].sure else _("系统拿不准，可能是：")
    return lead + "；".join(words)


def sure_one(offer: Sequence[tuple[Any, Guess]]) -> Any:
    """What is filled in beforehand: the likeliest, where the machine is sure."""
    return offer[0][0] if offer and offer[0][1].sure else None


def _why(guess: Guess) -> str:
    found = [_("参照已确认的%(n)s条") % {"n": guess.learned_from}] if guess.learned_from else []
    if guess.words:
        found.append(_("提到%(words)s") % {"words": "、".join(f"“{word}”" for word in guess.words[:3])})
    return "，".join(found)


def forget_everything() -> None:
    """For measuring from a fresh start."""
    with _lock:
        _learned.clear()


def _asked(
    suggestion: Suggestion, rules: Callable[[str, str], list[Guess]], classifier: Classifier | None
) -> list[Guess]:
    # Where it is says nothing of whose it is: 3号楼 has gas pipes, lifts and illegal classrooms alike.
    if classifier is None:
        return rules(suggestion.title, suggestion.text)[:SHOWN]
    proposal = classifier.propose(suggestion.title, suggestion.text)
    return [
        Guess(
            one.label,
            round(one.confidence, 3),
            proposal.words if at == 0 else (),
            classifier.number,
            sure=not proposal.unsure,
        )
        for at, one in enumerate(proposal.likely)
    ]


def _learned_for(place: Place) -> Learned | None:
    """The classifiers of the place, or of everything here, or None while too little was confirmed."""
    confirmed = Suggestion.objects.filter(category__isnull=False)
    for scope, rows in ((place.pk, confirmed.filter(place=place)), (None, confirmed)):
        number = rows.count()
        if number >= ENOUGH:
            with _lock:
                kept = _learned.get(scope)
                if kept is None or not kept.is_good_for(number):
                    kept = _learned[scope] = _stored(scope, number) or _learn(scope, rows, number)
            return kept
    return None


def _stored(scope: int | None, number: int) -> Learned | None:
    """What another process learned, unless much more has been confirmed since."""
    stored = cache.get(f"guesses:{FORM}:{scope}")
    if stored is None:
        return None
    learned = Learned(
        stored["confirmed"],
        Classifier.from_dict(stored["classes"], CLASS_WORDS),
        Classifier.from_dict(stored["levels"], LEVEL_WORDS),
    )
    return learned if learned.is_good_for(number) else None


def _learn(scope: int | None, rows: SuggestionQuerySet, number: int) -> Learned:
    """Learn anew, and leave it to all processes."""
    said = rows.order_by("-received_on", "-receipt").values_list(
        "title", "text", "category__path", "responsible_level"
    )[:NEWEST]
    classes = Classifier([Example(title, text, path or "") for title, text, path, _level in said], CLASS_WORDS)
    levels = Classifier([Example(title, text, level) for title, text, _path, level in said], LEVEL_WORDS)
    stored = {"confirmed": number, "classes": classes.as_dict(), "levels": levels.as_dict()}
    cache.set(f"guesses:{FORM}:{scope}", stored, None)
    return Learned(number, classes, levels)
