"""Filters of the audit administrator."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.fields import FoundField
from yishiting.doors.web.shared.place_search import PlaceField
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.organisations.actions.offices import WHO


class LedgerFilters(ours.Form):
    """By place, by who, by what, by day."""

    place = PlaceField(label=_("地方"), required=False)
    actor = FoundField(WHO, None, url=reverse_lazy("staff-search"), label=_("谁办的"), required=False)
    verb = forms.ChoiceField(label=_("事项"), required=False)
    since = ours.DateField(label=_("开始日期"), required=False)
    until = ours.DateField(label=_("结束日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted((str(one.label), code) for code, one in VERBS.items())
        self.offer("verb", [("", _("全部")), *((code, label) for label, code in known)])


class SignInFilters(ours.Form):
    """Only failures, or everything, by day."""

    result = forms.ChoiceField(
        label=_("结果"), required=False, choices=[("", _("全部")), ("no", _("没有进来")), ("yes", _("进来了"))]
    )
    since = ours.DateField(label=_("开始日期"), required=False)
    until = ours.DateField(label=_("结束日期"), required=False)
