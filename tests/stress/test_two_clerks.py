"""Two clerks at the same thing at once: nothing is there twice, nobody meets an error, nothing waits for itself."""

import ast
import inspect
from typing import Any

import pytest

from tests.cast import Cast
from tests.stress import councils, district, money, story, street
from tests.stress.clerks import deadlocks
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.ledger.models import Entry

#: What makes a new row, in a verb's own lines or in a helper beside it that the verb calls.
MAKING = {"create", "bulk_create", "get_or_create", "keep", "force_insert"}
#: Verbs that create but are done by no two clerks: by the operator alone, at an installation; or let in by a code that works once.
ALONE = {"place.load", "account.enter_code", "account.change_phone"}


@pytest.mark.slow
def test_a_year_in_which_two_clerks_do_everything_at_once(cast: Cast, clock: Any) -> None:
    before = deadlocks()
    story.the_ground(cast)
    story.the_registers(cast)
    street.asking_above(cast)
    story.keeping_to(cast)
    street.hearing_people(cast)
    street.in_a_community(cast)
    street.at_the_street(cast)
    story.coming_in(cast)
    sources = story.taking_in(cast)
    story.asking_around(cast)
    story.on_the_board(cast)
    term = councils.the_election(cast, clock)
    councils.a_council_in_office(cast)
    street.a_council_is_asked(cast)
    assert term.state == "seated"
    project = story.working(cast, clock, story.deliberating(cast, clock, sources))
    story.judging(cast, clock, project)
    money.the_money(cast, project)
    district.at_the_district(cast)
    district.the_assessment(cast)
    assert deadlocks() == before
    numbers = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    done = set(Entry.objects.values_list("verb", flat=True))
    missing = {code for code in VERBS if creates(code)} - done - ALONE
    assert missing == set(), sorted(missing)


def creates(code: str) -> bool:
    function = VERBS[code].function
    module = ast.parse(inspect.getsource(inspect.getmodule(function)))
    helpers = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    own = helpers[function.__name__]
    called = {node.func.id for node in ast.walk(own) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return any(_makes(one) for one in (own, *(helpers[name] for name in called & set(helpers))))


def _makes(node: ast.AST) -> bool:
    names = {
        one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
        for one in ast.walk(node)
        if isinstance(one, ast.Call)
    }
    given = {one.arg for one in ast.walk(node) if isinstance(one, ast.keyword)}
    return bool((names | given) & MAKING)
