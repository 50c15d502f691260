"""The ten verbs done most, and what people send most: queries and CPU, on both databases.

CPU is the application's, as a multiple of the reference computation measured beside it, and in milliseconds for reading.
Queries are those that ask or write something: without BEGIN, SAVEPOINT and SET.
"""

import json
import re
import statistics
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from bench._databases import everywhere
from bench.reference import computation, seconds, unit

TIMES = 40
QUERIES_MOST = 10
#: Half of what commit c7dc1d7 took, measured in one run with these, in reference computations; see docs/in-progress.md.
CPU_MOST = {}
BOOKKEEPING = re.compile(r"\s*(BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK|SET)\b", re.IGNORECASE)
LAMP = "3号楼2单元的楼道灯坏了半个月，老人晚上下楼看不清台阶，希望换成声控灯。"
PASS = dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass")


def _acts(cast):
    """By name: what makes ready (not measured), and the verb done with it."""
    from tests.cast import OPERATOR
    from tests.factories.ballots import hands
    from tests.factories.consultations import opened as consulted
    from tests.factories.consultations import token
    from tests.factories.scoring import lines, opened
    from tests.factories.suggestions import a_session, a_slip, a_suggestion, a_valid_one
    from yishiting.ground.accounts.actors import Visitor
    from yishiting.instruments.ballots.actions import enter_tally
    from yishiting.year.consultations.actions import answer_statement
    from yishiting.year.scoring.actions import enter_sheet
    from yishiting.year.scoring.models import Origin
    from yishiting.year.scoring.queries import judges_in
    from yishiting.year.suggestions.actions import (
        answer_suggestion,
        classify_suggestion,
        load_categories,
        merge_suggestions,
        screen_suggestion,
    )
    from yishiting.year.suggestions.models import Category

    load_categories(cast.district, by=OPERATOR)
    category = Category.objects.first()
    judges = iter([one for _n in range(9) for one in judges_in(opened(cast))])
    consultation = consulted(cast)
    statement = consultation.statements.first()
    people = iter(range(10_000))

    def fresh():
        return _fresh(a_suggestion(cast))

    def valid():
        return _fresh(a_valid_one(cast))

    return {
        "submit": (lambda: None, lambda _none: a_suggestion(cast)),
        "take_down": (lambda: None, lambda _none: a_slip(cast)),
        "screen": (fresh, lambda one: screen_suggestion(one, by=cast.liu, **PASS, result="valid")),
        "classify": (
            valid,
            lambda one: classify_suggestion(one, by=cast.liu, category=category, responsible_level="community"),
        ),
        "merge": (
            lambda: (valid(), valid()),
            lambda two: merge_suggestions(two[0], by=cast.liu, others=[two[1]]),
        ),
        "answer": (valid, lambda one: answer_suggestion(one, by=cast.liu, kind="settled", text="灯已经换好。")),
        "hold a session": (lambda: None, lambda _none: a_session(cast)),
        "enter a score sheet": (
            lambda: next(judges),
            lambda one: enter_sheet(one, by=cast.liu, lines=lines(one.round, 8, 7, 9), origin=Origin.PAPER),
        ),
        "enter a tally": (
            lambda: hands(cast),
            lambda poll: enter_tally(poll, by=cast.liu, counts={"for": 8, "against": 1, "abstain": 1}),
        ),
        "answer a statement": (
            lambda: next(people),
            lambda n: answer_statement(statement, by=Visitor(), choice=1, token=token(n)),
        ),
    }


def _fresh(one):
    """As a verb of the doors gets it: loaded with its place."""
    return type(one).objects.select_related("place").get(pk=one.pk)


def _sent(cast):
    """By name: what people send, as a browser does."""
    from django.test import Client
    from django.urls import reverse

    visitor, worker = Client(), Client()
    worker.force_login(cast.liu)
    words = {"text": LAMP, "where": "3号楼2单元", "phone": "13900000021", "name": "", "naming": "anonymous"}
    slip = {"channel": "box", "text": LAMP, "where": "5号楼北侧", "naming": "anonymous", "received_on": "2026-03-05"}
    here = [cast.zaobei.code]
    return {
        "a visitor suggests": (visitor, reverse("suggest-here", args=here), words),
        "a worker types in a slip": (worker, reverse("desk-slips", args=here), slip),
    }


def _measured_act(name, ready, act):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act(ready())  # what a process loads once is loaded
    things = [ready() for _n in range(TIMES + 1)]
    with CaptureQueriesContext(connection) as asked:
        act(things.pop())
    queries = [one["sql"] for one in asked.captured_queries if not BOOKKEEPING.match(one["sql"])]
    taken, references = [], []
    for thing in things:
        taken.append(seconds(lambda thing=thing: act(thing)))
        references.append(seconds(computation))
    return _rows(name, len(queries), statistics.median(taken), statistics.median(references))


def _rows(name, queries, taken, reference):
    most = CPU_MOST.get(name)
    multiple = round(taken / reference, 2)
    return [
        _row(f"{name}: queries", queries, "", QUERIES_MOST if most else None),
        _row(f"{name}: CPU", multiple, "ref", most),
        _row(f"{name}: CPU, for reading", round(taken * 1000, 2), "ms", None),
    ]


def _row(name, figure, unit_of_it, most):
    goal, met = (f"≤ {most}", figure <= most) if most else ("", None)
    return {"name": name, "figure": figure, "unit": unit_of_it, "goal": goal, "met": met, "against": ""}


def _measured():
    import django
    import time_machine

    django.setup()
    with time_machine.travel(datetime(2026, 3, 5, 10, tzinfo=ZoneInfo("Asia/Shanghai")), tick=True):
        return _measured_then()


def _measured_then():
    from django.core.management import call_command

    from tests.cast import Cast

    call_command("migrate", verbosity=0)
    cast = Cast()
    unit()
    rows = [row for name, (ready, act) in _acts(cast).items() for row in _measured_act(name, ready, act)]
    for name, (browser, address, words) in _sent(cast).items():
        rows += _measured_act(f"POST, {name}", lambda: None, lambda _none: _post(browser, address, words))  # noqa: B023
    return rows


def _post(browser, address, words):
    answer = browser.post(address, words)
    assert answer.status_code == 302, (address, answer.status_code, answer.content.decode()[-2000:])


def measure():
    """The figures, each database in a process of its own."""
    return everywhere("bench.verbs")


if __name__ == "__main__":
    if "--inside" in sys.argv:
        print(json.dumps(_measured()))
