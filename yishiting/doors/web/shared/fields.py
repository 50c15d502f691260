"""From what a verb asks to the fields of a form."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.nouns import key_of
from yishiting.ground.common import parameters as asks
from yishiting.ground.common.people_parameters import Phone
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Faults, Rows
from yishiting.ground.common.verbs import Verb
from yishiting.ground.organisations.actions.naming import FromRegister, hint_of

#: So many names of a register are offered while one types, and so many are said beside a field for several.
NAMES_OFFERED, NAMES_SAID = 400, 40
#: So many choices stand open on the page; more are folded into a list.
OPEN_CHOICES = 8


class VerbForm(ours.Form):
    """The form of one verb about one thing: a field for each thing it asks, but for what a page by hand asks itself."""

    def __init__(
        self, verb: Verb, thing: Any, *args: Any, offered: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        self.verb, self.thing = verb, thing
        super().__init__(*args, initial={**_initial(verb, thing), **(offered or {})}, **kwargs)
        for name, asked in verb.asked.items():
            if isinstance(asked.parameter, asks.Given):
                continue
            self.fields[name] = field_of(asked.parameter, needed=asked.needed, thing=thing)
            if isinstance(self.fields[name], FoundField):
                self.fields[name].widget.url = reverse("do-find", args=[verb.code, key_of(thing), name])
        self.draft = verb.code if any(isinstance(one.widget, forms.Textarea) for one in self.fields.values()) else ""

    def told(self) -> dict[str, Any]:
        """What was told, by name; what was left empty is left to the verb, but a text may be emptied."""
        texts = {name for name, asked in self.verb.parameters.items() if isinstance(asked.parameter, asks.Text)}
        return {name: value for name, value in self.cleaned_data.items() if name in texts or value not in asks.EMPTY}


def form_of(
    verb: Verb,
    thing: Any,
    data: Any = None,
    files: MultiValueDict[str, Any] | None = None,
    offered: Mapping[str, Any] | None = None,
) -> VerbForm:
    """The form of a verb about a thing, filled in, or with what is known and what the address offers."""
    known = {name: value for name, value in (offered or {}).items() if name in verb.parameters}
    return VerbForm(verb, thing, data, files, offered=known)


class ReadField(forms.CharField):
    """Words that the parameter itself reads: the same words in a command give the same value."""

    def __init__(self, parameter: asks.Parameter, thing: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parameter, self.thing = parameter, thing

    def clean(self, value: Any) -> Any:
        """The value, or the parameter's own sentence."""
        text = super().clean(value)
        if not text:
            return "" if isinstance(self.parameter, asks.Text) else None
        try:
            return self.parameter.read(text, self.thing)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None

    def prepare_value(self, value: Any) -> Any:
        """A value as people write it; what was typed stays as typed."""
        return written(self.parameter, value)


