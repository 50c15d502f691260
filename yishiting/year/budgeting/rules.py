"""What may stand on a ballot, how a bundle is written down and compared, the rule, the file, and the words of a result."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yishiting.ground.common.money import FEN
from yishiting.ground.common.numbers import whole_number
from yishiting.ground.seasons.rules import Book
from yishiting.methods.budgeting import Ballot, Counting, Election, Project, Rule, grouped, losses
from yishiting.methods.errors import Unusable
from yishiting.methods.lot import Lot, Source, draw

Record = dict[str, Any]
BLANK, SPOILT = ("空白", "白票", "没选"), ("废票", "无效")
TIMES = re.compile(r"^(?P<what>.*?)\s*[×xX*＊]\s*(?P<n>\d+)\s*张?$")
NUMBERS = re.compile(r"[\s,，、.;；。]+")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle of paper ballots: how many sheets chose exactly these numbers, and how many are spoilt."""

    ballots: tuple[tuple[tuple[int, ...], int], ...]
    invalid: int = 0

    @property
    def sheets(self) -> int:
        """All sheets of the bundle."""
        return sum(count for _choices, count in self.ballots) + self.invalid

    def as_list(self) -> list[list[Any]]:
        """As it is kept."""
        return [[list(choices), count] for choices, count in self.ballots]

    @classmethod
    def of(cls, ballots: Iterable[tuple[Iterable[int], int]], invalid: int = 0) -> "Bundle":
        """Equal ballots together, in order."""
        counted: Counter[tuple[int, ...]] = Counter()
        for choices, count in ballots:
            counted[tuple(sorted(choices))] += count
        return cls(tuple(sorted(counted.items())), invalid)


def read_bundle(text: str) -> Bundle:
    """One ballot a line: the numbers chosen (1 3 5), 空白 or 废票; ×4 for four sheets alike. `Unusable` names the line."""
    ballots: list[tuple[list[int], int]] = []
    invalid = 0
    for nth, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        what, count = _times(line.strip())
        if what in SPOILT:
            invalid += count
        else:
            ballots.append(([] if what in BLANK else _numbers(what, nth), count))
    return Bundle.of(ballots, invalid)


def _times(line: str) -> tuple[str, int]:
    match = TIMES.match(line)
    return (match["what"].strip(), int(match["n"])) if match else (line, 1)


def _numbers(what: str, nth: int) -> list[int]:
    parts = [whole_number(part) for part in NUMBERS.split(what) if part]
    if not parts or None in parts:
        raise Unusable(
            f"第{nth}行“{what}”看不懂。一行写一张票上的编号，例如：1 3 5；空白票写：空白；废票写：废票。", f"line {nth}"
        )
    return [part for part in parts if part is not None]


def why_not_choices(choices: Sequence[int], known: Iterable[int], most: int) -> str:
    """Empty when this can stand on a ballot, otherwise what is wrong with it."""
    strange = [number for number in choices if number not in set(known)]
    if strange:
        return f"没有编号为{'、'.join(map(str, strange))}的项目。"
    if len(set(choices)) < len(choices):
        return "同一个项目写了两次。"
    return f"选了{len(choices)}项，最多选{most}项。" if len(choices) > most else ""


def why_not_bundle(bundle: Bundle, known: Sequence[int], most: int) -> str:
    """Empty when every ballot of a bundle can stand."""
    if not bundle.sheets:
        return "还没有写选票。"
    if any(count < 1 for _choices, count in bundle.ballots):
        return "张数至少是1。"
    for choices, _count in bundle.ballots:
        if wrong := why_not_choices(choices, known, most):
            return f"“{said(choices)}”：{wrong}选多了或写错的票按废票录。"
    return ""


def bundle_differences(first: Bundle, second: Bundle) -> tuple[str, ...]:
    """Every difference between two keyings of a bundle, by name; empty when they agree."""
    ours, theirs = Counter(dict(first.ballots)), Counter(dict(second.ballots))
    found = [
        f"选{said(choices)}的：第一遍{ours[choices]}张，第二遍{theirs[choices]}张。"
        for choices in sorted(ours.keys() | theirs.keys())
        if ours[choices] != theirs[choices]
    ]
    if first.invalid != second.invalid:
        found.append(f"废票：第一遍{first.invalid}张，第二遍{second.invalid}张。")
    return tuple(found)


def said(choices: Sequence[int]) -> str:
    """The numbers of a ballot in a sentence."""
    return "、".join(map(str, choices)) or "空白"


