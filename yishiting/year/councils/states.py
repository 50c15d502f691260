"""The lifecycles of a council's term and of a candidate."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, transition


class State(models.TextChoices):
    """Where a term stands."""

    PLANNING = "planning", _("制定席位方案")
    NOMINATING = "nominating", _("提名推荐")
    PUBLICISING = "publicising", _("候选人公示")
    ELECTING = "electing", _("选举")
    SEATED = "seated", _("履职")
    ENDED = "ended", _("届满")


LIFECYCLE = Lifecycle(
    State,
    State.PLANNING,
    transition("term.fix_seats", [State.PLANNING], State.NOMINATING, _("席位方案通过，开始提名")),
    transition("term.publicise_candidates", [State.NOMINATING], State.PUBLICISING, _("候选人名单公示")),
    transition(
        "term.reopen_nominations",
        [State.PUBLICISING, State.ELECTING],
        State.NOMINATING,
        _("人选不足或异议成立，重新提名"),
    ),
    transition("term.start_election", [State.PUBLICISING], State.ELECTING, _("公示期满，开始选举")),
    transition("term.seat", [State.ELECTING], State.SEATED, _("公布结果，代表就任")),
    transition("term.end", [State.SEATED], State.ENDED, _("届满")),
)


class CandidateState(models.TextChoices):
    """Where a candidate stands."""

    NOMINATED = "nominated", _("已提名")
    QUALIFIED = "qualified", _("资格通过")
    DISQUALIFIED = "disqualified", _("资格不符")
    WITHDRAWN = "withdrawn", _("本人退出")
    ELECTED = "elected", _("当选")
    NOT_ELECTED = "not_elected", _("未当选")


CANDIDATE_LIFECYCLE = Lifecycle(
    CandidateState,
    CandidateState.NOMINATED,
    transition("candidate.qualify", [CandidateState.NOMINATED], CandidateState.QUALIFIED, _("资格审查通过")),
    transition(
        "candidate.disqualify",
        [CandidateState.NOMINATED, CandidateState.QUALIFIED],
        CandidateState.DISQUALIFIED,
        _("资格审查不通过，写明理由"),
    ),
    transition(
        "candidate.withdraw",
        [CandidateState.NOMINATED, CandidateState.QUALIFIED],
        CandidateState.WITHDRAWN,
        _("本人退出"),
    ),
    transition("election.declare", [CandidateState.QUALIFIED], CandidateState.ELECTED, _("当选")),
    transition("election.declare", [CandidateState.QUALIFIED], CandidateState.NOT_ELECTED, _("未当选")),
)


class ByElectionState(models.TextChoices):
    """Where a by-election stands."""

    NOMINATING = "nominating", _("提名推荐")
    PUBLICISING = "publicising", _("候选人公示")
    ELECTING = "electing", _("选举")
    SEATED = "seated", _("补选结束")
    GIVEN_UP = "given_up", _("不再补选")


BY_ELECTION_LIFECYCLE = Lifecycle(
    ByElectionState,
    ByElectionState.NOMINATING,
    transition("by_election.publicise", [ByElectionState.NOMINATING], ByElectionState.PUBLICISING, _("候选人名单公示")),
    transition(
        "by_election.reopen",
        [ByElectionState.PUBLICISING, ByElectionState.ELECTING],
        ByElectionState.NOMINATING,
        _("人选不足或异议成立，重新提名"),
    ),
    transition("by_election.start", [ByElectionState.PUBLICISING], ByElectionState.ELECTING, _("公示期满，开始补选")),
    transition("by_election.seat", [ByElectionState.ELECTING], ByElectionState.SEATED, _("公布结果，补选代表就任")),
    transition(
        "by_election.give_up",
        [ByElectionState.NOMINATING, ByElectionState.PUBLICISING, ByElectionState.ELECTING],
        ByElectionState.GIVEN_UP,
        _("不再补选，写明原因"),
    ),
)
