"""What a resident fills in about a notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours

MOST_WORDS = 2000


class ObjectionForm(ours.Form):
    """An objection: what is wrong, and how to be told of the answer."""

    draft = "objection"

    text = forms.CharField(
        label=_("您对哪一点有异议，理由是什么"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_WORDS,
        help_text=_("例如：名单中某人不住在本社区。您写的内容只有经办人看得到。"),
    )
    contact = ours.PhoneField(
        label=_("您的电话"), required=False, help_text=_("留下电话，处理后发短信告诉您。不留也受理。")
    )
