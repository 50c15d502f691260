"""What the desk's pages of 打分 and 预算表决 have in common: the lot's form, the reason's form, a form on a page, a button."""

import re
from collections.abc import Callable
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.numbers import whole_number
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.places.models import Place

Kind = Literal["primary", "plain", "danger", "quiet"]


class NumbersForm(ours.Form):
    """The numbers of the announced source, as they were published."""

    numbers = forms.CharField(
        label=gettext_lazy("公布的号码"),
        help_text=gettext_lazy("照公布的写，用空格隔开，例如：7 0 3"),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_numbers(self) -> list[int]:
        """Whole numbers."""
        parts = [whole_number(part) for part in re.split(r"[\s,，、]+", self.cleaned_data["numbers"].strip()) if part]
        if not parts or None in parts:
            raise ValidationError(_("请只写号码，用空格隔开，例如：7 0 3"))
        return [part for part in parts if part is not None]


class VoidForm(ours.Form):
    """Why it is void."""

    reason = forms.CharField(label=gettext_lazy("为什么作废"), widget=forms.Textarea(attrs={"rows": 3}))


def button(
    request: Request, thing: Any, code: str, page: str, kind: Kind = "plain", *, asks: bool = False
) -> list[Button]:
    """The button of a verb the state allows, or nothing; who may not do the next step is told why."""
    if code not in thing.LIFECYCLE.verbs_from(thing.state):
        return []
    fields = {} if asks else {"revision": thing.token}
    reason = why_not(request.actor, code, thing)
    if reason is not None and kind != "primary":
        return []
    url = reverse(page, args=[thing.pk])
    return [Button(str(VERBS[code].label), url, kind, "get" if asks else "post", reason, fields)]


def on_page(
    request: Request,
    form: Any,
    verb: Callable[..., Any],
    *,
    title: str,
    back: str,
    crumbs: list[Link],
    done: str | Callable[[Any], str],
    words: str = "",
    kind: Kind = "primary",
    about: BaseRecord | None = None,
) -> HttpResponse:
    """A form on a page of its own, and back to what it is about."""
    shown = {
        "title": title,
        "words": words,
        "submit": title,
        "kind": kind,
        "back": back,
        "revision": about.token if about is not None else None,
        "crumbs": [*crumbs, Link(title, "")],
    }
    return perform(request, form, verb, page="desk/form.html", to=back, done=done, context=shown)


def crumbs(place: Place, label: str, page: str, *more: Link) -> list[Link]:
    """From the desk through the list to the page."""
    found = [Link(_("工作台"), reverse("desk-home")), Link(label, reverse(page, args=[place.code]))]
    return [*found, *more]
