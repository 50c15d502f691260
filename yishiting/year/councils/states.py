"""The lifecycles of a term, a candidate and a by-election, and how a round of voting begins and ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a term stands."""

    PLANNING = "planning", _("制定席位方案")
    ENTERED = "entered", _("已登记，等待上级确认")
    NOMINATING = "nominating", _("提名推荐")
    PUBLICISING = "publicising", _("候选人公示")
    ELECTING = "electing", _("选举")
    SEATED = "seated", _("履职")
    ENDED = "ended", _("届满")


#: What only the desk and the offices above read: a plan not adopted, an entry not confirmed.
NOT_PUBLIC = (State.PLANNING, State.ENTERED)

LIFECYCLE = Lifecycle(
    State,
    State.PLANNING,
    *stays(
        "term.plan_seats",
        [State.PLANNING],
        _("制定席位方案"),
        otherwise=_("席位方案已经通过，不能再改。还没有人报名的，可以先“退回修改席位方案”。"),
    ),
    *stays(
        "term.drop",
        [State.PLANNING],
        _("筹备错了，撤销"),
        otherwise=_("席位方案已经通过，不能撤销筹备。还没有人报名的，可以先“退回修改席位方案”，再“撤销筹备”。"),
    ),
    transition("term.fix_seats", [State.PLANNING], State.NOMINATING, _("席位方案通过，开始提名")),
    transition("term.publicise_candidates", [State.NOMINATING], State.PUBLICISING, _("候选人名单公示")),
    transition("term.revise_seats", [State.NOMINATING], State.PLANNING, _("还没有人报名，修改席位方案")),
    transition("term.start_election", [State.PUBLICISING], State.ELECTING, _("公示期满，开始选举")),
    *stays(
        "assembly.convene",
        [State.PUBLICISING, State.ELECTING],
        _("召集居民代表会议"),
        otherwise=_("候选人公示以后，才能召集居民代表会议。请先“公示候选人”。"),
    ),
    transition("term.seat", [State.ELECTING], State.SEATED, _("公布结果，代表就任")),
    transition("term.confirm", [State.PUBLICISING], State.SEATED, _("公示期满，确定代表就任")),
    transition(
        "term.reopen_nominations",
        [State.PUBLICISING, State.ELECTING],
        State.NOMINATING,
        _("人选不足或异议成立，重新提名"),
    ),
    *stays("term.announce", [State.SEATED], _("公告换届")),
    transition("term.end", [State.SEATED], State.ENDED, _("届满")),
    transition("term.enter", [State.PLANNING], State.ENTERED, _("登记在任的一届"), along=True),
    *stays("term.amend_entry", [State.ENTERED], _("修改登记")),
    *stays("term.return_entry", [State.ENTERED], _("上级退回，写明原因")),
    transition("term.confirm_entry", [State.ENTERED], State.SEATED, _("上级确认，代表履职")),
    usual={
        State.ENTERED: "term.confirm_entry",
        State.PLANNING: ("term.fix_seats", "term.plan_seats"),
        State.NOMINATING: "term.publicise_candidates",
        State.PUBLICISING: ("term.start_election", "term.confirm"),
        State.ELECTING: "term.seat",
    },
)


class CandidateState(models.TextChoices):
    """Where a candidate stands."""

    NOMINATED = "nominated", _("已提名")
    QUALIFIED = "qualified", _("资格通过")
    DISQUALIFIED = "disqualified", _("资格不符")
    WITHDRAWN = "withdrawn", _("本人退出")
    ELECTED = "elected", _("当选")
    NOT_ELECTED = "not_elected", _("未当选")


C = CandidateState

