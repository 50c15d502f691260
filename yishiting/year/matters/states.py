"""The lifecycles of a district matter, of an opinion asked for, and of a dispatch."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a matter of the district stands, from the work committee's first screening to the answer."""

    RECEIVED = "received", _("待初审")
    PREPARED = "prepared", _("初审通过，拟办中")
    PROPOSED = "proposed", _("拟办建议待审核")
    REVIEWED = "reviewed", _("待领导小组审定")
    APPROVED = "approved", _("已审定，待民主协商")
    AGREED = "agreed", _("议定，待区长办公会")
    PENDING = "pending", _("待定，待专题协商")
    ENDORSED = "endorsed", _("待区委常委会")
    DECIDED = "decided", _("已决策，待公示")
    PUBLICISED = "publicised", _("公示中")
    DISPATCHED = "dispatched", _("已分派，待会签和方案")
    UNDERWAY = "underway", _("办理中")
    ANSWERED = "answered", _("已答复，等提出人评价")
    PLANNED = "planned", _("列入计划，等条件具备")
    CLOSED = "closed", _("已办结")
    DECLINED = "declined", _("不予办理，已说明理由")
    SENT_BACK = "sent_back", _("退回街乡")


S = State

#: The bodies have not decided yet.
BEFORE_DECISION = (S.RECEIVED, S.PREPARED, S.PROPOSED, S.REVIEWED, S.APPROVED, S.AGREED, S.PENDING, S.ENDORSED)
#: The work committee has it.
AT_COMMITTEE = (S.RECEIVED, S.PREPARED)
#: It has come to an end, or is answered and waits for its day.
OVER = (S.CLOSED, S.DECLINED, S.SENT_BACK)
#: Everybody may read it: a body has decided, or said why not.
PUBLIC = (
    S.DECIDED, S.PUBLICISED, S.DISPATCHED, S.UNDERWAY, S.ANSWERED, S.PLANNED, S.CLOSED, S.DECLINED,
)  # fmt: skip
LIVE = tuple(one for one in State if one not in OVER)

LIFECYCLE = Lifecycle(
    State,
    S.RECEIVED,
    transition("matter.screen", [S.RECEIVED, S.PREPARED], S.PREPARED, _("区委工委初审：归类，标明疑难和是否涉法")),
    transition("matter.send_back", AT_COMMITTEE, S.SENT_BACK, _("不属于区级事项，退回街乡")),
    *stays("matter.join", AT_COMMITTEE, _("并入另一街乡报送的同一件事")),
    *stays("matter.unjoin", BEFORE_DECISION, _("并错了，取消并入，单独办理")),
    *stays("opinion.ask", [S.PREPARED], _("请部门出具可行性论证意见")),
    transition("matter.propose", [S.PREPARED], S.PROPOSED, _("提出拟办建议：承办单位、责任人、工作方案")),
    transition("matter.pass_on", [S.PROPOSED], S.REVIEWED, _("领导小组办公室审核通过，报领导小组")),
    transition("matter.return", [S.PROPOSED], S.PREPARED, _("领导小组办公室退回区委工委")),
    transition("matter.approve", [S.REVIEWED], S.APPROVED, _("领导小组审定")),
    transition("matter.approve", [S.REVIEWED], S.PREPARED, _("领导小组退回重新拟办")),
    transition("matter.approve", [S.REVIEWED], S.DECLINED, _("领导小组决定不予办理，说明理由")),
    *stays("matter.table", [S.APPROVED], _("列入区级民主协商会")),
    transition("matter.consult", [S.APPROVED], S.AGREED, _("协商一致，议定")),
    transition("matter.consult", [S.APPROVED], S.PENDING, _("分歧较大或要突破体制机制，待定")),
    *stays("special.call", [S.PENDING], _("召开专题协商会")),
    transition("special.record", [S.PENDING], S.AGREED, _("专题协商一致，议定"), along=True),
    transition("special.record", [S.PENDING], S.DECLINED, _("专题协商后办不了，说明理由"), along=True),
    transition("special.record", [S.PENDING], S.PENDING, _("专题协商后仍然待定"), along=True),
    transition("matter.decline", [S.PENDING, S.DECIDED, S.PLANNED], S.DECLINED, _("办不了，如实说明情况")),
    transition("matter.endorse", [S.AGREED], S.ENDORSED, _("区长办公会同意，报区委常委会")),
    transition("matter.endorse", [S.AGREED], S.PENDING, _("区长办公会要求进一步协商")),
    transition("matter.endorse", [S.AGREED], S.DECLINED, _("区长办公会不同意，说明理由")),
    transition("matter.decide", [S.ENDORSED], S.DECIDED, _("区委常委会决策，形成区级办理事项")),
    transition("matter.decide", [S.ENDORSED], S.PENDING, _("区委常委会要求进一步协商")),
    transition("matter.decide", [S.ENDORSED], S.DECLINED, _("区委常委会不同意，说明理由")),
    transition("matter.publicise", [S.DECIDED], S.PUBLICISED, _("向全区公示")),
    transition("matter.reopen", [S.PUBLICISED], S.PENDING, _("公示有重大分歧，再专题协商")),
    transition("matter.dispatch", [S.PUBLICISED], S.DISPATCHED, _("公示无重大分歧，分派主办和协办单位")),
    transition("matter.plan", [S.DISPATCHED, S.UNDERWAY], S.UNDERWAY, _("主办单位制定实施方案")),
    *stays("matter.note_progress", [S.UNDERWAY], _("记录办理进展")),
    *stays(
        "matter.note_contact",
        [S.DISPATCHED, S.UNDERWAY, S.ANSWERED, S.PLANNED],
        _("记录与提出人、代表和有关单位的沟通"),
    ),
    *stays(
        "matter.coordinate", [*BEFORE_DECISION[1:], S.DISPATCHED, S.UNDERWAY, S.PLANNED], _("专题调度，或协调市级部门")
    ),
    *stays("matter.remind", [*BEFORE_DECISION, S.DISPATCHED, S.UNDERWAY, S.PLANNED], _("督办")),
    transition("matter.answer", [S.UNDERWAY], S.ANSWERED, _("统一答复：解决、列入计划或说明不可行")),
    transition("matter.rate", [S.ANSWERED], S.ANSWERED, _("提出人评价：满意或基本满意")),
    transition("matter.rate", [S.ANSWERED], S.UNDERWAY, _("提出人不满意，重新办理")),
    transition("matter.note_rating", [S.ANSWERED], S.ANSWERED, _("代录评价：满意或基本满意")),
    transition("matter.note_rating", [S.ANSWERED], S.UNDERWAY, _("代录评价：不满意，重新办理")),
    transition("matter.close", [S.ANSWERED], S.CLOSED, _("评价期满，办结")),
    transition("matter.close", [S.ANSWERED], S.PLANNED, _("评价期满，列入计划等条件")),
    transition("matter.take_up", [S.PLANNED], S.UNDERWAY, _("条件具备或到期，再办")),
    usual={
        S.RECEIVED: "matter.screen",
        S.PREPARED: ("matter.propose", "opinion.ask"),
        S.PROPOSED: "matter.pass_on",
        S.REVIEWED: "matter.approve",
        S.APPROVED: ("matter.consult", "matter.table"),
        S.AGREED: "matter.endorse",
        S.PENDING: "special.call",
        S.ENDORSED: "matter.decide",
        S.DECIDED: "matter.publicise",
        S.PUBLICISED: ("matter.dispatch", "matter.reopen"),
        S.DISPATCHED: "matter.plan",
        S.UNDERWAY: ("matter.answer", "matter.note_contact"),
        S.ANSWERED: "matter.close",
        S.PLANNED: "matter.take_up",
    },
)