def read_conflicts(text: str) -> list[list[int]]:
    """Options of which only one may win, one group a line: 1 3. `Unusable` names the line."""
    groups = [_numbers(line, nth) for nth, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if any(len(set(group)) < 2 for group in groups):  # noqa: PLR2004 - a pair
        raise Unusable("互斥的项目一行至少写两个编号，例如：1 3。", "a conflict needs two")
    return groups


def rule_record(book: Book) -> Record:
    """The rulebook's part of a vote, as the vote keeps it."""
    return {
        "name": book.text("budget.rule"),
        "completion": book.text("budget.completion"),
        "satisfaction": book.text("budget.satisfaction"),
        "minimum": book.number("budget.votes_min"),
        "choices_most": book.number("budget.choices_most"),
    }


def rule_of(kept: Mapping[str, Any], conflicts: Iterable[Iterable[int]], lot: Sequence[str] = ()) -> Rule:
    """The rule as the arithmetic wants it. `Unusable` for a rule nobody knows."""
    return Rule(
        name=kept["name"],
        completion=kept["completion"] if kept["name"] == "mes" else "none",
        satisfaction=kept["satisfaction"],
        minimum=Fraction(kept["minimum"]),
        conflicts=tuple(tuple(map(str, group)) for group in conflicts),
        lot=tuple(lot),
    )


def election_of(
    title: str,
    budget: int,
    options: Iterable[tuple[int, str, int]],
    ballots: Iterable[tuple[Iterable[int], int]],
    meta: Mapping[str, str],
) -> Election:
    """The vote in yuan: options as (number, title, cost in fen); ballots in order of what they chose, so that nothing
    of the order in which they came remains.
    """
    projects = tuple(Project(str(number), Fraction(cost, FEN), name) for number, name, cost in options)
    rows = [Ballot(tuple(map(str, sorted(choices))), count=count) for choices, count in ballots]
    inorder = sorted(grouped(rows), key=lambda ballot: [int(choice) for choice in ballot.choices])
    return Election(Fraction(budget, FEN), projects, tuple(inorder), meta={"description": title, **meta})


def counted(election: Election, rule: Rule) -> Record:
    """The whole result: purchases, ties, and for every losing option its reason and verified counterfactual."""
    counting = Counting(election, rule)
    outcome = counting.outcome()
    tally: Counter[str] = Counter()
    for ballot in election.ballots:
        for choice in ballot.choices:
            tally[choice] += ballot.count
    lost = losses(counting, outcome)
    return {
        **outcome.as_dict(),
        "votes": {project.id: tally[project.id] for project in election.projects},
        "losing": [loss.as_dict() for loss in lost],
    }


def undecided(result: Mapping[str, Any]) -> list[list[str]]:
    """Ties that a lot has still to settle: each as the option numbers that stood equal."""
    return [tie["projects"] for tie in result["ties"] if "id" in tie["settled_by"]]


def the_lot(title: str, options: Iterable[tuple[int, str]], source: str, day: str, numbers: Sequence[int] = ()) -> Lot:
    """The lot for ties: every option under its number."""
    names = tuple(f"{number}号 {name}" for number, name in options)
    return Lot(title, names, len(names), (Source(source, day, tuple(numbers)),))


def drawn(lot: Lot) -> tuple[Record, tuple[str, ...]]:
    """The lot drawn with every step, and the option numbers in the order drawn."""
    found = draw(lot)
    return found.as_dict(), tuple(str(step.number) for step in found.steps)


def why_not_afford(costs: Iterable[int], budget: int) -> str:
    """Empty when the money is enough for all of these, otherwise the sentence with both sums."""
    spent = sum(costs)
    if spent <= budget:
        return ""
    return f"这些项目合计{yuan_text(Fraction(spent, FEN))}，超过了可用的{yuan_text(Fraction(budget, FEN))}。"


# ── Words ─────────────────────────────────────────────────────────────────
def yuan_text(amount: Fraction) -> str:
    """Yuan as people write it: 35,000元, 1,234.50元."""
    whole, fen = divmod(round(amount * FEN), FEN)
    return f"{whole:,}.{fen:02d}元" if fen else f"{whole:,}元"


def _amount(pair: Mapping[str, str]) -> str:
    return yuan_text(Fraction(pair["exact"]))


#: Beside the gap at the end of a climb: it is not the gap to a win.
CLIMBED = "便宜这么多还不一定能入选：多列入一项，总费用更早到顶，每张票分到的钱就停在更低处。"


def because(reason: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Why an option lost, in plain Chinese, from a reason of the result."""
    needed, available = reason["needed"], reason["available"]
    lacking = yuan_text(Fraction(needed["exact"]) - Fraction(available["exact"]))
    when = f"第{reason['round']}项“{names[reason['after']]}”入选后，" if reason["after"] else "一开始，"
    by = names.get(reason["by"] or "", "")
    climbed = CLIMBED if reason.get("climbed") else ""
    return {
        "over_budget": f"费用{_amount(needed)}，超过了经费总额{_amount(available)}。",
        "below_minimum": f"得{Fraction(available['exact'])}票，不到最低要求的{Fraction(needed['exact'])}票。",
        "no_votes": "没有人选它。",
        "conflict": f"与已经入选的“{by}”只能办一个。",
        "does_not_fit": f"{when}钱还剩{_amount(available)}，不够它的费用{_amount(needed)}，差{lacking}。",
        "after_stop": f"{when}排在前面的“{by}”钱不够，按规则到此为止，没有轮到它。",
        "supporters_short": f"{when}支持它的人手里合计还剩{_amount(available)}，不够它的费用{_amount(needed)}，差{lacking}。{climbed}",
        "not_due": f"轮到“{by}”时钱不够了，按规则到此为止，那时支持它的人还没有攒够费用。",
    }[str(reason["clause"])]


def would_have_won(counterfactual: Mapping[str, Any]) -> str:
    """What would have made it win; both numbers were counted again, one less would not have done."""
    more, cost = counterfactual["more_votes"], counterfactual["cost_at_most"]
    parts = [f"再多{more}票"] if more is not None else []
    parts += [f"费用降到{yuan_text(Fraction(str(cost)))}"] if cost is not None else []
    if not parts:
        return "多少票、多少钱都不能使它入选。"
    return f"如果{'，或者'.join(parts)}，就能入选（已重新计票核实）。"
