"""What a seat plan must keep to, who may stand, when an election is contested, when a term ends."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from yishiting.ground.common.days import chinese
from yishiting.ground.common.names import clean_name, name_key, unit_key
from yishiting.ground.seasons.rules import KINDS, Book
from yishiting.methods.errors import Unusable
from yishiting.methods.seat_rules import Constituency, GroupRule, Method, SeatRule
from yishiting.methods.seats import allot, broken_rules

BY_HAND = "by_hand"
#: The group of constituencies that are places below.
FROM_BELOW = "from_below"
#: Written in place of a name where nobody holds the seat.
VACANT = "空缺"
YOUNGEST_BORN = 1900
LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of the seat plan as it is written; `seats` is filled where they are set by hand."""

    name: str
    sector: str
    weight: int = 0
    seats: int | None = None
    #: The code of the place below that sends these representatives.
    sends: str = ""
    #: The key of the unit whose seats these are.
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A finished plan: seats in the order of the lines, and how they came about."""

    seats: tuple[int, ...]
    record: Mapping[str, Any]

    @property
    def total(self) -> int:
        """All seats."""
        return sum(self.seats)


def seat_rule(book: Book, sectors: Mapping[str, str], method: str) -> SeatRule:
    """The rulebook's demands on the seat plan of a place; `sectors` names each sector in Chinese."""
    source, share = book.sentence("council.required_sectors"), book.share("council.communities_over")
    below = GroupRule(
        FROM_BELOW, f"社区（村）代表超过总席位的{share}（{book.sentence('council.communities_over')}）", over=share
    )
    required = [str(sector) for sector in book.listed("council.required_sectors")]
    return SeatRule(
        method=Method(method),
        fewest=book.number("council.seats_min"),
        most=book.number("council.seats_max"),
        least_each=book.number("council.seats_per_constituency_min"),
        groups=tuple(
            GroupRule(sector, f"{sectors.get(sector, sector)}方面至少1席（{source}）", at_least=1)
            for sector in required
        )
        + ((below,) if share else ()),
    )


def plan_seats(lines: Sequence[Planned], total: int | None, rule: SeatRule, level: str = "community") -> Plan:
    """Seats by the named method for lines left open, as written for the others.

    Raises `Unusable` with the sentences of the rules that are broken or clash, and where a tie needs a lot.
    """
    _check_lines(lines)
    given = [line.seats for line in lines]
    if all(seats is not None for seats in given):
        return _by_hand(lines, [seats or 0 for seats in given], total, rule, level)
    if total is None:
        raise Unusable("请填写总席位数，由系统计算各单位席位；或者把每个单位的席位都填上。", "No total given.")
    try:
        found = allot(total, [_constituency(line) for line in lines], rule)
    except Unusable as clash:
        raise Unusable(f"{clash.chinese}{_basis(clash.chinese, level)}", clash.english) from None
    if found.open:
        tie = found.ties[0]
        raise Unusable(
            f"{'、'.join(tie.names)}条件相同，只余{tie.seats}席。请当众抽签，把抽中的单位的席位直接填上，再计算一次。",
            "A tie needs a lot.",
        )
    return Plan(tuple(share.seats for share in found.shares), {"method": str(rule.method), **found.as_dict()})


def _by_hand(lines: Sequence[Planned], seats: list[int], total: int | None, rule: SeatRule, level: str) -> Plan:
    if total is not None and total != sum(seats):
        raise Unusable(f"各单位席位合计{sum(seats)}席，与总席位{total}席对不上。请改其中一处。", "The sum is off.")
    broken = broken_rules(seats, [Constituency(line.name, line.weight, _groups(line)) for line in lines], rule)
    if broken:
        said = "；".join(broken)
        raise Unusable(
            f"席位方案不符合规则：{said}。现在合计{sum(seats)}席。{_basis(said, level)}", "Rules are broken."
        )
    return Plan(tuple(seats), {"method": BY_HAND, "total": sum(seats), "rule": rule.as_dict()})


def _basis(said: str, level: str) -> str:
    """The sentence of the rulebook that stands behind what was said."""
    cited = []
    if "总数为" in said:
        cited.append(KINDS["council.seats_max"].at(level).sentence)
    if "推选单位每个至少" in said:
        cited.append(KINDS["council.seats_per_constituency_min"].at(level).sentence)
    return f"（依据：{'；'.join(cited)}）" if cited else ""


def _constituency(line: Planned) -> Constituency:
    fixed = {} if line.seats is None else {"least": line.seats, "most": line.seats}
    return Constituency(line.name, line.weight, _groups(line), **fixed)


def _groups(line: Planned) -> tuple[str, ...]:
    return (line.sector, FROM_BELOW) if line.sends else (line.sector,)


def _check_lines(lines: Sequence[Planned]) -> None:
    if not lines:
        raise Unusable("席位方案还没有推选单位。请至少写一行。", "No constituencies.")
    twice = [name for name, times in Counter(line.name for line in lines).items() if times > 1]
    if twice:
        raise Unusable(f"{'、'.join(twice)}写了两行，请合成一行或改名。", "A constituency stands twice.")
    negative = [line.name for line in lines if line.weight < 0 or (line.seats or 0) < 0]
    if negative:
        raise Unusable(f"{'、'.join(negative)}的户数或席位是负数，请改正。", "A number is negative.")


