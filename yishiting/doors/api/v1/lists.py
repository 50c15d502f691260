"""The lists of the desk: for each an operation that gives the same rows as its page, with the same columns."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, create_model

from yishiting.doors.api.v1.base import PAGE, PAGE_MOST, PAGES_MOST, found, needs, person_of, place_with
from yishiting.doors.api.v1.shapes import Paged
from yishiting.doors.lists.catalogue import EVERY
from yishiting.doors.lists.columns import CODED, Column, Kind
from yishiting.doors.lists.declared import List, select
from yishiting.doors.lists.filters import Choice, Filter, flat, is_key
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place

router = Router(tags=["lists"])
TYPES: dict[Kind, Any] = {
    Kind.NUMBER: int,
    Kind.PERCENT: int,
    Kind.MONEY: int,
    Kind.DAY: date,
    Kind.DUE: date,
    Kind.MOMENT: datetime,
    Kind.YES: bool,
}


def operation_of(whole: List) -> Callable[..., Any]:
    """The operation of one list."""

    def listed(request: HttpRequest, asked: Any) -> dict[str, Any]:
        given = asked.dict(exclude_none=True)
        page, size = given.pop("page"), given.pop("size")
        subject = _subject(whole, request, given.pop("of", ""))
        selection = select(whole, subject, given, person_of(request))
        for name, sentence in selection.problems.items():
            raise Refused(sentence, field=name)
        rows = selection.whole_rows()
        start = (page - 1) * size
        some = whole.prepared(list(rows[start : start + size]))
        total = rows.count() if isinstance(rows, QuerySet) else len(rows)
        return {"items": [_row(whole, row) for row in some], "total": total, "page": page, "size": size}

    listed.__annotations__["asked"] = Query[_asked(whole)]  # type: ignore[misc]  # made for this list
    return listed


def _subject(whole: List, request: HttpRequest, key: str) -> Any:
    """What the list is about, for those alone who may read it."""
    if whole.of is None:
        subject: Any = person_of(request)
    elif whole.of is Place:
        subject = place_with(key)
    else:
        rows = whole.of._default_manager.select_related(*whole.related)
        subject = found(rows.filter(pk=key).first() if is_key(key, rows.model) else None)
    needs(request, VERBS[whole.needs].may if isinstance(whole.needs, str) else whole.needs, subject)
    return subject


def _asked(whole: List) -> type[Schema]:
    """What may be asked: what the list is about, its filters, the order, the page."""
    fields: dict[str, Any] = {}
    if whole.of is not None:
        about = "区划代码" if whole.of is Place else "编号（id）"
        fields["of"] = (str, Field(description=about))
    for one in whole.filters:
        for name in one.names:
            fields[name] = (str | None, Field(None, description=_meaning(one)))
    sortable = [column.name for column in whole.columns if column.sort]
    if sortable:
        words = "按这一列排序，前面加减号是倒序：" + "、".join(sortable)
        fields["sort"] = (str | None, Field(None, description=words))
    fields["page"] = (int, Field(1, ge=1, le=PAGES_MOST))
    fields["size"] = (int, Field(PAGE, ge=1, le=PAGE_MOST))
    return create_model(f"{_camel(whole.name)}Asked", __base__=Schema, **fields)


def _meaning(one: Filter) -> str:
    """What a filter is called, and the codes it takes."""
    fixed = isinstance(one, Choice) and not (callable(one.among) and not isinstance(one.among, type))
    codes = [code for code, _label in flat(one.options(None))] if fixed and isinstance(one, Choice) else []
    return f"{one.label}：{'、'.join(codes)}" if codes else str(one.label)


def _out(whole: List) -> type[Schema]:
    """One row: its identifier, its revision, then a field for each column, for a code also its label."""
    fields: dict[str, Any] = {
        "id": (str | None, Field(None, description="编号")),
        "revision": (int | None, Field(None, description="版次，办理时放在 If-Match 里")),
        **dict.fromkeys(whole.keys, (str | None, None)),
    }
    for column in whole.columns:
        fields[column.name] = (TYPES.get(column.kind, str) | None, Field(None, description=_described(column)))
        if column.kind in CODED:
            fields[f"{column.name}_label"] = (str, Field("", description=str(column.label)))
    return create_model(f"{_camel(whole.name)}Row", __base__=Schema, **fields)


def _described(column: Column) -> str:
    label = str(column.label)
    if column.kind is Kind.MONEY:
        return f"{label}，以分为单位"
    return f"{label}（已遮盖）" if column.mask else label


def _row(whole: List, row: Any) -> dict[str, Any]:
    drawn: dict[str, Any] = {"id": str(getattr(row, "pk", "")) or None, "revision": getattr(row, "revision", None)}
    drawn |= {key: str(value) if (value := getattr(row, key)) else None for key in whole.keys}
    for column in whole.columns:
        drawn[column.name] = column.in_the_api(row)
        if column.kind in CODED:
            drawn[f"{column.name}_label"] = column.said(row)
    return drawn


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


for one in EVERY:
    name = one.name.removeprefix("desk-")
    router.get(
        f"/{name}",
        response=Paged[_out(one)],  # type: ignore[misc]  # made for this list
        operation_id=f"list.{name}",
        summary=str(one.label),
        description="The rows of this list of the desk, filtered and sorted as on its page; personal data masked.",
    )(operation_of(one))
