"""Forms about oneself."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours


class CorrectionForm(ours.Form):
    """What a person may correct by themselves."""

    name = forms.CharField(
        label=_("姓名"), max_length=40, required=False, help_text=_("可以不填。填了，社区联系您时知道怎么称呼。")
    )
    email = forms.EmailField(
        label=_("电子邮箱"), max_length=120, required=False, help_text=_("可以不填。填了，结果也会发到邮箱。")
    )
    language = forms.ChoiceField(label=_("语言"), choices=settings.LANGUAGES)


class ErasureForm(ours.Form):
    """Asked twice, because it cannot be undone."""

    sure = forms.BooleanField(label=_("我明白注销以后不能恢复"))