class OpinionState(models.TextChoices):
    """Whether a department has spoken."""

    ASKED = "asked", _("等部门意见")
    GIVEN = "given", _("已出具意见")
    LAPSED = "lapsed", _("到期没有出具意见")
    WITHDRAWN = "withdrawn", _("不再征求")


OPINION_LIFECYCLE = Lifecycle(
    OpinionState,
    OpinionState.ASKED,
    transition("opinion.give", [OpinionState.ASKED, OpinionState.LAPSED], OpinionState.GIVEN, _("出具意见")),
    transition("opinion.lapse", [OpinionState.ASKED], OpinionState.LAPSED, _("期限已过，记明没有出具")),
    transition("opinion.withdraw", [OpinionState.ASKED], OpinionState.WITHDRAWN, _("问错了单位，撤回")),
    usual={OpinionState.ASKED: "opinion.give"},
)


class DispatchState(models.TextChoices):
    """What a unit says to what was dispatched to it."""

    SENT = "sent", _("待会签")
    COUNTERSIGNED = "countersigned", _("已会签")
    RETURNED = "returned", _("退回，等裁定")
    REPLACED = "replaced", _("改派其他单位")


DISPATCH_LIFECYCLE = Lifecycle(
    DispatchState,
    DispatchState.SENT,
    transition("dispatch.countersign", [DispatchState.SENT], DispatchState.COUNTERSIGNED, _("会签，承办")),
    transition("dispatch.return", [DispatchState.SENT], DispatchState.RETURNED, _("退回，写明理由")),
    transition("dispatch.rule", [DispatchState.RETURNED], DispatchState.SENT, _("裁定仍由这个单位承办")),
    transition("dispatch.rule", [DispatchState.RETURNED], DispatchState.REPLACED, _("裁定改派")),
    transition(
        "dispatch.reassign",
        [DispatchState.SENT, DispatchState.COUNTERSIGNED],
        DispatchState.REPLACED,
        _("单位撤并、职责调整或久不会签，改派"),
    ),
    usual={DispatchState.SENT: "dispatch.countersign", DispatchState.RETURNED: "dispatch.rule"},
)
