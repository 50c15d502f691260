"""What the desk fills in for notices and objections."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours


class ReasonForm(ours.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("原因"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("会公开。"))
