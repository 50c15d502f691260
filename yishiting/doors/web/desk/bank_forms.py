"""What to look for in the bank; why an export in full is needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.place_search import PlaceField
from yishiting.year.suggestions.models import Category, Channel, ResponsibleLevel
from yishiting.year.suggestions.queries.bank import ALONE, MAIN, MERGED
from yishiting.year.suggestions.states import State

ALL = [("", _("全部"))]
STATES = [choice for choice in State.choices if choice[0] != State.STRUCK]
TOGETHER = [(MAIN, _("有别的并入它")), (MERGED, _("已并入别的")), (ALONE, _("没有合并"))]


class BankForm(ours.Form):
    """Filters; every one may stay empty."""

    q = forms.CharField(label=_("查找"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    place = PlaceField(label=_("地方"), required=False)
    year = forms.IntegerField(
        label=_("年度"),
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
    )
    state = forms.ChoiceField(label=_("状态"), choices=[*ALL, *STATES], required=False)
    channel = forms.ChoiceField(label=_("渠道"), choices=[*ALL, *Channel.choices], required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    level = forms.ChoiceField(label=_("责任层级"), choices=[*ALL, *ResponsibleLevel.choices], required=False)
    merged = forms.ChoiceField(label=_("合并"), choices=[*ALL, *TOGETHER], required=False)

    def __init__(self, *args: Any, groups: list[tuple[str, list[Category]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for _group, ones in groups for one in ones}
        offered = [(name, [(str(one.pk), one.name) for one in ones]) for name, ones in groups]
        self.fields["category"].choices = [*ALL, *offered]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_category(self) -> Category | None:
        """The class itself."""
        return self.known.get(self.cleaned_data["category"])

    def wanted(self) -> dict[str, Any]:
        """What can be used of what was asked; nonsense in the address is passed over."""
        self.is_valid()
        return self.cleaned_data


class ExportForm(ours.Form):
    """Why names and telephone numbers are needed in full."""

    reason = forms.CharField(
        label=_("导出理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明做什么用、谁来用、用完怎么处理。例如：电话回访30户，由刘芳保管，回访完删除。"),
    )
