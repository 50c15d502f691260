"""Predicates about who someone is, whatever office they hold."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Predicate

anyone = Predicate(lambda ask: True, _("任何人"), "")

signed_in = Predicate(
    lambda ask: ask.actor.actor_kind == "person",
    _("登录的人"),
    _("请先登录，再办理这一步。"),
)

the_clock = Predicate(
    lambda ask: ask.actor.actor_kind == "clock",
    _("每日定时任务"),
    _("这一步由系统按日期自动办理，不需要人来操作。"),
)

the_operator = Predicate(
    lambda ask: ask.actor.actor_kind == "operator",
    _("安装维护人员（命令行）"),
    _("这一步只能由安装维护人员在服务器上办理。"),
)

oneself = Predicate(
    lambda ask: isinstance(ask.actor, Person) and ask.actor == ask.thing,
    _("本人"),
    _("这是个人资料，只有本人可以查看和修改。"),
)


def administers(kind: str, label: object) -> Predicate:
    """One of the three administrators."""
    return Predicate(
        lambda ask: getattr(ask.actor, "administration", "") == kind,
        str(label),
        _("这一步由%(who)s办理。") % {"who": label},
    )
