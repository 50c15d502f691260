"""The lifecycle of a public notice and of an objection to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a notice stands."""

    POSTED = "posted", _("公示中")
    CLEAR = "clear", _("公示结束，进入下一步")
    UPHELD = "upheld", _("异议成立，不得进入下一步")
    WITHDRAWN = "withdrawn", _("已撤回")


ENDED = _("这份公示已经结束，不再受理异议。仍有问题的，请“提建议”，或向发布单位反映。")

LIFECYCLE = Lifecycle(
    State,
    State.POSTED,
    transition("notice.close", [State.POSTED], State.CLEAR, _("期满无异议，或异议均已处理")),
    transition("notice.close", [State.POSTED], State.UPHELD, _("期满，有异议成立")),
    *stays("notice.extend", [State.POSTED], _("节假日有变化，顺延公示期")),
    *stays("objection.raise", [State.POSTED], _("提出异议"), otherwise=ENDED),
    transition("notice.withdraw", [State.POSTED], State.WITHDRAWN, _("撤回公示")),
    usual={State.POSTED: "notice.close"},
)


class ObjectionState(models.TextChoices):
    """Where an objection stands."""

    RECEIVED = "received", _("待处理")
    UPHELD = "upheld", _("成立")
    DISMISSED = "dismissed", _("不成立")


OBJECTION_LIFECYCLE = Lifecycle(
    ObjectionState,
    ObjectionState.RECEIVED,
    transition("objection.answer", [ObjectionState.RECEIVED], ObjectionState.UPHELD, _("认定成立")),
    transition("objection.answer", [ObjectionState.RECEIVED], ObjectionState.DISMISSED, _("认定不成立")),
    usual={ObjectionState.RECEIVED: "objection.answer"},
)
