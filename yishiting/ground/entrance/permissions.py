"""Who may come in, and who may open and close accounts."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import administers, anyone, oneself, the_clock, the_operator
from yishiting.ground.common.predicates import Permissions, Predicate
from yishiting.ground.entrance.rules import JOIN_UNDONE_WITHIN
from yishiting.ground.organisations.permissions import at_desk

system_administrator = administers("system", _("系统管理员"))
security_administrator = administers("security", _("安全管理员"))
its_owner = Predicate(
    lambda ask: isinstance(ask.actor, Person) and ask.thing.person_id == ask.actor.pk,
    _("本人"),
    _("只有本人可以办理。"),
)

of_the_staff = Predicate(
    lambda ask: getattr(ask.actor, "is_staff_member", False),
    _("工作人员"),
    _("这是给工作人员用的。居民用手机号和短信验证码登录，不需要它。"),
)

a_resident = Predicate(
    lambda ask: isinstance(ask.actor, Person) and not ask.actor.is_staff_member,
    _("居民"),
    _("工作人员的手机号由系统管理员登记。"),
)

_within_a_day = Predicate(
    lambda ask: timezone.now() - ask.thing.created_at <= JOIN_UNDONE_WITHIN,
    _("合并后一天之内"),
    _("合并已经超过一天。请安全管理员核实以后撤销。"),
)

#: Why no program does these: said where a program asks for one.
AT_THE_ENTRANCE = _("人从登录页进来，程序用接口令牌。")
ONES_OWN = _("这是本人的账号和资料，本人在网页上看过再决定，程序不代办。")
SHOWN_ONCE = _("它给出的密码只在网页上显示一次，不经过程序。")
BY_THE_CLOCK = "由每日定时任务一并办理"

MAY: Permissions = {
    "account.send_code": anyone,
    "account.enter_code": anyone,
    "account.enter_password": anyone,
    "account.open": system_administrator | the_operator,
    "account.reset_password": system_administrator | the_operator,
    "account.close": system_administrator | the_operator,
    "account.reopen": system_administrator | the_operator,
    "account.unlock": security_administrator | the_operator,
    "account.reset_second_factor": security_administrator | the_operator,
    "account.change_password": oneself,
    "account.confirm_second_factor": oneself,
    "account.renew_recovery_codes": of_the_staff & oneself,
    "account.add_passkey": of_the_staff & oneself,
    "passkey.remove": its_owner | security_administrator,
    "account.enter_passkey": anyone,
    "account.enter_sign_on": anyone,
    "account.link_sign_on": security_administrator | the_operator,
    "sign_on.unlink": security_administrator | the_operator,
    "account.change_phone": a_resident & oneself,
    "account.join": at_desk,
    "account_join.undo": (at_desk & _within_a_day) | security_administrator | the_operator,
    "account.correct": oneself,
    "account.erase": oneself,
    "account.purge": the_clock | the_operator,
    "token.issue": of_the_staff & oneself,
    "token.revoke": its_owner | security_administrator,
    "privacy.publish": security_administrator | the_operator,
    "privacy.consent": oneself,
    "privacy.withdraw": oneself,
}
