"""Forms for coming in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.fields import field_of
from yishiting.ground.entrance.actions.factors import CALLED


class PhoneForm(ours.Form):
    """A resident's phone."""

    phone = ours.PhoneField(label=_("手机号"), help_text=_("我们会发一条短信验证码，只用来登录和联系您。"))


class CodeForm(ours.Form):
    """The code that came by message."""

    code = ours.DigitsField(
        length=6,
        label=_("短信验证码"),
        help_text=_("6位数字，5分钟内有效。"),
        widget=ours.DigitsInput({"autocomplete": "one-time-code"}),
    )


class StaffForm(ours.Form):
    """A member of staff's name, password and, once bound, the authenticator's code."""

    login = forms.CharField(label=_("登录名"), max_length=40, widget=forms.TextInput({"autocomplete": "username"}))
    password = forms.CharField(
        label=_("密码"), widget=forms.PasswordInput({"autocomplete": "current-password"}, render_value=False)
    )
    code = forms.CharField(
        label=_("动态码"),
        required=False,
        max_length=20,
        help_text=_("认证器上的6位数字，或一个恢复码。用安全密钥的，或还没有绑定的，先空着。"),
        widget=forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "characters", "class": "short"}),
    )


class PasswordForm(ours.Form):
    """A new password of one's own."""

    old = forms.CharField(label=_("原密码"), widget=forms.PasswordInput({"autocomplete": "current-password"}))
    new = forms.CharField(
        label=_("新密码"),
        help_text=_("至少10位，不要只用数字，不要用常见的词。"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(label=_("再输一遍新密码"), widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def clean(self) -> dict[str, object]:
        """The two new ones agree; only what the verb needs is passed on."""
        given = super().clean() or {}
        if "new" in given and "again" in given and given["new"] != given.pop("again"):
            self.add_error("again", _("两次输入的新密码不一样。"))
        return given


class SecondFactorForm(ours.Form):
    """The first code of a new authenticator."""

    code = ours.DigitsField(
        length=6,
        label=_("认证器上显示的6位数字"),
        widget=ours.DigitsInput({"autocomplete": "one-time-code"}),
    )


class AnswerForm(ours.Form):
    """What a passkey answered; the script of the page fills it in."""

    answer = forms.CharField(
        label=_("安全密钥"),
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={"required": _("没有读到安全密钥。请用较新的浏览器打开，按页面上的按钮，再按提示操作。")},
    )


class NewPasskeyForm(AnswerForm):
    """A new key, and what it is called."""

    name = field_of(CALLED, needed=True, thing=None)
    field_order = ["name", "answer"]
