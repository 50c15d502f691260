"""Four processes that write beside one: what residents send a second, and how long the unluckiest waits.

On PostgreSQL (a private one, beside which this runs) and on SQLite, which has one writer at a time by design.
Rounds of one and of four writers alternate, so that a busy machine is busy for both; the medians count.
"""

import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time

WRITERS, ROUNDS, SECONDS, WARM = 4, 3, 4.0, 5
GOALS = {"postgresql": 1.5, "sqlite": 0.9}
TEXT = "3号楼2单元的楼道灯坏了半个月，老人晚上下楼看不清台阶，希望换成声控灯。"


def _write(gate, done, seconds):
    """Submit one after the other until the time is over; tell how many, and the longest one took."""
    from django.db import connection

    from yishiting.ground.accounts.actors import Visitor
    from yishiting.ground.places.models import Place
    from yishiting.year.suggestions.actions import submit_suggestion

    def submit(n):
        begun = time.monotonic()
        submit_suggestion(place, by=Visitor(), text=TEXT, where="3号楼", phone=f"139{n:08d}")
        return time.monotonic() - begun

    connection.close()
    place = Place.objects.get(code="110105012022")
    for n in range(WARM):
        submit(n)
    gate.wait()
    took, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        took.append(submit(len(took)))
    done.put((len(took), max(took)))


def _round(writers, seconds):
    """Submissions a second of all writers together, and the longest wait."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate, done = context.Barrier(writers), context.Queue()
    at_work = [context.Process(target=_write, args=(gate, done, seconds)) for _ in range(writers)]
    for one in at_work:
        one.start()
    told = [done.get() for _ in at_work]
    for one in at_work:
        one.join()
    return sum(count for count, _longest in told) / seconds, max(longest for _count, longest in told)


def _measured():
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    import time_machine

    from tests.cast import TODAY, Cast

    call_command("migrate", verbosity=0)
    with time_machine.travel(TODAY, tick=True):  # in the season in which suggestions are taken in
        Cast()
        rounds = [(_round(1, SECONDS), _round(WRITERS, SECONDS)) for _ in range(ROUNDS)]
    return {
        "database": connection.vendor,
        "one": statistics.median(one for (one, _), _four in rounds),
        "four": statistics.median(four for _one, (four, _) in rounds),
        "longest": max(longest for _one, (_, longest) in rounds),
    }


def _row(name, figure, unit, goal="", met=None):
    return {"name": name, "figure": figure, "unit": unit, "goal": goal, "met": met, "against": ""}


def _told(found):
    name, goal = found["database"], GOALS[found["database"]]
    ratio = found["four"] / found["one"]
    return [
        _row(f"{name}: one writer", round(found["one"]), "verbs/s"),
        _row(f"{name}: {WRITERS} writers", round(found["four"]), "verbs/s"),
        _row(f"{name}: {WRITERS} writers beside one", round(ratio, 2), "times", f"≥ {goal}", ratio >= goal),
        _row(f"{name}: longest wait with {WRITERS} writers", round(found["longest"] * 1000), "ms"),
    ]


def _run(command, folder, **settings):
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "YISHITING_VAR": folder, **settings}
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **settings})
    return json.loads(out.stdout.splitlines()[-1])


def measure():
    """The figures of both databases, each from processes of their own."""
    inside = [sys.executable, "-m", "bench.writers", "--inside"]
    with tempfile.TemporaryDirectory() as folder:
        sqlite = _run(inside, folder, DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3")
        postgresql = _run(["sh", "tools/postgres.sh", *inside], folder, POSTGRES_DURABLE="on")
    return _told(postgresql) + _told(sqlite)


if __name__ == "__main__":
    if "--inside" in sys.argv:
        print(json.dumps(_measured()))
    else:
        for one in measure():
            print(f"{one['name']:<45} {one['figure']:>8} {one['unit']:<8} {one['goal']}")
