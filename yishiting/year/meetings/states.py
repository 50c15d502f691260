"""The lifecycles of a meeting and of an agenda item."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("筹备")
    CONVENED = "convened", _("已通知")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已散会")
    APPROVED = "approved", _("纪要已核定")
    PUBLISHED = "published", _("纪要已公布")
    CANCELLED = "cancelled", _("取消")


S = State

AFTERWARDS = (S.CLOSED, S.APPROVED, S.PUBLISHED)

LIFECYCLE = Lifecycle(
    State,
    S.PLANNED,
    *stays("meeting.amend", [S.PLANNED], _("修改时间、地点、名称")),
    *stays("meeting.invite", [S.PLANNED, S.CONVENED, S.OPEN], _("邀请列席人员")),
    *stays("item.add", [S.PLANNED, S.CONVENED, S.OPEN], _("增加议题")),
    transition("meeting.convene", [S.PLANNED], S.CONVENED, _("发出通知和材料")),
    transition("meeting.postpone", [S.CONVENED], S.PLANNED, _("改期，重新通知")),
    *stays("meeting.take_attendance", [S.CONVENED, S.OPEN], _("登记签到")),
    transition("meeting.open", [S.CONVENED], S.OPEN, _("到会人数符合规定，开会")),
    transition("meeting.close", [S.OPEN], S.CLOSED, _("散会，生成纪要草稿")),
    *stays("meeting.write_minutes", [S.CLOSED], _("修改纪要草稿")),
    transition("meeting.approve_minutes", [S.CLOSED], S.APPROVED, _("核定纪要")),
    transition("meeting.publish_minutes", [S.APPROVED], S.PUBLISHED, _("公布纪要")),
    transition("meeting.cancel", [S.PLANNED, S.CONVENED], S.CANCELLED, _("取消，写明原因")),
    *stays(
        "task.assign",
        [S.OPEN, *AFTERWARDS],
        _("记录会上定下的任务"),
        otherwise=_("会议还没有开始。请先“开会”，任务在会上确定以后再记录。"),
    ),
    usual={
        S.PLANNED: ("meeting.convene", "item.add"),
        S.CONVENED: ("meeting.open", "meeting.take_attendance"),
        S.OPEN: "meeting.close",
        S.CLOSED: "meeting.approve_minutes",
        S.APPROVED: "meeting.publish_minutes",
    },
)


class ItemState(models.TextChoices):
    """Where an agenda item stands."""

    LISTED = "listed", _("待议")
    VOTING = "voting", _("表决中")
    DECIDED = "decided", _("已决定")
    NOTED = "noted", _("已通报")
    PUT_OFF = "put_off", _("改期再议")
    WITHDRAWN = "withdrawn", _("已撤下")


L, V = ItemState.LISTED, ItemState.VOTING

ITEM_LIFECYCLE = Lifecycle(
    ItemState,
    L,
    *stays("item.amend", [L], _("修改议题文本")),
    *stays("item.announce_again", [L], _("文本改过，重新通知")),
    *stays("item.move", [L], _("调整次序")),
    *stays("item.take_notes", [L, V], _("记录发言要点")),
    transition("item.remove", [L], ItemState.WITHDRAWN, _("从议程撤下")),
    transition("item.put_to_vote", [L, V], V, _("主持人提请表决；上一次表决无效的，重新表决")),
    transition("item.decide", [V], ItemState.DECIDED, _("宣布表决结果")),
    transition("item.note", [L], ItemState.NOTED, _("听取通报，不表决")),
    transition("item.put_off", [L, V], ItemState.PUT_OFF, _("改期再议，写明原因")),
)
