"""Forms about organisations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.place_search import PlaceField
from yishiting.ground.organisations.models import OrganisationKind


class WhereForm(ours.Form):
    """Of which place."""

    place = PlaceField(label=_("哪个地方的组织"), help_text=_("写区、街乡或社区的名称，也可以只写拼音首字母。"))


class AmendForm(ours.Form):
    """The name and whom to ask."""

    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("写全称，例如：枣营北里第一物业服务中心。"))
    contact_name = forms.CharField(label=_("联系人"), max_length=40, required=False)
    contact_phone = ours.PhoneField(label=_("联系电话"), required=False)


class RegisterForm(AmendForm):
    """A new organisation."""

    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *OrganisationKind.choices])
    field_order = ("kind", "name", "contact_name", "contact_phone")


class CloseForm(ours.Form):
    """From when it no longer takes part, and why."""

    on = ours.DateField(label=_("停用日期"))
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("例如：物业合同到期。"))
