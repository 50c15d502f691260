"""What the desk fills in for notices and objections."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.instruments.publicity.states import State


class ReasonForm(ours.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("原因"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("会公开。"))


class NoticeFilters(forms.Form):
    """Which notices are listed."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *State.choices])
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *NoticeKind.choices])
