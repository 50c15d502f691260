"""What a verb's signature says it asks, and the cleaning of what it was told."""

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from yishiting.ground.common.parameters import Parameter, Text
from yishiting.ground.common.refused import Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """One parameter of a verb, and whether the verb needs it."""

    parameter: Parameter
    needed: bool
    default: Any = None


@functools.cache
def asked_by(function: Callable[..., Any]) -> Mapping[str, Asked]:
    """What a verb asks, by name, in the order of its signature; `**more: Unpack[Shape]` asks for all of a shape."""
    found: dict[str, Asked] = {}
    for name, one in inspect.signature(function).parameters.items():
        if one.kind is one.VAR_KEYWORD:
            found |= _asked_by_shape(get_args(one.annotation)[0])
        for said in getattr(one.annotation, "__metadata__", ()):
            if isinstance(said, Parameter):
                found[name] = Asked(said, one.default is one.empty, None if one.default is one.empty else one.default)
    return found


def _asked_by_shape(shape: type) -> dict[str, Asked]:
    """What several verbs ask alike, each to be left out."""
    hints = get_type_hints(shape, include_extras=True)
    return {name: Asked(hint.__metadata__[0], needed=False) for name, hint in hints.items()}


def cleaned(asked: Mapping[str, Asked], given: Mapping[str, Any], thing: Any) -> dict[str, Any]:
    """What was told, as the verb wants it. Raises Refused at the parameter where something is wrong."""
    return {name: _one(name, one, given[name], thing) for name, one in asked.items() if name in given} | {
        name: _missing(name, one) for name, one in asked.items() if name not in given and one.needed
    }


def _one(name: str, asked: Asked, value: Any, thing: Any) -> Any:
    if _is_empty(value):
        emptied = isinstance(value, str) and isinstance(asked.parameter, Text)
        return _missing(name, asked) if asked.needed else "" if emptied else asked.default
    try:
        clean = asked.parameter.clean(value, thing)
    except Refused as refusal:
        raise Refused(refusal.sentence, field=name) from None
    return _missing(name, asked) if asked.needed and _is_empty(clean) else clean


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | tuple | dict) and (not value or not str(value).strip()))


def _missing(name: str, asked: Asked) -> Any:
    raise Refused(asked.parameter.missing, field=name)