class RowsField(forms.Field):
    """Rows of a table, each cell read by its own parameter; what is wrong is named at its row and column."""

    widget = ours.RowsInput

    def __init__(self, parameter: Rows, thing: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parameter, self.thing, self.faults = parameter, thing, Faults()
        self.cells = {name: _cell(column, thing) for name, column in parameter.columns.items()}

    def clean(self, value: Any) -> Any:
        """The rows that say anything, or where something is wrong."""
        rows, self.faults = self.parameter.looked_at(value or [], self.thing, written=True)
        if self.faults:
            lines = sorted({n + 1 for n, _name in self.faults})
            told = {"rows": "、".join(map(str, lines))}
            raise ValidationError(gettext("第%(rows)s行填得不对，请看这些行里标出的说明。") % told)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"])
        return rows

    def rows(self, bound: forms.BoundField) -> list[dict[str, Any]]:
        """The table as it is drawn: what was typed, or what is offered and some empty rows below it."""
        offered = bound.form.get_initial_for_field(self, bound.name) or []
        sent = bound.data if bound.form.is_bound else None
        rows = sent or [*offered, *[{}] * self.parameter.spare]
        return [self._drawn(bound, n, row) for n, row in enumerate(rows)]

    def _drawn(self, bound: forms.BoundField, n: int, row: Mapping[str, Any]) -> dict[str, Any]:
        fixed = self.parameter.fixed
        cells = [self._cell(bound, n, name, row.get(name, "")) for name in self.cells if name not in fixed]
        kept = [
            (f"{bound.html_name}-{n}-{name}", str(getattr(row.get(name), "value", row.get(name)))) for name in fixed
        ]
        words = [_label_of(self.parameter.columns[name], row.get(name), self.thing) for name in fixed]
        return {"title": " ".join([gettext("第%(n)s行") % {"n": n + 1}, *words]), "cells": cells, "kept": kept}

    def _cell(self, bound: forms.BoundField, n: int, name: str, value: Any) -> dict[str, Any]:
        cell, fault = self.cells[name], self.faults.get((n, name))
        key = f"{bound.html_name}-{n}-{name}"
        attrs = {
            "id": f"id_{key}",
            **({"aria-invalid": "true", "aria-describedby": f"id_{key}_error"} if fault else {}),
        }
        return {
            "id": f"id_{key}",
            "label": cell.label,
            "optional": name in self.parameter.optional,
            "date": isinstance(cell.widget, ours.DateInput),
            "input": cell.widget.render(key, cell.prepare_value(value), attrs),
            "fault": fault,
        }


def _cell(column: asks.Parameter, thing: Any) -> forms.Field:
    """A cell is small: a choice is a list that opens, not cards."""
    if isinstance(column, asks.OneOf):
        return forms.ChoiceField(label=str(column.label), choices=[("", "—"), *_pairs(column, thing)], required=False)
    return field_of(column, needed=False, thing=thing)


def _label_of(column: asks.Parameter, value: Any, thing: Any) -> str:
    pairs = dict(_pairs(column, thing)) if isinstance(column, asks.OneOf) else {}
    return str(pairs.get(str(getattr(value, "value", value)), value))


class FoundField(ours.SearchField):
    """One of many things, found by words; the cleaned value is the thing."""

    def __init__(self, parameter: asks.Ref, thing: Any, **kwargs: Any) -> None:
        super().__init__(find=lambda words: parameter.found(words, thing), **kwargs)
        self.parameter, self.thing = parameter, thing

    def clean(self, value: Any) -> Any:
        """The thing itself, or None."""
        key = super().clean(value)
        return self.parameter.clean(key, self.thing) if key else None

    def prepare_value(self, value: Any) -> Any:
        """A thing, or its key, as its words and its key; what was typed stays as typed."""
        if not value or isinstance(value, tuple):
            return value
        found = self.parameter.found(str(getattr(value, "pk", value)), self.thing)
        return (str(found[0][1]), found[0][0]) if len(found) == 1 else None


def written(parameter: asks.Parameter, value: Any) -> Any:
    """How a value is written in a field."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(parameter, asks.Wholes):
        return " ".join(map(str, value))
    if isinstance(parameter, asks.Lines):
        between = "、" if parameter.rows == 1 else "\n"
        return between.join(one if isinstance(one, str) else " ".join(map(str, one)) for one in value)
    if isinstance(parameter, asks.Moment):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value


def field_of(parameter: asks.Parameter, *, needed: bool, thing: Any) -> forms.Field:
    """The field that asks for this, with the names on file where it names somebody."""
    field, offered = _plain_field(parameter, needed=needed, thing=thing), names_offered(parameter, thing)
    if offered and isinstance(parameter, asks.Text):
        field.widget = ours.ListedInput(offered, field.widget.attrs)
    elif offered:
        field.help_text = f"{field.help_text}{hint_of(offered[:NAMES_SAID])}"
    return field


def _plain_field(parameter: asks.Parameter, *, needed: bool, thing: Any) -> forms.Field:
    common: dict[str, Any] = {
        "label": parameter.label,
        "required": needed,
        "help_text": parameter.hint,
        "error_messages": {"required": parameter.missing},
    }
    match parameter:
        case asks.Text(rows=1) | asks.Lines(rows=1):
            return ReadField(parameter, thing, widget=forms.TextInput(_private(parameter)), **common)
        case asks.Text() | asks.Lines():
            attributes = {**_private(parameter), "rows": parameter.rows}
            return ReadField(parameter, thing, widget=forms.Textarea(attributes), **common)
        case Phone():
            return ReadField(parameter, thing, widget=ours.PhoneInput(), **common)
        case asks.Whole() | asks.Wholes():
            number = {"inputmode": "numeric", "class": "short number", "autocomplete": "off"}
            return ReadField(parameter, thing, widget=forms.TextInput(number), **common)
        case asks.Money():
            return ReadField(parameter, thing, widget=ours.MoneyInput(), **common)
        case asks.Day():
            return ReadField(parameter, thing, widget=ours.DateInput(), **common)
        case asks.Moment():
            return ReadField(parameter, thing, widget=forms.TextInput({"autocomplete": "off"}), **common)
        case _:
            return _choosing(parameter, thing, common)


def names_offered(parameter: asks.Parameter, thing: Any) -> list[str]:
    """The names on file that a page offers for this: of the parameter itself, or of the column that names somebody."""
    if isinstance(parameter, FromRegister):
        return parameter.known(thing)[:NAMES_OFFERED]
    columns = parameter.columns.values() if isinstance(parameter, asks.Lines) else ()
    return next((one.known(thing)[:NAMES_OFFERED] for one in columns if isinstance(one, FromRegister)), [])


def _choosing(parameter: asks.Parameter, thing: Any, common: dict[str, Any]) -> forms.Field:
    match parameter:
        case Rows():
            return RowsField(parameter, thing, **common)
        case asks.YesNo():
            return _yes_no(parameter, common)
        case asks.SomeOf():
            chosen = ours.CheckCards(dict(parameter.notes or {}))
            return forms.MultipleChoiceField(choices=_pairs(parameter, thing), widget=chosen, **common)
        case asks.OneOf():
            return _one_of(parameter, thing, common)
        case asks.Refs():
            several = forms.ModelMultipleChoiceField(parameter.choices(thing), widget=ours.CheckCards(), **common)
            return _naming(several, parameter.called)
        case asks.Ref():
            return _one_thing(parameter, thing, common)
        case asks.Files():
            return ours.FilesField(most=parameter.most, size=parameter.size, **common)
    raise TypeError(f"no field asks for {parameter}")


def _one_thing(parameter: asks.Ref, thing: Any, common: dict[str, Any]) -> forms.Field:
    """A few things stand open on the page, many in a list, or are searched for."""
    rows = parameter.choices(thing)
    few = len(rows[: OPEN_CHOICES + 1]) <= OPEN_CHOICES
    if parameter.find is not None and not few:
        return FoundField(parameter, thing, **common)
    if few:
        none = None if common["required"] else _("不选")
        field = forms.ModelChoiceField(rows, widget=ours.RadioCards(), empty_label=none, blank=True, **common)
    else:
        field = forms.ModelChoiceField(rows, widget=ours.LongSelect(), empty_label=_("请选择"), **common)
    return _naming(field, parameter.called)


def _naming(field: Any, called: Callable[[Any], Any]) -> forms.Field:
    """The field with its choices called so, in the way that Django offers."""
    field.label_from_instance = lambda one: str(called(one))
    named: forms.Field = field
    return named


def _yes_no(parameter: asks.YesNo, common: Mapping[str, Any]) -> forms.Field:
    """A question is answered by one of two words; what may be left alone is a mark one may set."""
    if not common["required"]:
        return forms.BooleanField(**common)
    answers = [("yes", parameter.yes), ("no", parameter.no)]
    return forms.TypedChoiceField(
        choices=answers, coerce=lambda word: word == "yes", widget=ours.RadioCards(), **common
    )


class OfferedField(forms.ChoiceField):
    """Offers some of the choices; one it does not offer is for the verb to refuse, in its own words."""

    def __init__(self, known: Collection[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known

    def valid_value(self, value: Any) -> bool:
        """What is offered, and what the verb knows."""
        return str(value) in self.known or super().valid_value(value)


def _one_of(parameter: asks.OneOf, thing: Any, common: dict[str, Any]) -> forms.Field:
    pairs = _pairs(parameter, thing)
    known = [str(one.value) for one in parameter.choices(thing)] if parameter.shown is not None else ()
    if len(pairs) > OPEN_CHOICES:
        return OfferedField(known, choices=[("", _("请选择")), *pairs], widget=ours.LongSelect(), **common)
    offered = pairs if common["required"] else [("", _("不选")), *pairs]
    return OfferedField(known, choices=offered, widget=ours.RadioCards(dict(parameter.notes or {})), **common)


def _pairs(parameter: asks.OneOf, thing: Any) -> list[tuple[str, Any]]:
    return [(str(one.value), one.label) for one in parameter.on_a_page(thing)]


def _private(parameter: asks.Parameter) -> dict[str, Any]:
    limit = {"maxlength": parameter.most} if isinstance(parameter, asks.Text) and parameter.rows == 1 else {}
    return {**limit, **({"data-private": "", "autocomplete": "off"} if parameter.private else {})}


def _initial(verb: Verb, thing: Any) -> dict[str, Any]:
    """What a page offers: what the declaration says, or, of a thing that is changed, what it holds under this name."""
    found, changed = {}, verb.gives is verb.subject
    for name, asked in verb.parameters.items():
        offer = asked.parameter.initial
        known = offer(thing) if offer else _held(thing, name) if changed else None
        if known not in asks.EMPTY:
            found[name] = known
    return found


def _held(thing: Any, name: str) -> Any:
    names = {one.name for one in thing._meta.get_fields() if getattr(one, "concrete", False)}
    return getattr(thing, name) if name in names else None
