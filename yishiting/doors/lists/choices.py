"""打分和预算表决: the rounds and votes of a place, the judges of a round, the register of a vote."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search
from yishiting.ground.common.masking import mask_name
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.budgeting.models import BudgetVote, Way
from yishiting.year.budgeting.queries import votes_of
from yishiting.year.budgeting.states import State as VoteState
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.scoring.queries import Progress, Standing, rounds_of, standings
from yishiting.year.scoring.states import State as RoundState

TONES: dict[str, str] = {"open": "open", "closed": "waiting", "published": "done", "void": "refused"}
PROGRESS_TONES: dict[str, str] = {
    Progress.PHONE: "open",
    Progress.KEYED_ONCE: "waiting",
    Progress.DIFFERENT: "late",
    Progress.PAPER: "done",
}
PROGRESS_WORDS = {
    Progress.NOTHING: _("还没有"),
    Progress.PHONE: _("手机打分"),
    Progress.KEYED_ONCE: _("纸质表录了一遍"),
    Progress.DIFFERENT: _("两遍不一致"),
    Progress.PAPER: _("纸质表两遍一致"),
}
STATE = Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state")
TITLE = Column("title", _("名称"), head=True, width=40)
OPENED = Column("opened_on", _("发起"), kind=Kind.DAY, sort="opened_on")
CLOSES = Column("closes", _("截止"), kind=Kind.DAY, sort="closes")

SCORE_ROUNDS = List(
    "desk-score-rounds",
    _("打分登记表"),
    rounds_of,
    (
        TITLE,
        Column("meeting", _("会议"), "meeting.title", width=30),
        Column("scored_count", _("建议案"), kind=Kind.NUMBER, sort="scored_count"),
        OPENED,
        CLOSES,
        STATE,
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("title", "meeting__title")),
        Choice("state", _("状态"), among=RoundState),
        Days("closes", _("截止"), by="closes"),
    ),
    opens="desk-score-round",
    beside=False,
    empty=_("没有这样的打分。审议之前可以发起一次，请代表给建议案打分。"),
)


def _differences(one: Standing) -> str:
    return gettext("；").join(one.differences)


JUDGES = List(
    "score-round-judges",
    _("评委打分进度表"),
    standings,
    (
        Column("judge", _("评委"), "judge.representative.name", head=True, width=12),
        Column(
            "progress", _("进度"), kind=Kind.STATE, words=lambda one: PROGRESS_WORDS[one.progress], tones=PROGRESS_TONES
        ),
        Column("done", _("已计入"), kind=Kind.NUMBER),
        Column("keyed_by", _("录入"), lambda one: gettext("、").join(one.keyed_by), width=16),
        Column("differences", _("两遍不一致的"), _differences, width=40),
    ),
    of=ScoreRound,
    needs=reads_here,
    related=("place", "meeting", "notice"),
    at="desk-score-round",
    people=True,
    page=100,
    empty=_("没有评委。"),
)

BUDGET_VOTES = List(
    "desk-budget-votes",
    _("预算表决登记表"),
    votes_of,
    (
        TITLE,
        Column("budget", _("经费总额"), kind=Kind.MONEY, sort="budget", width=14),
        Column("option_count", _("备选项目"), kind=Kind.NUMBER, sort="option_count"),
        OPENED,
        CLOSES,
        STATE,
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("title",)),
        Choice("state", _("状态"), among=VoteState),
        Days("closes", _("截止"), by="closes"),
    ),
    opens="desk-budget-vote",
    beside=False,
    empty=_("没有这样的预算表决。有了明年拟办的建议案和大概的费用，就可以发起。"),
)


def _register(vote: BudgetVote) -> Any:
    return vote.voters.select_related("representative", "place", "vote")


REGISTER = List(
    "budget-register",
    _("预算表决名册"),
    _register,
    (
        Column("position", _("序号"), kind=Kind.NUMBER),
        Column("name", _("姓名"), head=True, mask=mask_name, width=12),
        Column("unit", _("推选单位或楼院"), width=24),
        Column("way", _("参加方式"), kind=Kind.CHOICE, width=16),
    ),
    of=BudgetVote,
    needs=reads_here,
    related=("place", "notice"),
    filters=(Search("q", _("查找"), within=("name", "unit")), Choice("way", _("参加方式"), among=Way)),
    bulk=("budget_ballot.issue",),
    people=True,
    page=100,
    empty=_("名册里没有这样的人。"),
)
