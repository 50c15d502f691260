"""Operations of verbs, made from their declarations: the body is what the verb asks, the answer what it gives."""

import inspect
import json
from collections.abc import Callable, Iterable
from datetime import date
from types import GenericAlias
from typing import Annotated, Any, Literal, get_args, get_origin
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field, ValidationError, create_model

from yishiting.doors.api.v1.base import actor_of, load, operation, person_of, place_with
from yishiting.doors.api.v1.idempotency import files_of, takes_files
from yishiting.doors.api.v1.shapes import Body
from yishiting.doors.api.v1.unsound import unsound
from yishiting.ground.common import parameters as asks
from yishiting.ground.common.people_parameters import Phone
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.row_parameters import Rows
from yishiting.ground.common.verbs import VERBS, Verb
from yishiting.ground.places.models import Place

Gives = Any
#: What is answered for each kind of thing; the modules of the API enter their shapes here.
SHAPES: dict[type[models.Model], type[Schema]] = {}
#: What is answered by one verb otherwise than its thing is shown elsewhere, by its code.
ANSWERS: dict[str, type[Schema]] = {}
_asked_for: list[tuple[Router, type[models.Model], tuple[str, ...], frozenset[str]]] = []
CREATED = 201


class Done(Schema):
    """It was done; how many things it concerned, where that was counted."""

    done: bool = True
    count: int | None = None


def operations(
    router: Router, model: type[models.Model], *, related: tuple[str, ...] = (), done: Iterable[str] = ()
) -> None:
    """Ask for an operation for every declared verb of this noun that has none made by hand (`done`)."""
    _asked_for.append((router, model, related, frozenset(done)))


def make_operations() -> None:
    """Make what was asked for, once every module has entered its shapes."""
    made: set[str] = set()
    for router, model, related, done in _asked_for:
        for verb in [one for one in VERBS.values() if one.subject is model and one.code not in done | made]:
            if verb.by_page:
                _refusing(router, verb, model)
                made.add(verb.code)
            elif verb.is_declared and not verb.internal:
                _operation(router, verb, model, related)
                made.add(verb.code)
    _asked_for.clear()


def _refusing(router: Router, verb: Verb, model: type[models.Model]) -> None:
    """Where the operation would stand: the sentence why no program does this. It is not in the description."""

    def refuse(request: HttpRequest, **_key: str) -> None:
        raise NotAllowed(verb.by_page)

    key = inspect.Parameter("code" if model is Place else "pk", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=str)
    told = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)
    _signed(refuse, [told, key])
    router.post(_address(verb, model).replace("uuid:", ""), include_in_schema=False)(refuse)


def _signed(function: Any, parameters: list[inspect.Parameter]) -> None:
    """Give a function the signature that ninja reads."""
    function.__signature__ = inspect.Signature(parameters)


def _address(verb: Verb, model: type[models.Model]) -> str:
    key = "{code}" if model is Place else "{uuid:pk}"
    return f"/{key}/{verb.name if _is_of(verb, model) else verb.code.replace('.', '-').replace('_', '-')}"


def _operation(router: Router, verb: Verb, model: type[models.Model], related: tuple[str, ...]) -> None:
    operation(router, _address(verb, model), verb.code, _response(verb, model), **_described(verb))(
        _endpoint(verb, model, related)
    )


def _is_of(verb: Verb, model: type[models.Model]) -> bool:
    """Whether the verb is named after this noun: `item.amend` after an AgendaItem."""
    kind = "".join(f"_{c}" if c.isupper() and n else c for n, c in enumerate(model.__name__)).lower()
    return f"_{kind}".endswith("_" + verb.code.partition(".")[0])


def _endpoint(verb: Verb, model: type[models.Model], related: tuple[str, ...]) -> Callable[..., Any]:
    """A function with the signature that describes the operation: the key of the thing, and the body."""
    shape, with_files = body_of(verb), bool(_files(verb))

    def act(request: HttpRequest, said: Any = None, **key: Any) -> Any:
        thing = place_with(key["code"]) if model is Place else load(model, key["pk"], *related)
        who = person_of(request) if verb.needs_person else actor_of(request)
        told = _sent(request, verb, shape) if with_files else said.model_dump(exclude_unset=True) if said else {}
        return _answer(verb, model, verb.run(thing, by=who, **told))

    wanted: dict[str, Any] = {"request": HttpRequest, **({"code": str} if model is Place else {"pk": UUID})}
    if shape is not None and not with_files:
        wanted["said"] = shape
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    listed = [inspect.Parameter(name, kind, annotation=value) for name, value in wanted.items()]
    _signed(act, listed)
    act.__name__ = verb.code.replace(".", "_")
    return takes_files(act) if with_files else act


def body_of(verb: Verb) -> type[Body] | None:
    """The shape of what a verb asks; None where it asks nothing but files."""
    fields: dict[str, Any] = {}
    for name, asked in verb.asked.items():
        if not isinstance(asked.parameter, asks.Files):
            kind = type_of(asked.parameter)
            about = Field(... if asked.needed else None, description=_described_as(asked.parameter))
            fields[name] = (kind if asked.needed else kind | None, about)
    if not fields:
        return None
    named = "".join(part.title() for part in verb.code.replace(".", "_").split("_"))
    return create_model(f"{named}In", __base__=Body, __doc__=verb.sentence, **fields)


