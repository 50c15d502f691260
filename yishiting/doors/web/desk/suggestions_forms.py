"""The answer to what was solved on the spot."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours


class SettleForm(ours.Form):
    """How it was solved."""

    draft = "settle"

    text = forms.CharField(
        label=_("怎么解决的"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("例如：灯泡已当场换好，试过能亮。本人会看到这段话。"),
    )
