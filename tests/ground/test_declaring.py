"""What a declaration can say: rows that go along, things named by a field, what several verbs ask alike."""

import inspect
from types import SimpleNamespace
from typing import Annotated, Any, TypedDict, Unpack

import pytest
from django.db import models

from tests.cast import OPERATOR, Cast
from yishiting.ground.common.lifecycle import Lifecycle, stays, transition
from yishiting.ground.common.parameters import Lines, Ref, Whole
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.signatures import asked_by
from yishiting.year.suggestions.actions import load_categories
from yishiting.year.suggestions.actions.sessions import KINDS, hold_session
from yishiting.year.suggestions.models import Category
from yishiting.year.suggestions.queries.screening import may_be_chosen


class State(models.TextChoices):
    WHOLE = "whole", "整"
    BELOW = "below", "并"


TABLE = Lifecycle(
    State,
    State.WHOLE,
    *stays("thing.merge", [State.WHOLE], "作主案"),
    transition("thing.merge", [State.WHOLE], State.BELOW, "并入", along=True),
    transition("thing.part", [State.WHOLE], State.BELOW, "一起", along=True),
    transition("thing.part", [State.BELOW], State.WHOLE, "分开", otherwise="没有并过。"),
)


def test_what_goes_along_is_neither_offered_nor_done_to_the_thing_itself() -> None:
    whole: Any = SimpleNamespace(state="whole")
    assert TABLE.verbs_from("whole") == ["thing.merge"]
    assert TABLE.why_not(whole, "thing.merge") is None
    assert TABLE.why_not(whole, "thing.part") == "没有并过。"
    TABLE.advance(whole, "thing.merge", to="below")
    assert whole.state == "below"
    with pytest.raises(WrongState):
        TABLE.advance(whole, "thing.merge", to="below")


def test_a_thing_is_named_by_the_field_it_is_known_by(cast: Cast) -> None:
    load_categories(cast.district, by=OPERATOR)
    among = Ref("类别", lambda _thing: may_be_chosen(), key="path")
    noise = Category.objects.get(path="扰民/噪声油烟")
    assert among.clean("扰民/噪声油烟", None) == among.clean(noise, None) == noise
    with pytest.raises(Refused, match="没有找到"):
        among.clean("扰民", None)


def test_lines_may_be_longer_where_the_declaration_says_so() -> None:
    assert Lines("事", longest=300).clean(["长" * 300], None) == ["长" * 300]
    with pytest.raises(Refused, match="最多300字"):
        Lines("事", longest=300).clean(["长" * 301], None)


class Counted(TypedDict, total=False):
    men: Annotated[int, Whole("男")]
    women: Annotated[int, Whole("女")]


def test_a_shape_asks_for_each_of_its_names() -> None:
    def count(thing: object, *, by: object, year: Annotated[int, Whole("年")], **counted: Unpack[Counted]) -> None: ...

    asked = asked_by(count)
    assert {name: one.needed for name, one in asked.items()} == {"year": True, "men": False, "women": False}


def test_a_session_asks_for_every_kind_of_people_there_is() -> None:
    assert set(KINDS) <= set(asked_by(inspect.unwrap(hold_session)))
