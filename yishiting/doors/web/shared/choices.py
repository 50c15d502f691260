"""打分 and 预算表决 as their pages show them: facts at the head, lines of the result."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date, money
from yishiting.ground.seasons.labels import rules_called
from yishiting.methods.exact import decimal
from yishiting.year.budgeting.models import BudgetVote
from yishiting.year.budgeting.published import rule_words
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.scoring.published import shown, standing
from yishiting.year.scoring.rules import full_total


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One proposal of a result: the figure with what stands behind it; public where its proposal is."""

    place: str
    label: str
    proposal_id: Any
    figure: str
    sheets: int
    recused: int
    lowest: str
    median: str
    highest: str
    adjusted: str
    word: str


def score_facts(score_round: ScoreRound, judges: int) -> list[Fact]:
    """The lines at the head of a round."""
    weights = "、".join(_("%(name)s×%(weight)s（满分%(full)s）") % one for one in score_round.rule["criteria"])
    found = [
        Fact(_("状态"), score_round.get_state_display()),
        Fact(
            _("时间"),
            _("%(a)s开始，%(b)s截止") % {"a": cn_date(score_round.opened_on), "b": cn_date(score_round.closes)},
        ),
        Fact(_("评委"), _("在任议事代表%(n)s人") % {"n": judges}),
        Fact(
            _("评分标准"),
            _("%(weights)s，合计最高%(full)s分")
            % {"weights": weights, "full": decimal(full_total(score_round.rule), 0)},
        ),
        Fact(_("得分的算法"), method_words(score_round)),
        Fact(_("规则版本"), rules_called(score_round.rules_label)),
    ]
    if score_round.meeting is not None:
        found.insert(2, Fact(_("会议"), score_round.meeting.title))
    if score_round.rule["funded"]:
        found.insert(-1, Fact(_("入围"), _("前%(n)s名；并列的按%(day)s公布的%(source)s抽签") % {
            "n": score_round.rule["funded"], "day": cn_date(score_round.lot_day), "source": score_round.lot_source,
        }))  # fmt: skip
    return found


def method_words(score_round: ScoreRound) -> str:
    """The method in a sentence, with its numbers."""
    words = score_round.method_name
    if score_round.rule["method"] == "trimmed":
        words = _("%(method)s（有效评分表不到%(n)s份的取平均）") % {"method": words, "n": score_round.rule["drop_from"]}
    return _("%(words)s；少于%(n)s份不排名次") % {"words": words, "n": score_round.rule["fewest"]}


def score_lines(score_round: ScoreRound) -> list[ScoreLine]:
    """The result line by line, best first; empty before the closing."""
    if not score_round.result:
        return []
    ids = dict(score_round.scored.values_list("label", "proposal_id"))
    return [
        ScoreLine(
            place="—" if row["place"] is None else str(row["place"]),
            label=row["project"],
            proposal_id=ids.get(row["project"]),
            figure=shown(row["figure"]),
            sheets=row["sheets"],
            recused=row["recused"],
            lowest=shown(row["lowest"]),
            median=shown(row["median"]),
            highest=shown(row["highest"]),
            adjusted=shown(row["adjusted"]),
            word=standing(row),
        )
        for row in score_round.result["rows"]
    ]


def budget_facts(vote: BudgetVote, counts: dict[str, int]) -> list[Fact]:
    """The lines at the head of a budget vote."""
    took_part = _("名册%(all)s人，手机投票%(phone)s人，领取纸质选票%(paper)s人") % counts
    found = [
        Fact(_("状态"), vote.get_state_display()),
        Fact(_("经费总额"), money(vote.budget)),
        Fact(_("时间"), _("%(a)s开始，%(b)s截止") % {"a": cn_date(vote.opened_on), "b": cn_date(vote.closes)}),
        Fact(_("参加"), took_part),
        Fact(_("选择规则"), _("每人最多选%(n)s项") % {"n": vote.rule["choices_most"]}),
        Fact(_("计算方法"), rule_words(vote)),
        Fact(_("并列时"), _("先看费用少的，再看得票多的；仍并列的，按%(day)s公布的%(source)s抽签") % {
            "day": cn_date(vote.lot_day), "source": vote.lot_source,
        }),
        Fact(_("规则版本"), rules_called(vote.rules_label)),
    ]  # fmt: skip
    if vote.conflicts:
        words = "；".join("、".join(map(str, group)) for group in vote.conflicts)
        found.insert(-1, Fact(_("只能办一个的"), _("编号%(words)s") % {"words": words}))
    return found
