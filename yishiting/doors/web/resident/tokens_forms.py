"""The form for a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours


class TokenForm(ours.Form):
    """What for, and until when."""

    name = forms.CharField(label=_("给什么程序用"), max_length=60, help_text=_("例如：街道数据平台每晚取数。"))
    expires_on = ours.DateField(label=_("有效期至"), help_text=_("最长一年，到期自动失效。"))
