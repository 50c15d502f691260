"""A list of the desk is said once, where it is declared: the API has no second one, written by hand."""

import inspect
import re
from collections.abc import Iterator
from typing import Any, get_origin

from yishiting.doors.api.v1 import api
from yishiting.doors.api.v1.shapes import Paged
from yishiting.doors.lists.catalogue import EVERY

#: What only offices read and no page of the desk lists: what these operations give has a shape of its own.
OTHERWISE = {
    "objections_at_desk": "the whole words and the contact, for the one who answers",
    "fund_postings": "what was booked in one fund, for those who keep its accounts",
    "polls": "every count of a place, of whatever it is about",
    "ready": "what may go into a proposal: a choice of its form",
    "groups": "groups of suggestions",
    "responses": "whole questionnaires with all answers",
    "counts": "a questionnaire counted, before it is published",
    "my_lines": "what one has given oneself",
    "tokens": "one's own",
}
RIGHT = re.compile(r"\bneeds\(")


def readers() -> Iterator[Any]:
    """Every operation that reads, with what it answers."""
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            yield from (one for one in view.operations if one.methods == ["GET"])


def gives_many(operation: Any) -> bool:
    """Whether the answer is a list, or a page of one."""
    shape = operation.response_models.get(200)
    answer = shape.model_fields["response"].annotation if hasattr(shape, "model_fields") else None
    return get_origin(answer) is list or (isinstance(answer, type) and issubclass(answer, Paged))


def test_no_list_of_the_desk_is_written_by_hand() -> None:
    by_hand = {
        one.view_func.__name__
        for one in readers()
        if one.view_func.__name__ != "listed" and gives_many(one) and RIGHT.search(inspect.getsource(one.view_func))
    }
    assert by_hand == set(OTHERWISE)


def test_every_declared_list_has_its_operation() -> None:
    names = {one.operation_id for one in readers()}
    assert {f"list.{whole.name.removeprefix('desk-')}" for whole in EVERY} <= names


def test_a_row_carries_what_a_program_goes_on_with() -> None:
    shapes = api.get_openapi_schema()["components"]["schemas"]
    for whole in EVERY:
        row = shapes["".join(part.capitalize() for part in whole.name.split("-")) + "Row"]["properties"]
        assert {"id", "revision", *whole.keys} <= set(row), whole.name
