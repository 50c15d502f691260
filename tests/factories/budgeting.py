"""Budget votes at every stage."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.cast import Cast
from tests.factories.projects import seated_council
from tests.factories.proposals import drafted
from tests.put_back import kept
from yishiting.year.budgeting.actions import Offered, enter_paper, issue_ballot, open_vote
from yishiting.year.budgeting.models import BudgetOption, BudgetVote, Voter, Way
from yishiting.year.budgeting.queries import register_of
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.councils.models import Representative

CLOSES, LOT_DAY = date(2026, 3, 20), date(2026, 3, 23)
COSTS = (4_000_000, 3_500_000, 5_000_000)
ROLL = [(f"居民{n:02d}", f"{n}号楼") for n in range(1, 21)]


@kept
def offered(cast: Cast, costs: Sequence[int] = COSTS) -> list[Offered]:
    return [Offered(drafted(cast, title=f"第{n}件事", for_year=2027), cost) for n, cost in enumerate(costs, start=1)]


@kept
def opened(cast: Cast, costs: Sequence[int] = COSTS, **changes: Any) -> BudgetVote:
    """100,000 yuan for three proposals of 40,000, 35,000 and 50,000; five representatives and twenty residents."""
    if not Representative.objects.filter(place=cast.zaobei).exists():
        seated_council(cast)
    given: dict[str, Any] = {
        "title": "2027年实事项目预算表决",
        "year": 2027,
        "budget": 10_000_000,
        "offered": offered(cast, costs),
        "closes": CLOSES,
        "lot_source": "福利彩票3D当期号码",
        "lot_day": LOT_DAY,
        "roll": ROLL,
    }
    return open_vote(cast.zaobei, by=cast.liu, **{**given, **changes})


def voter(vote: BudgetVote, name: str) -> Voter:
    return next(one for one in register_of(vote) if one.name == name)


def chosen(vote: BudgetVote, *numbers: int) -> list[BudgetOption]:
    """The options with these numbers."""
    return list(vote.options.filter(number__in=numbers))


def keys(vote: BudgetVote, *numbers: int) -> list[str]:
    return [str(one.pk) for one in chosen(vote, *numbers)]


@kept
def on_paper(cast: Cast, vote: BudgetVote, *ballots: tuple[Sequence[int], int], invalid: int = 0) -> BudgetVote:
    """So many papers issued and keyed by two people as the first bundle."""
    bundle = Bundle.of(ballots, invalid)
    free = [one for one in register_of(vote) if one.way == Way.NOT_YET and one.representative is None]
    for one in free[: bundle.sheets]:
        issue_ballot(one, by=cast.liu)
    for someone in (cast.wang, cast.liu):
        enter_paper(vote, by=someone, number=1, bundle=bundle)
    return vote
