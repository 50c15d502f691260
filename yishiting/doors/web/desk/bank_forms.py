"""Why an export in full is needed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours


class ExportForm(ours.Form):
    """Why names and telephone numbers are needed in full."""

    reason = forms.CharField(
        label=_("导出理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明做什么用、谁来用、用完怎么处理。例如：电话回访30户，由刘芳保管，回访完删除。"),
    )
