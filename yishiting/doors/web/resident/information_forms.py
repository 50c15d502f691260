"""Forms about oneself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours


class ErasureForm(ours.Form):
    """Asked twice, because it cannot be undone."""

    sure = forms.BooleanField(label=_("我明白注销以后不能恢复"))
