"""Which one is the main suggestion, which are the same matter; splitting into parts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared import forms as ours
from yishiting.year.suggestions.actions.merging import PARTS
from yishiting.year.suggestions.models import Suggestion

MERGE, APART = "merge", "apart"
PARTS_LEAST, PARTS_MOST = 2, 6


class MergeForm(ours.Form):
    """What to do with a group. The page draws the choices itself, beside the words."""

    decide = forms.ChoiceField(choices=[(MERGE, ""), (APART, "")], label=gettext_lazy("处理"))
    main = forms.ChoiceField(label=gettext_lazy("主案"), error_messages={"required": gettext_lazy("请选一条作主案。")})
    same = forms.MultipleChoiceField(label=gettext_lazy("同一件事"), required=False)

    def __init__(self, suggestions: Sequence[Suggestion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in suggestions}
        for name in ("main", "same"):
            self.offer(name, [(key, one.title) for key, one in self.known.items()])
            self.fields[name].error_messages["invalid_choice"] = _(
                "这一组里有建议刚被别人处理过，请看清现在的情况再定。"
            )

    def clean(self) -> dict[str, Any]:
        """To merge needs at least one besides the main one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("decide") == MERGE and given.get("main") and not set(given.get("same", [])) - {given["main"]}:
            self.add_error("same", _("请勾选和主案是同一件事的建议；都不是，就按“不是同一件事”。"))
        return given

    @property
    def stays(self) -> Suggestion:
        """The one that stays."""
        return self.known[self.cleaned_data["main"]]

    @property
    def joins(self) -> list[Suggestion]:
        """The ones that are merged into it."""
        return [one for key, one in self.known.items() if key in self.cleaned_data["same"] and one != self.stays]

    @property
    def different(self) -> list[Suggestion]:
        """The ones that are not the same matter as the main one."""
        return [one for one in self.known.values() if one != self.stays and one not in self.joins]


class SplitForm(ours.Form):
    """The matters a mixed suggestion is split into; two at least."""

    draft = "split"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, PARTS_MOST + 1):
            self.fields[f"part_{n}"] = forms.CharField(
                label=_("第%(n)s件事") % {"n": n}, required=n <= PARTS_LEAST, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.fields["part_1"].help_text = str(PARTS.hint)

    def parts(self) -> list[str]:
        """The parts that were written."""
        return [self.cleaned_data[name] for name in self.fields if self.cleaned_data[name]]

    def first(self) -> list[forms.BoundField]:
        """The two that are needed."""
        return [self["part_1"], self["part_2"]]

    def more(self) -> list[forms.BoundField]:
        """The others, folded away."""
        return [self[f"part_{n}"] for n in range(PARTS_LEAST + 1, PARTS_MOST + 1)]
