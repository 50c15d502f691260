"""Filters of the list; the answer to what was solved on the spot."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Channel, ImportBatch, SolicitationSession
from yishiting.year.suggestions.states import State

ALL = [("", _("全部"))]
STATES = [choice for choice in State.choices if choice[0] != State.STRUCK]


class FilterForm(ours.Form):
    """What to show; every field may stay empty."""

    q = forms.CharField(label=_("查找"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label=_("状态"), choices=[*ALL, *STATES], required=False)
    channel = forms.ChoiceField(label=_("渠道"), choices=[*ALL, *Channel.choices], required=False)
    session = forms.ModelChoiceField(
        label=_("场次"), queryset=SolicitationSession.objects.none(), required=False, empty_label=_("全部")
    )
    year = forms.IntegerField(
        label=_("年度"),
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
    )
    batch = forms.ModelChoiceField(
        queryset=ImportBatch.objects.none(), required=False, widget=forms.HiddenInput, label=_("导入文件")
    )

    def __init__(self, place: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = SolicitationSession.objects.filter(place=place)  # type: ignore[attr-defined]
        self.fields["batch"].queryset = ImportBatch.objects.filter(place=place).defer("errors")  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """What can be used of what was asked; nonsense in the address is passed over."""
        self.is_valid()
        return self.cleaned_data


class SettleForm(ours.Form):
    """How it was solved."""

    draft = "settle"

    text = forms.CharField(
        label=_("怎么解决的"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("例如：灯泡已当场换好，试过能亮。本人会看到这段话。"),
    )
