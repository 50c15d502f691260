"""Nobody is left standing: out of every state some verb leads on, and a refusal names the verb that does."""

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import pytest
from django.apps import apps
from django.utils.functional import Promise

from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.ground.common.lifecycle import Lifecycle
from yishiting.ground.common.verbs import VERBS, _guards

load_everything()
MODELS = {model.__name__: model for model in apps.get_models()}
TABLES: dict[str, Lifecycle] = {
    name: model.LIFECYCLE for name, model in MODELS.items() if getattr(model, "LIFECYCLE", None) is not None
}
#: Where a matter is over. Whoever adds a state that nothing leads out of says so here.
ENDS = {
    "Agreement": "ended",
    "Breach": "answered",
    "Assessment": "withdrawn",
    "Contract": "ended",
    "Payment": "reversed sent_back",
    "AgendaItem": "decided noted put_off withdrawn",
    "BudgetVote": "published void",
    "ByElection": "given_up seated",
    "Candidate": "not_elected",
    "Consultation": "discarded published void",
    "Finding": "closed",
    "Hearing": "called_off published",
    "CouncilQuestion": "answered withdrawn",
    "Inquiry": "withdrawn",
    "Matter": "closed declined sent_back",
    "Opinion": "given withdrawn",
    "Dispatch": "replaced",
    "Meeting": "cancelled published",
    "NeedsReport": "dropped published",
    "Objection": "dismissed upheld",
    "PlaceChange": "withdrawn",
    "Poll": "void",
    "Project": "reviewed stopped",
    "Proposal": "declined",
    "PublicNotice": "clear upheld withdrawn",
    "Questionnaire": "discarded published void",
    "Review": "failed passed",
    "ScoreRound": "published void",
    "Sitting": "cancelled issued",
    "Suggestion": "settled struck",
    "Term": "ended",
    "ThirdParty": "handed_in withdrawn",
    "WorksPlan": "dropped",
}
#: A refusal that needs no way out: it is done already, or only a day has to come.
NOTHING_LEFT = (
    "已经有议事协商会", "没有空缺", "补选正在进行", "结果已经宣布", "已经登记完成", "已经签到", "已经关联", "已经办理离任", "{day}期满",
    "不能再请假", "会议当天（{day}）", "不必再立", "看法不再改动", "不用顺延", "停用，新的事请到", "届次由系统接着往下排", "已经申诉过", "申诉已经答复", "没有申诉", "已经过了", "不用核定", "已经冲正过", "已经兑现过奖励", "没有到奖励线",
)  # fmt: skip
#: The packages in which every refusal names its way out.
NAMED = ("yishiting.instruments", *(f"yishiting.year.{one}" for one in ("consultations", "councils", "meetings", "proposals", "projects", "evaluation")))  # fmt: skip
LABELS = [str(one.label) for one in VERBS.values()]


def leads_on(lifecycle: Lifecycle, state: str) -> list[str]:
    """The verbs by which a thing leaves a state."""
    return [row.verb for row in lifecycle.steps if state in row.sources and row.target != state]


def names_a_verb(sentence: str) -> bool:
    """Whether it names a verb by its label; `答复` alone is a word of every day."""
    return any(label in sentence for label in LABELS if len(label) > 2 or f"“{label}”" in sentence)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_out_of_every_state_but_the_ends_a_verb_leads_on(name: str) -> None:
    lifecycle = TABLES[name]
    ends = {state for state in lifecycle.states() if not leads_on(lifecycle, state)}
    assert ends == set(ENDS.get(name, "").split())
    for state in lifecycle.states() - ends:
        known = [VERBS[code] for code in leads_on(lifecycle, state)]
        assert any(not one.internal or names_a_verb(one.internal) for one in known), f"nobody can leave {state}"


@pytest.mark.parametrize("name", sorted(set(TABLES) & set(ENDS)))
def test_every_state_comes_to_an_end(name: str) -> None:
    lifecycle, ends = TABLES[name], set(ENDS[name].split())
    assert [one for one in lifecycle.states() - ends if lifecycle.way(one, ends) is None] == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_refusal_by_state_names_the_verb_that_leads_there(name: str) -> None:
    lifecycle = TABLES[name]
    for row in lifecycle.steps:
        own = MODELS[name].__module__.startswith(NAMED)
        assert not own or not row.otherwise or names_a_verb(str(row.otherwise)), (row.verb, str(row.otherwise))
        for state in lifecycle.states():
            thing: Any = type(name, (), {"state": state})()
            said = lifecycle.why_not(thing, row.verb)
            sources = {one for other in lifecycle.rows_of(row.verb) for one in other.sources}
            over = lifecycle.way(state, sources) is None or any(
                one.target == state for one in lifecycle.rows_of(row.verb)
            )
            assert said is None or over or names_a_verb(str(said)), (row.verb, state, str(said))


def sentences(function: Callable[..., Any], seen: set[Any]) -> Iterator[str]:
    """Every sentence that this function, or a function of the house that it calls, may give."""
    if function in seen:
        return
    seen.add(function)
    names = vars(sys.modules[function.__module__])
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        match node:
            case ast.Call(func=ast.Name("_" | "gettext" | "gettext_lazy"), args=[ast.Constant(str(text)), *_]):
                yield text
            case ast.Call(func=ast.Name(name)):
                called = names.get(name)
                if isinstance(called, FunctionType) and called.__module__.startswith("yishiting."):
                    yield from sentences(called, seen)
            case ast.Name(name) if isinstance(names.get(name), Promise):
                yield str(names[name])


CONDITIONS = sorted(
    {
        (code, one)
        for code, verb in VERBS.items()
        if verb.function.__module__.startswith(NAMED)
        for one in (*verb.conditions, *_guards.get(code, ()))
    },
    key=lambda pair: (pair[0], pair[1].__name__),
)


@pytest.mark.parametrize(("code", "condition"), CONDITIONS, ids=lambda one: getattr(one, "__name__", one))
def test_a_refusal_by_condition_names_the_verb_that_leads_on(code: str, condition: Any) -> None:
    silent = [
        one
        for one in dict.fromkeys(sentences(condition, set()))
        if one.endswith("。") and not names_a_verb(one) and not any(part in one for part in NOTHING_LEFT)
    ]
    assert silent == []
