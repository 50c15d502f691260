"""What the desk fills in by hand for the council: the seat plan."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.organisations.models import IdentityKind, Organisation
from yishiting.ground.places.models import Place
from yishiting.methods.seat_rules import METHOD_NAMES
from yishiting.year.councils.models import Constituency
from yishiting.year.councils.rules import Planned

#: A unit among those that send, by its key.
UNIT = "unit:"
KEYS = ("name", "sector", "weight", "seats")
BLANK_LINES = 4
FEWEST_LINES = 8
MOST_LINES = 80


class SeatPlanForm(ours.Form):
    """The seat plan: a line for each constituency, blank lines to add more; nothing depends on scripts."""

    total = forms.IntegerField(
        label=_("总席位"),
        min_value=1,
        max_value=99,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_("席位都由您填时可以不写。"),
    )
    method = forms.ChoiceField(
        label=_("计算方法"), choices=[(method.value, name) for method, name in METHOD_NAMES.items()], required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        saved: list[Constituency],
        by_hand: bool,
        below: Sequence[Place] = (),
        units: Sequence[Organisation] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.below = [("", _("没有推派单位")), *((one.code, one.name) for one in below)]
        self.below += [(f"{UNIT}{one.pk}", one.name) for one in units]
        self.many = self._many(data, len(saved))
        for n in range(self.many):
            self._add_line(n, saved[n] if n < len(saved) else None, by_hand)

    def lines(self) -> list[dict[str, Any]]:
        """The fields of each line, for the table."""
        keys = (*KEYS, "sends") if len(self.below) > 1 else KEYS
        return [{name: self[f"{name}_{n}"] for name in keys} for n in range(self.many)]

    def clean(self) -> dict[str, Any]:
        """The lines that were written; a line half written is pointed at."""
        values = super().clean() or self.cleaned_data
        lines = [line for n in range(self.many) if (line := self._line(n)) is not None]
        return {"lines": lines, "total": values.get("total"), "method": values.get("method") or ""}

    def _line(self, n: int) -> Planned | None:
        name, sector, weight, seats = (self.cleaned_data.get(f"{key}_{n}") for key in KEYS)
        if not name and not weight and seats is None:
            return None
        if not name:
            self.add_error(f"name_{n}", _("第%(n)s行写了数字，还没有写推选单位的名称。") % {"n": n + 1})
        if not sector:
            self.add_error(f"sector_{n}", _("请选择第%(n)s行属于哪一方面。") % {"n": n + 1})
        sender = self.cleaned_data.get(f"sends_{n}") or ""
        unit = sender.removeprefix(UNIT) if sender.startswith(UNIT) else ""
        return Planned(name or "", sector or "", weight or 0, seats, "" if unit else sender, unit)

    def _add_line(self, n: int, saved: Constituency | None, by_hand: bool) -> None:
        about = {"n": n + 1}
        sectors = [("", _("选择方面")), *IdentityKind.choices]
        line: dict[str, forms.Field] = {
            "name": forms.CharField(label=_("第%(n)s行推选单位") % about, max_length=60, required=False),
            "sector": forms.ChoiceField(label=_("第%(n)s行方面") % about, choices=sectors, required=False),
            "weight": forms.IntegerField(label=_("第%(n)s行户数") % about, min_value=0, required=False),
            "seats": forms.IntegerField(label=_("第%(n)s行席位") % about, min_value=0, max_value=99, required=False),
        }
        if len(self.below) > 1:
            line["sends"] = forms.ChoiceField(
                label=_("第%(n)s行由哪里推派") % about, choices=self.below, required=False
            )
        for key, field in line.items():
            field.widget.attrs["aria-label"] = field.label
            if key in ("weight", "seats"):
                field.widget.attrs |= {"data-sum": key, "class": "number"}
            if saved is not None and (key != "seats" or by_hand):
                sent = saved.sends.code if saved.sends else f"{UNIT}{saved.unit_id}" if saved.unit_id else ""
                field.initial = sent if key == "sends" else getattr(saved, key)
            self.fields[f"{key}_{n}"] = field

    def _many(self, data: Any, saved: int) -> int:
        sent = sum(1 for key in data or () if key.startswith("name_"))
        wanted = max(sent, saved + BLANK_LINES, FEWEST_LINES)
        return min(wanted + (BLANK_LINES if data and "more" in data else 0), MOST_LINES)
