"""What the desk fills in to key in a paper sheet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.year.scoring.models import ScoredProposal, ScoreRound
from yishiting.year.scoring.rules import Line


class KeyingForm(ours.Form):
    """One judge's paper sheet: a row for each proposal, a cell for each criterion, and the tick for standing aside."""

    def __init__(self, score_round: ScoreRound, scored: Sequence[ScoredProposal], *args: Any) -> None:
        self.scored, self.criteria = scored, score_round.rule["criteria"]
        super().__init__(*args)
        for one in scored:
            for n, criterion in enumerate(self.criteria):
                self.fields[f"m_{one.position}_{n}"] = _mark(f"{one.label} {criterion['name']}", criterion)
            stands_aside = _("回避")
            aside = forms.BooleanField(label=f"{one.label} {stands_aside}", required=False)
            self.fields[f"aside_{one.position}"] = aside
        self.fields["reason"] = forms.CharField(
            label=_("回避的原因"),
            required=False,
            max_length=500,
            help_text=_("评分表上勾了回避的，照抄写明的原因。"),
        )

    def rows(self) -> Iterator[tuple[ScoredProposal, list[tuple[str, BoundField]], BoundField]]:
        """The sheet as it lies before the clerk."""
        for one in self.scored:
            marks = [(kind["name"], self[f"m_{one.position}_{n}"]) for n, kind in enumerate(self.criteria)]
            yield one, marks, self[f"aside_{one.position}"]

    def clean(self) -> dict[str, Any]:
        """Lines by the key of the scored proposal."""
        given = super().clean() or self.cleaned_data
        return {
            "lines": {str(one.pk): self._line(one, given) for one in self.scored},
            "reason": given.get("reason", ""),
        }

    def _line(self, one: ScoredProposal, given: Mapping[str, Any]) -> Line:
        marks = tuple(text_of(given.get(f"m_{one.position}_{n}")) for n in range(len(self.criteria)))
        aside = bool(given.get(f"aside_{one.position}"))
        return Line(() if aside and not any(marks) else marks, aside)


def _mark(label: str, criterion: Mapping[str, str]) -> forms.Field:
    widget = forms.TextInput(attrs={"class": "short number", "inputmode": "decimal", "autocomplete": "off", "size": 4})
    full = forms.DecimalField(
        label=label, required=False, min_value=0, max_value=int(criterion["full"]), decimal_places=1, widget=widget
    )
    full.error_messages["max_value"] = _("最多%(limit_value)s分。")
    return full


def text_of(mark: Any) -> str | None:
    """A mark as it is kept: 8, 8.5; None where blank."""
    if mark is None:
        return None
    text = format(mark, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
