"""How people come in: codes sent to phones, tokens for programs, the privacy notice and consent to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.secrets import SealedField
from yishiting.ground.places.models import Place


class AccessToken(BaseRecord):
    """A token for programs, kept as a keyed hash; shown once when it is issued."""

    LEDGER = Binding(public=False)

    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    name = models.CharField(_("用途"), max_length=60)
    token_hash = models.CharField(
        max_length=64, unique=True, error_messages={"unique": _("这个令牌已经用过。请再签发一个。")}
    )
    expires_on = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        ordering = ["-created_at"]


class OneTimeCode(BaseRecord):
    """A code sent to a phone to sign in; used once, for a few minutes, a few tries."""

    LEDGER = Binding(bound=False, public=False)

    phone_hash = models.CharField(max_length=64, db_index=True)
    client_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField(_("失效时间"))
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("验证码")


class RecoveryCode(BaseRecord):
    """A printed code that stands in once for the authenticator; kept as a keyed hash."""

    LEDGER = Binding(bound=False, public=False)

    person = models.ForeignKey(Person, models.PROTECT, related_name="recovery_codes")
    code_hash = models.CharField(
        max_length=64, unique=True, error_messages={"unique": _("这个恢复码已经有了。请再生成一次。")}
    )
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("恢复码")


class Passkey(BaseRecord):
    """A passkey or a hardware key: its public part alone. `uses` is how often it says it has signed."""

    LEDGER = Binding(public=False, without=("uses", "last_used_at"))

    person = models.ForeignKey(Person, models.PROTECT, related_name="passkeys")
    name = models.CharField(_("名称"), max_length=40)
    credential = models.TextField(editable=False)
    credential_hash = models.CharField(
        max_length=64, unique=True, error_messages={"unique": _("这把安全密钥已经登记过。请换一把。")}
    )
    uses = models.PositiveBigIntegerField(_("使用次数"), default=0)
    last_used_at = models.DateTimeField(_("上次使用"), null=True, blank=True)
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("安全密钥")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.name)


class SignOn(BaseRecord):
    """Whom the district's sign-on service means by a subject: one of our members of staff."""

    LEDGER = Binding(public=False)

    person = models.OneToOneField(
        Person,
        models.PROTECT,
        related_name="sign_on",
        error_messages={"unique": _("这个账号已经关联统一登录。要换，请先解除关联。")},
    )
    issuer = models.CharField(_("统一登录服务"), max_length=200)
    subject = models.CharField(_("统一登录里的标识"), max_length=255)

    class Meta:
        verbose_name = _("统一登录关联")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                name="sign_on_of_one_person",
                violation_error_message=_("这个标识已经关联了另一个账号。请核对，或先在那个账号上解除。"),
            )
        ]


class PrivacyNotice(BaseRecord):
    """One version of the privacy notice: who, why, how, what, how long, and your rights."""

    version = models.PositiveSmallIntegerField(
        _("版本"), unique=True, error_messages={"unique": _("刚刚有人发布了新一版隐私告知。请刷新页面，看过再发布。")}
    )
    text = models.TextField(_("内容"))
    in_force_from = models.DateField(_("施行日期"))

    class Meta:
        verbose_name = _("隐私告知")
        ordering = ["-version"]


class Consent(BaseRecord):
    """A person agreed to a version of the notice, and perhaps took it back."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    notice = models.ForeignKey(PrivacyNotice, models.PROTECT)
    given_at = models.DateTimeField(_("同意时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("同意")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "notice"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_once",
                violation_error_message=_("您已经同意过这一版隐私告知，不用再点。"),
            )
        ]


class Throttle(models.Model):
    """Wrong tries of one client at one thing (a sign-in name, a receipt number), or at anything of its kind.

    Client and thing are kept as keyed hashes; a row is forgotten after a quiet time.
    """

    key = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=64, blank=True, default="", db_index=True)
    tries = models.PositiveIntegerField(_("错误次数"), default=1)
    last_at = models.DateTimeField(_("最近一次"), db_index=True)

    class Meta:
        verbose_name = _("限速")


class NumberPassed(BaseRecord):
    """A number was another account's so long ago that its code opened a new one: which was whose."""

    LEDGER = Binding(bound=False, public=False)

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    former = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("换了人的号码")


class Proof(models.TextChoices):
    """By what a desk has seen that somebody is who they say."""

    ID_CARD = "id_card", _("居民身份证")
    HOUSEHOLD = "household", _("户口簿")
    RESIDENCE = "residence", _("居住证")
    PASSPORT = "passport", _("护照或永久居留证")
    OTHER = "other", _("其他有照片的证件")


class AccountJoin(BaseRecord):
    """Two accounts of one person, joined at a desk: what moved, so that it can be undone."""

    LEDGER = Binding(public=False, without=("name", "former_phone", "note"))

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("现在的账号"))
    former = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("原账号"))
    name = SealedField(_("本人姓名"), blank=True, default="")
    former_phone = SealedField(_("原账号的手机号"), blank=True, default="")
    proof = models.CharField(_("核对的证件"), max_length=12, choices=Proof.choices)
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")
    moved = models.JSONField(_("转来的内容"), default=dict, editable=False)
    filled_in = models.JSONField(_("补上的资料"), default=list, editable=False)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True, editable=False)
    undone_because = models.CharField(_("撤销原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("合并的账号")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["former"],
                condition=models.Q(undone_at=None),
                name="account_joined_once",
                violation_error_message=_("这个原账号已经合并过。请刷新页面查看。"),
            ),
            models.CheckConstraint(
                name="account_joined_with_another",
                condition=~models.Q(person=models.F("former")),
                violation_error_message=_("这是同一个账号，不用合并。"),
            ),
            models.CheckConstraint(
                name="account_join_proof_known",
                condition=models.Q(proof__in=Proof.values),
                violation_error_message=_("请选核对了哪种证件。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def count(self) -> int:
        """How many things moved."""
        return sum(len(keys) for keys in self.moved.values())
