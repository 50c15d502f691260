"""Everything kept about a person, gathered from whatever points at them, so that nothing new can be forgotten here."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import ForeignObjectRel
from django.utils import timezone
from django.utils.functional import Promise

from yishiting.doors.common.entries import does
from yishiting.ground.accounts.models import Person
from yishiting.ground.ledger.models import Entry
from yishiting.ground.places.models import Place

#: A row that names a person by one of these is about them; by any other, it is about what they did for others.
ABOUT = {"person", "to", "proposer"}
NEVER_SHOWN = {"password", "totp_secret", "totp_last_step", "credential", "revision", "once"}
SHOWN_MOST = 30
#: What fields are called that name none of the field's own words.
CALLED = {
    "place": "地方",
    "totp_confirmed_at": "动态码绑定时间",
    "password_changed_at": "上次改密码的时间",
    "merged_into": "并入哪一条",
    "split_from": "从哪一条拆分",
    "state_before": "合并前的状态",
    "next_attempt_at": "下次发送时间",
    "special": "专项征集",
}


@dataclass(frozen=True, slots=True)
class Heap:
    """What is kept of one kind: about the person, or done by the person for others."""

    label: str | Promise
    about: bool
    count: int
    rows: list[models.Model] = field(default_factory=list)

    def lines(self) -> list[tuple[date | datetime | None, str]]:
        """A day and a few words for each of the newest rows."""
        return [(getattr(row, "created_at", None), _words(row)) for row in self.rows[:SHOWN_MOST]]


def heaps_of(person: Person) -> list[Heap]:
    """What is kept, kind by kind; rows are read only where they are about the person."""
    found = []
    for relation in person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{name: person}).order_by("-pk")
        found.append(_heap(rows, about=name in ABOUT))
    return [heap for heap in found if heap.count]


def _heap(rows: "models.QuerySet[Any]", *, about: bool) -> Heap:
    model = rows.model
    if not about:
        return Heap(model._meta.verbose_name, about, rows.count())
    if any(f.name == "created_at" for f in model._meta.concrete_fields):
        rows = rows.order_by("-created_at")
    places = [f.name for f in model._meta.concrete_fields if f.related_model is Place]
    read = list(rows.select_related(*places) if places else rows)
    return Heap(model._meta.verbose_name, about, len(read), read)


def everything(person: Person) -> dict[str, Any]:
    """The same to take home: plain values under the names people see."""
    mine = [heap for heap in heaps_of(person) if heap.about]
    acts = Entry.objects.filter(actor_kind=person.actor_kind, actor_id=person.actor_id)
    return {
        "我的账号": plain(person),
        **{str(heap.label): [plain(row) for row in heap.rows] for heap in mine},
        "我为别人登记或办理的": {str(heap.label): heap.count for heap in heaps_of(person) if not heap.about},
        "我办过的事": [{"记录号": e.seq, "时间": _clock(e.at), "事项": does(e)} for e in acts],
    }


def plain(row: models.Model) -> dict[str, Any]:
    """A row under the labels of its fields, without secrets and without naming other people."""
    return {_label(one): _value(row, one) for one in row._meta.concrete_fields if _may_show(row, one)}


def _may_show(row: models.Model, one: "models.Field[Any, Any]") -> bool:
    if one.name in NEVER_SHOWN or one.name.endswith("_hash"):
        return False
    return one.related_model is not Person


def _label(one: "models.Field[Any, Any]") -> str:
    if one.primary_key:
        return "编号"
    label = str(one.verbose_name)
    if not label.isascii():
        return label
    return CALLED.get(one.name) or str(one.related_model._meta.verbose_name if one.related_model else label)


def _value(row: models.Model, one: "models.Field[Any, Any]") -> Any:
    if one.choices:
        return str(getattr(row, f"get_{one.name}_display")())
    if one.related_model is Place:
        return str(getattr(row, one.name) or "")
    value = getattr(row, one.attname)
    if isinstance(value, datetime):
        return _clock(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)


def _clock(moment: datetime) -> str:
    """A moment by the clock on the wall, as a person reads it."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _words(row: models.Model) -> str:
    says_itself = type(row).__str__ is not models.Model.__str__
    return str(row) if says_itself else ""
