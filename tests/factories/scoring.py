"""Score rounds at every stage."""

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.factories.projects import seated_council
from tests.factories.proposals import drafted
from tests.put_back import kept
from yishiting.ground.accounts.models import Person
from yishiting.year.councils.models import Representative
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring.actions import enter_sheet, open_round
from yishiting.year.scoring.models import Judge, Origin, ScoreRound
from yishiting.year.scoring.queries import judges_in, scored_in
from yishiting.year.scoring.rules import Line

CLOSES, LOT_DAY = date(2026, 3, 10), date(2026, 3, 12)
LOT = {"lot_source": "福利彩票3D当期号码", "lot_day": LOT_DAY}


@kept
def proposals(cast: Cast, count: int = 3, **changes: Any) -> list[Proposal]:
    return [drafted(cast, title=f"第{n}件事", **changes) for n in range(1, count + 1)]


@kept
def opened(cast: Cast, count: int = 3, **changes: Any) -> ScoreRound:
    """A round of so many proposals before five judges; 李明 and 陆阿姨 have accounts."""
    if not Representative.objects.filter(place=cast.zaobei).exists():
        seated_council(cast)
    given: dict[str, Any] = {"title": "三月审议前打分", "proposals": proposals(cast, count), "closes": CLOSES}
    return open_round(cast.zaobei, by=cast.liu, **{**given, **changes})


def judge_of(score_round: ScoreRound, name: str) -> Judge:
    return next(one for one in judges_in(score_round) if one.representative.name == name)


def lines(score_round: ScoreRound, *marks: float | None) -> dict[str, Line]:
    """The same mark for every criterion of a proposal, one for each proposal in order; None leaves the line blank."""
    found = {}
    for one, mark in zip(scored_in(score_round), marks, strict=True):
        text = None if mark is None else str(mark)
        found[str(one.pk)] = Line((text,) * len(score_round.rule["criteria"]))
    return found


@kept
def on_paper(cast: Cast, judge: Judge, *marks: float | None, by: tuple[Person, ...] = ()) -> None:
    """Keyed by two people apart."""
    for someone in by or (cast.wang, cast.liu):
        enter_sheet(judge, by=someone, lines=lines(judge.round, *marks), origin=Origin.PAPER)


@kept
def all_in(cast: Cast, score_round: ScoreRound, *marks: float) -> ScoreRound:
    """Every judge gives each proposal the same marks."""
    for judge in judges_in(score_round):
        on_paper(cast, judge, *marks)
    return score_round
