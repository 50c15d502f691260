"""Wrong tries, counted for all processes together. No verbs: what is counted is that nothing was done.

A client's tries at one thing are counted, and its tries at things of a kind; another client's never count against it,
so that nobody is shut out by a stranger.
"""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Case, F, Value, When
from django.utils import timezone

from yishiting.ground.common.client import afterwards, client_address
from yishiting.ground.common.secrets import sealer
from yishiting.ground.entrance.models import Throttle
from yishiting.ground.entrance.rules import Slowing

#: A row nobody has added to for so long is of no use to any rule.
KEPT = timedelta(days=2)
Limit = tuple[str, Slowing]
#: What a limit is about that counts every try of its kind; no name and no number reads so.
ANYTHING = "\n"


def minutes_left(kind: str, limits: Iterable[Limit]) -> int:
    """For how many minutes this client is not listened to; each limit is about a thing, or ANYTHING of its kind."""
    rules = {_key(kind, about): rule for about, rule in limits}
    now = timezone.now()
    rows = Throttle.objects.filter(key__in=rules)
    left = [rules[row.key].left(row.tries, row.last_at, now) for row in rows]
    return math.ceil(max(left, default=timedelta(0)) / timedelta(minutes=1))


def count_wrong_try(kind: str, limits: Iterable[Limit], *, refused: bool = False) -> None:
    """Count a wrong try against each of the limits; when it ends in a refusal, after that has undone the rest."""
    keys = [(_key(kind, about), sealer().look_up(about), rule.quiet) for about, rule in limits]

    def count() -> None:
        for key, about, quiet in keys:
            _add(key, kind, about, quiet)

    if refused:
        afterwards(count)
    else:
        count()


def forgive(kind: str, about: str) -> None:
    """After a right try of this client at a thing its wrong ones no longer count."""
    Throttle.objects.filter(key=_key(kind, about)).delete()


def forgive_everyone(kind: str, about: str) -> int:
    """Let every client try a thing again at once."""
    return Throttle.objects.filter(kind=kind, about=sealer().look_up(about)).delete()[0]


def forget_tries(now: datetime) -> int:
    """Remove what no rule looks at any more; part of the daily command."""
    return Throttle.objects.filter(last_at__lt=now - KEPT).delete()[0]


def _key(kind: str, about: str) -> str:
    return sealer().look_up(f"{kind}\n{client_address()}\n{about}")


def _add(key: str, kind: str, about: str, quiet: timedelta) -> None:
    now = timezone.now()
    begun_anew = When(last_at__lt=now - quiet, then=Value(1))
    counted = {"tries": Case(begun_anew, default=F("tries") + 1), "last_at": now}
    if not Throttle.objects.filter(key=key).update(**counted):
        fresh = Throttle(key=key, kind=kind, about=about, last_at=now)
        Throttle.objects.bulk_create([fresh], ignore_conflicts=True)
