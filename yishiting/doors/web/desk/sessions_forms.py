"""A solicitation session as it is recorded: the occasion, then how many people of which kinds."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.organisations.models import IdentityKind
from yishiting.year.suggestions.actions.sessions import OTHERS
from yishiting.year.suggestions.models import Channel

MOST = 100_000
KINDS = [*IdentityKind.choices, (OTHERS, _("其他群众"))]


class CountsForm(ours.Form):
    """How many came, by category; the cleaned value is `participants`."""

    def __init__(self, *args: Any, counted: Mapping[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in KINDS:
            number = forms.NumberInput(attrs={"class": "short number", "inputmode": "numeric"})
            self.fields[str(kind)] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=MOST,
                widget=number,
                initial=(counted or {}).get(str(kind)),
            )

    def occasion(self) -> Iterator[forms.BoundField]:
        """Everything that is not a count."""
        kinds = {str(kind) for kind, _label in KINDS}
        return (bound for bound in self if bound.name not in kinds)

    def counts(self) -> Iterator[forms.BoundField]:
        """The counts, one for each category."""
        return (self[str(kind)] for kind, _label in KINDS)

    def clean(self) -> dict[str, Any]:
        """The counts as one table, the rest as it was."""
        super().clean()
        rest = dict(self.cleaned_data)
        return {"participants": {str(kind): rest.pop(str(kind), None) or 0 for kind, _label in KINDS}, **rest}


class SessionForm(CountsForm):
    """A session that was held."""

    draft = "session"

    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("例如：3号楼楼门座谈会"))
    channel = forms.ChoiceField(label=_("方式"), choices=Channel.choices, initial=Channel.FORUM)
    held_on = ours.DateField(label=_("日期"), help_text=_("3月5日、2026-3-5、昨天，都可以"))
    venue = forms.CharField(label=_("地点"), max_length=120, required=False)
    host = forms.CharField(label=_("主持人"), max_length=40, required=False)
    notes = forms.CharField(label=_("记录"), widget=forms.Textarea(attrs={"rows": 4}), required=False)


class AmendForm(CountsForm):
    """A correction, with its reason."""

    notes = forms.CharField(label=_("记录"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    reason = forms.CharField(label=_("为什么更正"), max_length=200, help_text=_("会留痕"))
