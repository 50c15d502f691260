"""A view of one's own, added to a consultation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours


class StatementForm(ours.Form):
    """One sentence."""

    text = forms.CharField(
        label=_("您的看法"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一条只说一个意思，不写人名和门牌号。例如：周末可以晚半小时结束"),
        error_messages={"required": _("请写下您的看法。")},
    )
