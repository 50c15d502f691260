"""The shapes the API takes and gives."""

from datetime import date, datetime
from types import NoneType
from typing import Annotated, Any, Generic, TypeVar, get_args
from uuid import UUID

from django.db.models import Model
from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticUndefined

from yishiting.ground.common.reading import FIRST_YEAR, LAST_YEAR, is_within_reach
from yishiting.ground.seasons.due_days import by_guessed_calendar

#: A shape is compiled when something of its kind is first given or taken: a worker starts without hundreds of them.
Schema.model_config["defer_build"] = True

T = TypeVar("T")

Name = Annotated[str, Field(min_length=1, max_length=40)]
Line = Annotated[str, Field(min_length=1, max_length=120)]
Title = Annotated[str, Field(min_length=1, max_length=160)]
#: Where nothing may be said, or the verb itself says what is missing.
ShortOr = Annotated[str, Field(max_length=40)]
LineOr = Annotated[str, Field(max_length=120)]
TitleOr = Annotated[str, Field(max_length=160)]
Words = Annotated[str, Field(max_length=20_000)]
Code = Annotated[str, Field(pattern=r"^\d{6,12}$", description="区划代码，例如 110105012022")]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Fen = Annotated[int, Field(ge=0, le=10**14, description="金额，以分为单位")]


class Body(BaseModel):
    """What a caller sends: nothing unknown, and no character a database cannot keep."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def no_empty_character(cls, value: Any) -> Any:
        """A zero byte in a text is refused here: PostgreSQL would not keep it."""
        if _holds_zero(value):
            raise ValueError("文字里有不能保存的字符（空字符）")
        return value

    @field_validator("*")
    @classmethod
    def within_the_calendar(cls, value: Any) -> Any:
        """A moment says its zone, and a day is one that offices may deal with."""
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError("应是带时区的时间，例如 2026-03-05T14:00:00+08:00")
        if isinstance(value, date) and not is_within_reach(value):
            raise ValueError(f"日期要在{FIRST_YEAR}年至{LAST_YEAR}年之间")
        return value


def _holds_zero(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_zero(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(_holds_zero(part) for part in value)
    return isinstance(value, str) and "\x00" in value


class Nothing(Body):
    """Nothing besides what the address says."""


class Shape(Schema):
    """What the API answers. Of a model it takes the fields it names, with their types; none may be missing."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_more: Any) -> None:
        """Defaults and blanks are for what comes in: what goes out is always said, empty where the column can be."""
        meta = getattr(cls, "Meta", None)
        for name in getattr(meta, "fields", ()):
            if (said := cls.model_fields.get(name)) is None:
                continue
            said.default, said.default_factory = PydanticUndefined, None
            if meta is not None and not meta.model._meta.get_field(name).null:
                said.annotation = next(
                    (one for one in get_args(said.annotation) if one is not NoneType), said.annotation
                )
        if meta is not None:
            cls.model_rebuild(force=True)


class Thing(Shape):
    """Anything people act on: its identifier, the revision a caller sends back in `If-Match`, its place."""

    id: UUID
    revision: int
    place: str = Field(description="区划代码")

    @staticmethod
    def resolve_place(thing: Any) -> str:
        """The code of the place."""
        return str(thing.place.code)


class Standing(Thing):
    """A thing with a state, and the state's word."""

    state: str
    state_label: str
    #: Whether a day that was counted for it lies in a year whose holidays are not announced, so that it may still move.
    by_guessed_calendar: bool = False

    @staticmethod
    def resolve_by_guessed_calendar(thing: Any) -> bool:
        """Of a row of ours; what was put together otherwise says nothing."""
        return isinstance(thing, Model) and by_guessed_calendar(thing)

    @staticmethod
    def resolve_state_label(thing: Any) -> str:
        """The Chinese word of the state."""
        return str(thing.get_state_display())


class Paged(Schema, Generic[T]):
    """A page of a list: how many there are in all, and which page this is."""

    items: list[T]
    total: int
    page: int
    size: int
