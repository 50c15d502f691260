"""The result sheet as a form: the same numbers in the same order as on paper."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.ballots.rules import Counts, Field, fields, read_written_in
from yishiting.methods.errors import Unusable

MOST = 1_000_000


class TallyForm(ours.Form):
    """One keying of the counts; the cleaned value is `counts`."""

    def __init__(self, poll: Poll, *args: Any) -> None:
        self.asked = {_name(field): field for field in fields(poll.sheet())}
        super().__init__(*args)
        for name, field in self.asked.items():
            self.fields[name] = _number(field)
        if poll.takes_other_names:
            self.fields["others"] = _others()

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The numbers of ballots and answers first, then those of each name on the paper."""
        for about in dict.fromkeys(field.about for field in self.asked.values()):
            yield about, [self[name] for name, field in self.asked.items() if field.about == about]

    def clean_others(self) -> Counts:
        """Names written in, with their numbers."""
        try:
            return read_written_in(self.cleaned_data["others"])
        except Unusable as wrong:
            raise ValidationError(wrong.chinese) from None

    def clean(self) -> dict[str, Any]:
        """All numbers under the keys of the sheet."""
        super().clean()
        counts = {field.key: self.cleaned_data.get(name) for name, field in self.asked.items()}
        return {"counts": {**counts, **self.cleaned_data.get("others", {})}}


def _name(field: Field) -> str:
    return field.key.replace(":", "_")


def _number(field: Field) -> forms.Field:
    widget = forms.NumberInput(attrs={"class": "short number", "inputmode": "numeric", "autocomplete": "off"})
    label = f"{field.about} {field.label}".strip()
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, widget=widget)


def _others() -> forms.Field:
    return forms.CharField(
        label=_("另选他人"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("选票上另写的人，一行一个：姓名、空格、票数。例如：张三 2"),
    )
