"""The result as a table for the notice board and for offices: figures rounded for the eye, exact ones stay in the result."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from yishiting.methods.exact import decimal
from yishiting.year.scoring.models import ScoreRound

NOTHING = "—"


def shown(figure: Mapping[str, str] | None) -> str:
    """A figure to two decimals without trailing zeros, or a dash."""
    if figure is None:
        return NOTHING
    whole, _dot, rest = decimal(Fraction(figure["exact"])).partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def standing(row: Mapping[str, Any]) -> str:
    """Whether a proposal is above the line, in a word."""
    if row["place"] is None:
        return str(_("评分表不足"))
    return {None: "", True: str(_("入围")), False: ""}[row["funded"]]


def result_table(score_round: ScoreRound) -> dict[str, Any]:
    """Columns and rows of the published table."""
    columns = [
        _("名次"),
        _("建议案"),
        _("得分"),
        _("有效评分表"),
        _("回避"),
        _("最低"),
        _("中位数"),
        _("最高"),
        _("结果"),
    ]
    return {"columns": [str(one) for one in columns], "rows": [_row(row) for row in score_round.result["rows"]]}


def _row(row: Mapping[str, Any]) -> list[str]:
    figures = [shown(row[key]) for key in ("lowest", "median", "highest")]
    place = NOTHING if row["place"] is None else str(row["place"])
    counts = [str(row["sheets"]), str(row["recused"])]
    return [place, row["project"], shown(row["figure"]), *counts, *figures, standing(row)]