CANDIDATE_LIFECYCLE = Lifecycle(
    CandidateState,
    C.NOMINATED,
    transition("candidate.qualify", [C.NOMINATED], C.QUALIFIED, _("资格审查通过")),
    transition(
        "candidate.disqualify", [C.NOMINATED, C.QUALIFIED, C.ELECTED], C.DISQUALIFIED, _("资格审查不通过，写明理由")
    ),
    transition("candidate.correct", [C.NOMINATED, C.QUALIFIED], C.NOMINATED, _("更正登记，再审查资格")),
    *stays(
        "candidate.note_identities",
        [C.QUALIFIED, C.ELECTED],
        _("核实身份"),
        otherwise=_("资格审查通过以后再核实身份；还没有审查的，请“更正候选人登记”。"),
    ),
    *stays("candidate.consent", C, _("登记或收回公示意愿")),
    transition("candidate.withdraw", [C.NOMINATED, C.QUALIFIED, C.ELECTED], C.WITHDRAWN, _("本人退出")),
    transition("candidate.reinstate", [C.DISQUALIFIED, C.WITHDRAWN], C.NOMINATED, _("重新登记，再审查资格")),
    transition("election.declare", [C.QUALIFIED], C.ELECTED, _("当选")),
    transition("term.confirm_entry", [C.NOMINATED], C.ELECTED, _("随在任一届登记"), along=True),
    transition("term.confirm", [C.QUALIFIED], C.ELECTED, _("公示后确定"), along=True),
    transition("term.seat", [C.QUALIFIED], C.ELECTED, _("推派，公示后确定"), along=True),
    transition("by_election.confirm", [C.QUALIFIED], C.ELECTED, _("公示后确定"), along=True),
    transition("election.declare", [C.QUALIFIED], C.NOT_ELECTED, _("未当选")),
    usual={C.NOMINATED: "candidate.qualify"},
)


class ByElectionState(models.TextChoices):
    """Where a by-election stands."""

    NOMINATING = "nominating", _("提名推荐")
    PUBLICISING = "publicising", _("候选人公示")
    ELECTING = "electing", _("选举")
    SEATED = "seated", _("补选结束")
    GIVEN_UP = "given_up", _("不再补选")


B = ByElectionState

BY_ELECTION_LIFECYCLE = Lifecycle(
    ByElectionState,
    B.NOMINATING,
    transition("by_election.publicise", [B.NOMINATING], B.PUBLICISING, _("候选人名单公示")),
    transition("by_election.start", [B.PUBLICISING], B.ELECTING, _("公示期满，开始补选")),
    *stays(
        "by_election.convene_assembly",
        [B.PUBLICISING, B.ELECTING],
        _("召集居民代表会议"),
        otherwise=_("候选人公示以后，才能召集居民代表会议。请先“公示补选候选人”。"),
    ),
    transition("by_election.seat", [B.ELECTING], B.SEATED, _("公布结果，补选代表就任")),
    transition("by_election.confirm", [B.PUBLICISING], B.SEATED, _("公示期满，确定代表就任")),
    transition("by_election.reopen", [B.PUBLICISING, B.ELECTING], B.NOMINATING, _("人选不足或异议成立，重新提名")),
    transition(
        "by_election.give_up",
        [B.NOMINATING, B.PUBLICISING, B.ELECTING],
        B.GIVEN_UP,
        _("不再补选，写明原因"),
    ),
    usual={
        B.NOMINATING: "by_election.publicise",
        B.PUBLICISING: ("by_election.start", "by_election.confirm"),
        B.ELECTING: "by_election.seat",
    },
)


class Gender(models.TextChoices):
    """As it is written on a nomination form."""

    FEMALE = "女", _("女")
    MALE = "男", _("男")


class RoundKind(models.TextChoices):
    """Why a round of voting is held."""

    FIRST = "first", _("首次投票")
    RUNOFF = "runoff", _("票数相等再次投票")
    SUPPLEMENTARY = "supplementary", _("另行选举")
    BY_ELECTION = "by_election", _("补选")


class Outcome(models.TextChoices):
    """How a declared round ended."""

    COMPLETE = "complete", _("名额选满")
    RUNOFF = "runoff", _("票数相等，再次投票")
    SUPPLEMENTARY = "supplementary", _("名额不足，另行选举")
    VACANT = "vacant", _("名额空缺")
    VOID_RETURNED = "void_returned", _("收回多于发出，整次无效")
    VOID_TURNOUT = "void_turnout", _("参加人数不够，选举无效")
    VOIDED = "voided", _("投票作废，重新投票")
    CALLED_OFF = "called_off", _("未投票，已取消")
