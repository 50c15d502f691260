"""The lifecycle of a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, step


class State(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("筹备")
    CONVENED = "convened", _("已通知")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已散会")
    APPROVED = "approved", _("纪要已核定")
    PUBLISHED = "published", _("纪要已公布")
    CANCELLED = "cancelled", _("取消")


LIFECYCLE = Lifecycle(
    State,
    State.PLANNED,
    step("meeting.convene", [State.PLANNED], State.CONVENED, _("发出通知和材料")),
    step("meeting.open", [State.CONVENED], State.OPEN, _("到会人数符合规定，开会")),
    step("meeting.close", [State.OPEN], State.CLOSED, _("散会，生成纪要草稿")),
    step("meeting.approve_minutes", [State.CLOSED], State.APPROVED, _("核定纪要")),
    step("meeting.publish_minutes", [State.APPROVED], State.PUBLISHED, _("公布纪要")),
    step("meeting.cancel", [State.PLANNED, State.CONVENED], State.CANCELLED, _("取消，写明原因")),
)


class ItemState(models.TextChoices):
    """Where an agenda item stands."""

    LISTED = "listed", _("待议")
    VOTING = "voting", _("表决中")
    DECIDED = "decided", _("已决定")
    NOTED = "noted", _("已通报")
    PUT_OFF = "put_off", _("改期再议")


ITEM_LIFECYCLE = Lifecycle(
    ItemState,
    ItemState.LISTED,
    step("item.put_to_vote", [ItemState.LISTED], ItemState.VOTING, _("主持人提请表决")),
    step("item.decide", [ItemState.VOTING], ItemState.DECIDED, _("宣布表决结果")),
    step("item.note", [ItemState.LISTED], ItemState.NOTED, _("听取通报，不表决")),
    step("item.put_off", [ItemState.LISTED, ItemState.VOTING], ItemState.PUT_OFF, _("改期再议，写明原因")),
)
