"""The daily command begun several times at once, as by two timers and somebody by hand: each step is done once."""

from collections import Counter

from tests.cast import TODAY, Cast
from tests.stress.clerks import at_once
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.overview.cycle.actions import run_daily
from yishiting.overview.cycle.models import DayStep

ONCE = ("day.turn", "entrance.purge", "file.sweep", "ledger.checkpoint")


def test_each_step_is_done_once_however_many_begin(cast: Cast) -> None:
    turned = at_once([lambda: run_daily(TODAY)] * 4)
    assert [(one.refused, one.failed) for one in turned] == [({}, [])] * 4, turned
    done = Counter(Entry.objects.filter(verb__in=ONCE).values_list("verb", flat=True))
    assert done == dict.fromkeys(done, 1)
    assert {"day.turn", "file.sweep", "ledger.checkpoint"} <= set(done)
    assert sum(one.signed for one in turned) == Checkpoint.objects.count() == 1
    assert DayStep.objects.count() == 4
