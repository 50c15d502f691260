"""A name that a template does not know is a mistake, and Django keeps silent about it: so it is watched in every test.

A mistake is: an unknown name that is printed, given on, filtered (`|default` too), gone through or compared; and
everywhere, in a question too, a part that the thing itself does not have (`project.titel`). No mistake is what Django
gives a meaning to: asking whether there is a name at all (`{% if back %}`, so that a piece may be included with less),
and a part of None or of nothing (`{% if one.notice.pk %}` where there is no notice), a key that a mapping or a form may or
may not have (`{% if form.others %}`), in a question.

It is noted and not raised, because Django swallows what is raised within `{% if %}`; the test then fails at its end.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from django.forms import BaseForm
from django.template import engines
from django.template.base import Variable, VariableDoesNotExist
from django.template.context import BaseContext

#: Where a name may be missing: asked for as a whole, or as a part of one question made of several.
ASKING = {"and", "or", "not", "literal"}
noted: list[str] = []


def asked(frame: FrameType | None) -> bool:
    """Whether the lookup that failed only asks whether there is such a name."""
    while frame is not None and "ignore_failures" not in frame.f_locals:
        frame = frame.f_back
    if frame is None or not frame.f_locals["ignore_failures"] or frame.f_back is None:
        return False
    frame = frame.f_back
    if not frame.f_code.co_qualname.startswith("TemplateLiteral."):
        return False  # {% for %}, {% regroup %} and their like take nothing for an unknown name
    while frame is not None and not frame.f_code.co_qualname.startswith("IfNode."):
        if getattr(frame.f_locals.get("self"), "id", "and") not in ASKING:
            return False
        frame = frame.f_back
    return True


def missing(holder: Any, frame: FrameType) -> bool:
    """Whether it is a mistake that this holder does not have the name or part."""
    if isinstance(holder, BaseContext | Mapping | BaseForm) or holder is None or holder == "":
        return not asked(frame)
    return True


def note(name: Variable, context: Any) -> None:
    """Remember the mistake with its template."""
    template = getattr(context.render_context, "template", None)
    noted.append(f"{name.var} in {getattr(template, 'name', None) or 'a template'}")


class Unknown(str):
    """What Django puts in the place of an unknown name; within {% blocktranslate %} it gives the name only here."""

    __slots__ = ()

    def __mod__(self, name: Any) -> str:
        if isinstance(name, str):
            noted.append(f"{name} in a translated sentence")
        return ""


@contextmanager
def names_watched() -> Iterator[None]:
    """Within, every unknown name is noted."""
    look = Variable._resolve_lookup

    def lookup(self: Any, context: Any) -> Any:
        try:
            value = look(self, context)
        except VariableDoesNotExist as error:
            if missing(error.params[1], sys._getframe()):
                note(self, context)
            raise
        if isinstance(value, Unknown):  # a method that wants something told, or must not be called
            note(self, context)
        return value

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Variable, "_resolve_lookup", lookup)
        patch.setattr(engines["django"].engine, "string_if_invalid", Unknown("%s"))
        yield


def unknown() -> list[str]:
    """What was noted since this was last asked, each once."""
    found = list(dict.fromkeys(noted))
    noted.clear()
    return found
