"""Why two messages may be one item, and what speaks against it, in words a resident understands."""

from dataclasses import dataclass

from yishiting.methods.similarity.decide import Decision, decide_from, filed_apart
from yishiting.methods.similarity.features import Features, features, number_conflicts
from yishiting.methods.similarity.reading import Reading
from yishiting.methods.similarity.words import INSTITUTIONS

#: A reason is given where its feature reaches this much; a conflict where the factor stays below.
ENOUGH = 0.5
DOUBTFUL = 0.5
#: Names that differ in a letter or two: perhaps a typing error, perhaps the next estate.
NEARLY = 0.6
LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """`kind` for programs, `words` as found in the messages, `chinese` for people."""

    kind: str  # same_text, same_place, same_matter, same_number, same_wording; place, number, matter for conflicts
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


def shared_name(one: Reading, other: Reading) -> str:
    """The longest run of a name of one message that the other contains, with its kind of place; "" for none."""
    best = ""
    for name, text in ((one.name, other.whole), (other.name, one.whole)):
        for length in range(min(LONGEST_NAME, len(name)), max(1, len(best)), -1):
            runs = (name[at : at + length] for at in range(len(name) - length + 1))
            found = next((run for run in runs if run in text), "")
            if found:
                best = found
                break
    kinds = (kind for kind in INSTITUTIONS if best + kind in one.whole and best + kind in other.whole)
    return best + max(kinds, key=len, default="") if best else ""


def shared_matters(one: Reading, other: Reading, most: int = 3) -> tuple[str, ...]:
    """The matters both messages are about, the most telling first."""
    both = one.said & other.said
    weight = {matter: one.matters.weights[matter] * other.matters.weights[matter] for matter in both}
    return tuple(sorted(both, key=lambda matter: (-weight[matter], matter))[:most])


def _numbers(reading: Reading, unit: str) -> tuple[str, ...]:
    return tuple(sorted(number + unit for number in reading.numbers[unit]))


def _same_numbers(one: Reading, other: Reading) -> tuple[str, ...]:
    return tuple(
        sorted(
            number + unit
            for unit in one.numbers.keys() & other.numbers.keys()
            for number in one.numbers[unit] & other.numbers[unit]
        )
    )


def _reasons(one: Reading, other: Reading, values: Features, decision: Decision) -> list[Reason]:
    reasons = []
    name, matters, numbers = shared_name(one, other), shared_matters(one, other), _same_numbers(one, other)
    if name and decision.same_place >= DOUBTFUL:
        reasons.append(Reason("same_place", (name,), f"提到同一处：{name}"))
    elif values.alike >= ENOUGH and one.name and other.name and decision.same_place >= DOUBTFUL:
        reasons.append(Reason("same_place", (one.name, other.name), f"名称相近：{one.name} ／ {other.name}"))
    if matters and decision.same_matter >= DOUBTFUL:
        reasons.append(Reason("same_matter", matters, f"同一事项：{'、'.join(matters)}"))
    if numbers:
        reasons.append(Reason("same_number", numbers, f"编号一致：{'、'.join(numbers)}"))
    if values.wording >= ENOUGH:
        reasons.append(Reason("same_wording", (), "标题用语相近"))
    return reasons


def _place_conflicts(one: Reading, other: Reading, decision: Decision, alike: float) -> list[Reason]:
    if filed_apart(one.place, other.place):
        return [Reason("place", (one.place, other.place), f"填报地点不同：{one.place} ／ {other.place}")]
    if one.districts and other.districts and not one.districts & other.districts:
        ours, theirs = "、".join(sorted(one.districts)), "、".join(sorted(other.districts))
        return [Reason("place", (ours, theirs), f"所在区县不同：{ours.upper()} ／ {theirs.upper()}")]
    if one.name and other.name and decision.same_place < DOUBTFUL:
        says = "名称相近但不同，请核对" if alike >= NEARLY else "地点或名称不同"
        return [Reason("place", (one.name, other.name), f"{says}：{one.name} ／ {other.name}")]
    return []


def _conflicts(one: Reading, other: Reading, decision: Decision, alike: float) -> list[Reason]:
    conflicts = _place_conflicts(one, other, decision, alike)
    for unit in number_conflicts(one, other):
        ours, theirs = "、".join(_numbers(one, unit)), "、".join(_numbers(other, unit))
        conflicts.append(Reason("number", (ours, theirs), f"编号不同：{ours} ／ {theirs}"))
    if decision.same_matter < DOUBTFUL and one.said and other.said:
        ours, theirs = "、".join(one.main_matters), "、".join(other.main_matters)
        conflicts.append(Reason("matter", (ours, theirs), f"事项不同：{ours} ／ {theirs}"))
    return conflicts


def compare_readings(one: Reading, other: Reading) -> Comparison:
    """The score of a pair with its reasons and conflicts."""
    values = features(one, other)
    decision = decide_from(values, one, other)
    identical = one.identity == other.identity != 0
    reasons = _reasons(one, other, values, decision)
    if identical:
        reasons.insert(0, Reason("same_text", (), "文字完全相同"))
    return Comparison(*decision, tuple(reasons), tuple(_conflicts(one, other, decision, values.alike)), identical)