def type_of(parameter: asks.Parameter) -> Any:
    """The type in which a program says it."""
    match parameter:
        case asks.Text():
            return Annotated[str, Field(max_length=parameter.most)]
        case Phone():
            return Annotated[str, Field(max_length=40)]
        case asks.Whole() | asks.Money():
            return Annotated[int, Field(ge=parameter.least, le=parameter.most)]
        case asks.Day():
            return date
        case asks.Moment():
            return AwareDatetime
        case asks.YesNo():
            return bool
        case asks.Lines():
            return GenericAlias(list, (_row(parameter),)) if parameter.columns else list[str]
        case _:
            return _type_of_choice(parameter)


def _row(parameter: asks.Lines | Rows) -> type[Body]:
    """One row with its columns by name; the same columns of the same types are one shape, whichever verb asks."""
    bare = parameter.optional if isinstance(parameter, Rows) else ()
    fields: dict[str, Any] = {
        name: (type_of(one) | None, None) if name in bare else (type_of(one), ...)
        for name, one in parameter.columns.items()
    }
    if repr(fields) not in ROWS:
        name = "".join(name.title() for name in fields) + "Row"
        ROWS[repr(fields)] = create_model(name, __base__=Body, **fields)
    return ROWS[repr(fields)]


#: The shapes of rows made so far, by their columns: one that is made twice would be described under two names.
ROWS: dict[str, type[Body]] = {}


def _type_of_choice(parameter: asks.Parameter) -> Any:
    match parameter:
        case Rows():
            return GenericAlias(list, (_row(parameter),))
        case asks.Wholes():
            one = Annotated[int, Field(ge=parameter.least, le=parameter.most)]
            return Annotated[list[one], Field(max_length=parameter.several)]
        case asks.SomeOf():
            return GenericAlias(list, (_named(parameter),))
        case asks.OneOf():
            return _named(parameter)
        case asks.Refs():
            return Annotated[list[UUID | int], Field(max_length=parameter.most)]
        case asks.Ref():
            return UUID | int if parameter.key == "pk" else Annotated[str, Field(max_length=160)]
    raise TypeError(f"no type says {parameter}")


def _named(parameter: asks.OneOf) -> Any:
    """The values themselves where they are always the same, any text where they depend on the thing."""
    if not parameter.offered and not isinstance(parameter.among, Iterable):
        return Annotated[str, Field(max_length=60)]
    return Literal[tuple(str(one.value) for one in parameter.offered or parameter.choices(None))]


def _described_as(parameter: asks.Parameter) -> str:
    with translation.override("zh-hans"):
        hint = str(parameter.hint)
        unit = "（分）" if isinstance(parameter, asks.Money) else ""
        return f"{parameter.label}{unit}{'：' if hint else ''}{hint}"


def _files(verb: Verb) -> list[str]:
    return [name for name, asked in verb.asked.items() if isinstance(asked.parameter, asks.Files)]


def _described(verb: Verb) -> dict[str, Any]:
    """A verb with files is sent as a form with parts, or as JSON where no file goes with it."""
    names = _files(verb)
    if not names:
        return {}
    shape = body_of(verb)
    schema: dict[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
    if shape is not None:
        schema = _in_one_piece(shape.model_json_schema())
    several = {"type": "array", "items": {"type": "string", "format": "binary"}}
    parts = schema | {"properties": schema["properties"] | dict.fromkeys(names, several)}
    content = {"multipart/form-data": {"schema": parts}, "application/json": {"schema": schema}}
    return {"openapi_extra": {"requestBody": {"content": content, "required": bool(schema.get("required"))}}}


def _in_one_piece(schema: dict[str, Any]) -> dict[str, Any]:
    """With the shapes of its rows written out where they stand: in the whole description nothing leads into a part."""
    shapes = schema.pop("$defs", {})

    def written_out(part: Any) -> Any:
        if isinstance(part, list):
            return [written_out(one) for one in part]
        if not isinstance(part, dict):
            return part
        if name := str(part.get("$ref", "")).rpartition("/")[2]:
            return written_out(shapes[name])
        return {key: written_out(one) for key, one in part.items()}

    whole: dict[str, Any] = written_out(schema)
    return whole


def _sent(request: HttpRequest, verb: Verb, shape: type[Body] | None) -> dict[str, Any]:
    """What was told, and the files beside it."""
    if request.content_type == "application/json":
        words, files = _json(request), dict[str, Any]()
    else:
        words = {name: request.POST[name] for name in request.POST}
        files = {name: kept for name, kept in files_of(request).items() if name in _files(verb)}
    if shape is None:
        return files
    try:
        return {**shape.model_validate(words).model_dump(exclude_unset=True), **files}
    except ValidationError as problem:
        first = problem.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        raise Refused(unsound(field, first), field=field) from None


def _json(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body or b"{}")
    except ValueError:
        raise Refused("请求的内容不是合格的 JSON。") from None


def _response(verb: Verb, model: type[models.Model]) -> Any:
    gives = verb.gives
    if verb.code in ANSWERS:
        return {CREATED: ANSWERS[verb.code]}
    if get_origin(gives) is list and (shape := SHAPES.get(get_args(gives)[0])):
        return {CREATED: GenericAlias(list, (shape,))}
    if gives is model:
        return SHAPES[model]
    if isinstance(gives, type) and gives in SHAPES:
        return {CREATED: SHAPES[gives]}
    return Done


def _answer(verb: Verb, model: type[models.Model], result: Any) -> Any:
    """What is given back as it is now; a number or nothing as `Done`."""
    shape = _response(verb, model)
    if shape is Done:
        return Done(count=result if isinstance(result, int) and not isinstance(result, bool) else None)
    return Status(CREATED, result) if isinstance(shape, dict) else result