def why_not_roster(rows: Sequence[tuple[str, str, str]]) -> str | None:
    """None when a roster of (constituency, sector, name) holds together: one sector each, nobody twice."""
    sectors: dict[str, set[str]] = {}
    for group, sector, _name in rows:
        sectors.setdefault(group, set()).add(sector)
    if mixed := [group for group, kinds in sectors.items() if len(kinds) > 1]:
        return f"{'、'.join(mixed)}写了不同的方面。同一个推选单位只属于一个方面，个人的其他身份写在“其他身份”里。"
    times = Counter((group, name_key(name)) for group, _sector, name in rows if name != VACANT)
    if twice := [f"{group}的{name}" for group, _sector, name in rows if times[group, name_key(name)] > 1]:
        return f"{'、'.join(dict.fromkeys(twice))}写了两遍，请删去一行；确是两个人的，请在姓名后注明楼号。"
    return None


def why_no_room(wanted: Iterable[tuple[str, int, int]]) -> str | None:
    """None when no constituency (name, open seats, people) has more people than seats where nobody votes."""
    over = [f"{name}只有{seats}席，现在有{people}人" for name, seats, people in wanted if people > seats]
    if not over:
        return None
    return f"{'；'.join(over)}。请推派或推荐的一方确定人选，多出的办理“退出参选”。"


def why_not_over_share(sent: int, total: int, share: Fraction, source: str) -> str | None:
    """None when those sent by places below are over this share of all."""
    if not share or sent > share * total:
        return None
    return f"确定的{total}人中，社区（村）推派的只有{sent}人，没有超过{share}（{source}）。请社区（村）推派齐了再确定。"


def why_not_old_enough(birth_year: int, today: date, age_min: int) -> str | None:
    """None when someone born in this year can have reached the age this year."""
    if not YOUNGEST_BORN <= birth_year <= today.year:
        return f"出生年份{birth_year}不对，请写四位年份，例如1968。"
    if today.year - birth_year < age_min:
        return f"{birth_year}年出生，今年不满{age_min}周岁。候选人须年满{age_min}周岁。"
    return None


def comes_of_age_this_year(birth_year: int, today: date, age_min: int) -> bool:
    """Whether the day of birth must be looked at: the age is reached some time this year."""
    return today.year - birth_year == age_min


def why_not_contested(wanted: Iterable[tuple[str, int, int]], extra: int) -> str | None:
    """None when every constituency (name, open seats, qualified candidates) has more candidates than seats."""
    short = [
        f"{name}应选{seats}名，候选人{candidates}名，至少要{seats + extra}名"
        for name, seats, candidates in wanted
        if seats and candidates < seats + extra
    ]
    if not short:
        return None
    return f"选举是差额选举，候选人还不够：{'；'.join(short)}。请补充提名和资格审查。"


#: How the list of those entitled says that somebody votes through another.
BY_PROXY = "（书面委托"


def called_on_the_list(voter: Mapping[str, Any], voters: Sequence[Mapping[str, Any]]) -> str:
    """How somebody entitled is written down when a round opens: name, unit, and who votes for them."""
    holder = next((one["name"] for one in voters if one["key"] == voter.get("proxy")), "")
    return f"{voter['name']} {voter['unit']}".strip() + (f"{BY_PROXY}{holder}）" if holder else "")


def represented(entitled: Iterable[Mapping[str, Any]]) -> int:
    """How many of the frozen list voted through somebody else."""
    return sum(BY_PROXY in one["name"] for one in entitled)


def still_stand(voters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The roll without proxies of who has come after all, or whose proxy has not."""
    here = {one["key"] for one in voters if one["present"]}
    kept = {one["key"] for one in voters if one.get("proxy") in here and one["key"] not in here}
    return [one if one["key"] in kept else {**one, "proxy": ""} if one.get("proxy") else one for one in voters]


def candidates_standing_as_tellers(tellers: Iterable[str], candidates: Iterable[str]) -> list[str]:
    """Names that stand on both lists."""
    standing = {name_key(name) for name in candidates}
    return [name for name in dict.fromkeys(map(clean_name, tellers)) if name_key(name) in standing]


def ballot_labels(candidates: Sequence[tuple[str, str, int]]) -> list[str]:
    """How each candidate (name, unit, year of birth) is called on the paper: the name, and more where names meet."""
    names = Counter(name_key(name) for name, _, _ in candidates)
    pairs = Counter((name_key(name), unit_key(unit)) for name, unit, _ in candidates)
    labels = []
    for name, unit, born in candidates:
        if names[name_key(name)] == 1:
            labels.append(name)
        elif unit and pairs[name_key(name), unit_key(unit)] == 1:
            labels.append(f"{name}（{unit}）")
        else:
            labels.append(f"{name}（{born}年生）")
    return labels


def last_day_of_term(begins: date, years: int) -> date:
    """The day before the term's anniversary: three years from 20 March 2026 end on 19 March 2029."""
    leap = (begins.month, begins.day) == LEAP_DAY
    anniversary = begins.replace(year=begins.year + years, day=28) if leap else begins.replace(year=begins.year + years)
    return anniversary if leap else anniversary - timedelta(days=1)


def why_not_seat(begins: date, previous: str, previous_ends: date | None) -> str | None:
    """A new term begins after the one before it."""
    if previous_ends is not None and previous_ends >= begins:
        return (
            f"{previous}任期到{chinese(previous_ends, 'plain')}，新一届不能早于第二天任职。"
            "请把任期开始改到那以后，或者先办理上一届提前结束。"
        )
    return None
