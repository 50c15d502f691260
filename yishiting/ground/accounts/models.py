"""People and how they sign in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord, RecordQuerySet
from yishiting.ground.common.phones import phone_to_keep
from yishiting.ground.common.secrets import SealedField, sealer


class Administration(models.TextChoices):
    """The three administrators of a protected system; one person is never two of them."""

    NONE = "", _("不是管理员")
    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDIT = "audit", _("审计管理员")


class Language(models.TextChoices):
    """What the pages speak."""

    CHINESE = "zh-hans", _("中文")
    ENGLISH = "en", _("English")


class PersonQuerySet(RecordQuerySet["Person"]):
    """Finding people by what they sign in with."""

    def with_phone(self, phone: str) -> "PersonQuerySet":
        """People with this phone number, found by its keyed hash."""
        return self.filter(phone_hash=sealer().look_up(phone_to_keep(phone)))

    def get_by_natural_key(self, login: str) -> "Person":
        """The person who signs in with this name; Django's own sign-in asks for it."""
        return self.get(login=login)


class Person(AbstractBaseUser, BaseRecord):
    """A resident or a member of staff. What offices they hold is recorded elsewhere, with dates."""

    LEDGER = Binding(
        public=False,
        without=(
            "password",
            "last_login",
            "phone_hash",
            "totp_confirmed_at",
            "totp_last_step",
            "failed_attempts",
            "locked_until",
            "password_changed_at",
            "language",
            "care_mode",
        ),
    )

    actor_kind: ClassVar[str] = "person"

    login = models.CharField(
        _("登录名"),
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("这个登录名已经有人用了，请换一个。")},
    )
    name = SealedField(_("姓名"), blank=True, default="")
    phone = SealedField(_("手机号"), blank=True, default="")
    phone_hash = models.CharField(
        max_length=64,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        error_messages={"unique": _("这个手机号已经登记在一个账号上。请用那个账号，或换一个手机号。")},
    )
    email = SealedField(_("电子邮箱"), blank=True, default="")
    administration = models.CharField(
        _("管理职责"), max_length=10, choices=Administration.choices, blank=True, default=""
    )
    is_staff_member = models.BooleanField(_("工作人员"), default=False)
    is_active = models.BooleanField(_("可以登录"), default=True)
    totp_secret = SealedField(blank=True, default="", editable=False)
    totp_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    totp_last_step = models.BigIntegerField(default=0, editable=False)
    password_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    care_mode = models.BooleanField(_("关怀版"), default=False)
    erased_at = models.DateTimeField(_("注销时间"), null=True, blank=True, editable=False)

    objects: ClassVar = PersonQuerySet.as_manager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("人员")
        constraints = [
            models.CheckConstraint(
                name="person_administration_known",
                condition=models.Q(administration__in=Administration.values),
                violation_error_message=_("没有这样的管理职责。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name or self.login or _("居民"))

    @property
    def actor_id(self) -> str:
        """The identifier the ledger keeps: a number that says nothing of the person."""
        return str(self.pk)

    def set_phone(self, phone: str) -> None:
        """Keep a phone number: sealed for use, hashed for finding."""
        self.phone = phone_to_keep(phone)
        self.phone_hash = sealer().look_up(self.phone) or None
