"""Why two messages may be one item, and what speaks against it, in words a resident understands."""

from collections.abc import Collection
from dataclasses import dataclass

from yishiting.methods.similarity.decide import Decision, decide_from, filed_apart
from yishiting.methods.similarity.features import Features, features, number_conflicts, part_conflict
from yishiting.methods.similarity.parts import Named
from yishiting.methods.similarity.place_names import place_names, shared_place
from yishiting.methods.similarity.reading import Reading
from yishiting.methods.similarity.stance import contrary

#: A reason is given where its feature reaches this much; a conflict where the factor stays below.
ENOUGH = 0.5
DOUBTFUL = 0.5
#: Names that differ in a letter or two: perhaps a typing error, perhaps the next estate.
NEARLY = 0.6
NAMED = 2
#: A bare number of so many digits is a line or a receipt.
TELLING = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """`kind` for programs, `words` as found in the messages, `chinese` for people."""

    kind: str  # same_text, same_place, same_matter, same_number, same_wording; place, number, matter, stance for conflicts
    words: tuple[str, ...]
    chinese: str

    def as_dict(self) -> dict[str, object]:
        return {"kind": self.kind, "words": list(self.words), "chinese": self.chinese}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two messages side by side: a proposal for a person, never a merge."""

    score: float
    same_place: float
    same_matter: float
    reasons: tuple[Reason, ...]
    conflicts: tuple[Reason, ...]
    identical: bool  # the same words throughout: the only case that may be linked at once

    def as_dict(self) -> dict[str, object]:
        return {
            "score": round(self.score, 4),
            "same_place": round(self.same_place, 4),
            "same_matter": round(self.same_matter, 4),
            "identical": self.identical,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "conflicts": [conflict.as_dict() for conflict in self.conflicts],
        }


def shared_matters(one: Reading, other: Reading, most: int = 3) -> tuple[str, ...]:
    """The matters both messages are about, the most telling first."""
    both = one.said & other.said
    weight = {matter: one.matters.weights[matter] * other.matters.weights[matter] for matter in both}
    return tuple(sorted(both, key=lambda matter: (-weight[matter], matter))[:most])


def _numbers(reading: Reading, unit: str) -> tuple[str, ...]:
    return tuple(sorted(_told(number, unit) for number in reading.numbers[unit]))


def _told(number: str, unit: str) -> str:
    return (number + unit).upper()


def _same_numbers(one: Reading, other: Reading) -> tuple[str, ...]:
    """Numbers of something; a bare number (2, 100) says nothing to people."""
    return tuple(
        sorted(
            _told(number, unit)
            for unit in one.numbers.keys() & other.numbers.keys()
            for number in one.numbers[unit] & other.numbers[unit]
            if unit or len(number) >= TELLING
        )
    )


def _names(one: Reading, other: Reading, places: Collection[str]) -> tuple[str, str] | None:
    """The places the two titles name; None where one names none, or both name one and the same."""
    ours, theirs = place_names(one.title, places), place_names(other.title, places)
    if not ours or not theirs or shared_place(one.title, other.title, one.whole, other.whole, places):
        return None
    return "、".join(ours[:NAMED]), "、".join(theirs[:NAMED])


def _alike(one: Reading, other: Reading, places: Collection[str]) -> tuple[str, str] | None:
    """Two names that differ in a letter or two, as 中茂城 and 中贸城."""
    from rapidfuzz import fuzz

    names = _names(one, other, places)
    return names if names and fuzz.ratio(*names) >= 100 * NEARLY else None


def _reasons(
    one: Reading, other: Reading, values: Features, decision: Decision, places: Collection[str]
) -> list[Reason]:
    reasons = []
    name = shared_place(one.title, other.title, one.whole, other.whole, places)
    matters, numbers = shared_matters(one, other), _same_numbers(one, other)
    if name and decision.same_place >= DOUBTFUL:
        reasons.append(Reason("same_place", (name,), f"提到同一处：{name}"))
    elif values.alike >= ENOUGH and decision.same_place >= DOUBTFUL and (names := _alike(one, other, places)):
        reasons.append(Reason("same_place", names, f"名称相近：{names[0]} ／ {names[1]}"))
    if matters and decision.same_matter >= DOUBTFUL:
        reasons.append(Reason("same_matter", matters, f"同一事项：{'、'.join(matters)}"))
    if numbers:
        reasons.append(Reason("same_number", numbers, f"编号一致：{'、'.join(numbers)}"))
    if values.wording >= ENOUGH:
        reasons.append(Reason("same_wording", (), "标题用语相近"))
    return reasons


def _place_conflicts(one: Reading, other: Reading, decision: Decision, places: Collection[str]) -> list[Reason]:
    if filed_apart(one.place, other.place):
        return [Reason("place", (one.place, other.place), f"填报地点不同：{one.place} ／ {other.place}")]
    if one.districts and other.districts and not one.districts & other.districts:
        ours, theirs = "、".join(sorted(one.districts)), "、".join(sorted(other.districts))
        return [Reason("place", (ours, theirs), f"所在区县不同：{ours.upper()} ／ {theirs.upper()}")]
    if (part := part_conflict(one, other)) is not None:
        return [_other_part(one, other, part, places)]
    names = _names(one, other, places)
    if names and decision.same_place < DOUBTFUL:
        says = "名称相近但不同，请核对" if _alike(one, other, places) else "地点不同"
        return [Reason("place", names, f"{says}：{names[0]} ／ {names[1]}")]
    return []


def _other_part(one: Reading, other: Reading, part: tuple[Named, Named], places: Collection[str]) -> Reason:
    """北里 and 南里, told by the whole names where they are certain, else by what differs."""
    whole = [
        next((name for name in place_names(reading.title, places) if named.words in name), "")
        for reading, named in zip((one, other), part, strict=True)
    ]
    ours, theirs = whole if all(whole) else [named.part or "（无）" for named in part]
    return Reason("place", (ours, theirs), f"方位或序号不同：{ours} ／ {theirs}")


def _conflicts(one: Reading, other: Reading, decision: Decision, places: Collection[str]) -> list[Reason]:
    conflicts = _place_conflicts(one, other, decision, places)
    if (action := contrary(one.stance, other.stance)) is not None:
        conflicts.append(Reason("stance", (action,), f"主张相反：一条要“{action}”，另一条不要"))
    for unit in number_conflicts(one, other):
        ours, theirs = "、".join(_numbers(one, unit)), "、".join(_numbers(other, unit))
        conflicts.append(Reason("number", (ours, theirs), f"编号不同：{ours} ／ {theirs}"))
    if decision.same_matter < DOUBTFUL and one.said and other.said:
        ours, theirs = "、".join(one.main_matters), "、".join(other.main_matters)
        conflicts.append(Reason("matter", (ours, theirs), f"事项不同：{ours} ／ {theirs}"))
    return conflicts


def compare_readings(one: Reading, other: Reading, places: Collection[str] = ()) -> Comparison:
    """The score of a pair with its reasons and conflicts. `places`: names known from a table."""
    values = features(one, other)
    decision = decide_from(values, one, other)
    identical = one.identity == other.identity != 0
    reasons = _reasons(one, other, values, decision, places)
    if identical:
        reasons.insert(0, Reason("same_text", (), "文字完全相同"))
    return Comparison(*decision, tuple(reasons), tuple(_conflicts(one, other, decision, places)), identical)
