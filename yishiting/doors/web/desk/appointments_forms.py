"""Forms about offices."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.place_search import PlaceField
from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.queries import staff_matching
from yishiting.ground.organisations.models import Office, Organisation

MOST_FOUND = 12


def found_staff(words: str) -> list[tuple[str, str]]:
    """(key, label) of the staff that fit the words, or of the one whose key it is."""
    key = _as_key(words)
    rows = Person.objects.filter(pk=key, is_staff_member=True) if key else staff_matching(words)
    return [(str(one.pk), f"{one.name}（{one.login}）") for one in rows.filter(is_active=True)[:MOST_FOUND]]


def found_organisations(words: str) -> list[tuple[str, str]]:
    """(key, label) of the organisations in use that fit the words."""
    key = _as_key(words)
    in_use = Organisation.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=timezone.localdate()))
    rows = in_use.filter(pk=key) if key else in_use.filter(name__contains=words.strip())
    return [(str(one.pk), f"{one.place.name} {one.name}") for one in rows.select_related("place")[:MOST_FOUND]]


def _as_key(words: str) -> UUID | None:
    try:
        return UUID(words.strip())
    except ValueError:
        return None


class StaffField(ours.SearchField):
    """One member of staff; the cleaned value is the `Person`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(find=found_staff, url=reverse_lazy("staff-search"), **kwargs)

    def clean(self, value: object) -> Person | None:
        """The person meant."""
        key = super().clean(value)
        return Person.objects.filter(pk=key).first() if key else None


class OrganisationField(ours.SearchField):
    """One organisation; the cleaned value is the `Organisation`, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(find=found_organisations, url=reverse_lazy("organisation-search"), **kwargs)

    def clean(self, value: object) -> Organisation | None:
        """The organisation meant."""
        key = super().clean(value)
        return Organisation.objects.filter(pk=key).first() if key else None


class AppointForm(ours.Form):
    """Who becomes what, where, from when."""

    person = StaffField(label=_("谁"), help_text=_("写姓名、登录名或手机号。要先由系统管理员开通账号。"))
    office = forms.ChoiceField(label=_("担任什么职务"), choices=[("", _("请选择")), *Office.choices])
    place = PlaceField(label=_("在哪里"), help_text=_("写区、街乡或社区的名称，也可以只写拼音首字母。"))
    organisation = OrganisationField(
        label=_("代表哪个组织"), required=False, help_text=_("承办单位经办人要写明是哪个单位。")
    )
    since = ours.DateField(label=_("任职日期"))


class EndForm(ours.Form):
    """From when not any more, and why."""

    until = ours.DateField(label=_("最后一天"), help_text=_("这一天还可以办理，第二天起不能。"))
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("例如：换届、调离、退休。"))
