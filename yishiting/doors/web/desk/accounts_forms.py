"""Forms about accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.accounts.models import Administration

NO_STATE = ("", _("全部"))


class OpenForm(ours.Form):
    """A new account for a member of staff."""

    login = forms.SlugField(
        label=_("登录名"), max_length=40, help_text=_("用字母和数字，例如姓名全拼 wangjianguo。"),
        error_messages={"invalid": _("登录名只能用字母、数字、下划线和短横。")},
    )  # fmt: skip
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = ours.PhoneField(label=_("手机号"), required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False, max_length=120)
    administration = forms.ChoiceField(
        label=_("管理职责"),
        required=False,
        choices=Administration.choices,
        help_text=_("三员分开，不担任业务职务。业务职务由安全管理员另行任命。"),
    )


class ReasonForm(ours.Form):
    """One sentence why."""

    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


class PrivacyForm(ours.Form):
    """A new version of the privacy notice."""

    draft = "privacy"
    text = forms.CharField(
        label=_("告知内容"),
        widget=forms.Textarea({"rows": 16}),
        help_text=_("写明：谁在收集、收集什么、为什么、怎么用、保存多久、您有哪些权利、找谁。"),
    )
    in_force_from = ours.DateField(label=_("施行日期"))
