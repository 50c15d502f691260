"""How far the answers of a part can be from those of all: margin of error, and what those who did not answer could change.

The margin holds for people drawn by lot. For people who answered because they wanted to, no margin can be computed: then
only the widest bounds are certain, in which all who did not answer might have said yes, or no.
"""

from dataclasses import asdict, dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.exact import decimal, pair, percent

CONFIDENCE = Fraction(95, 100)
#: Nobody asks to be surer than this; near 1 no margin can be computed.
SUREST = Fraction(9999, 10_000)


@dataclass(frozen=True, slots=True)
class Sample:
    """`chosen` of `answered` people gave this answer; `asked` were asked, out of `population` people, all whole numbers.

    `drawn`: whether those asked were drawn by lot.
    """

    chosen: int
    answered: int
    asked: int
    population: int
    drawn: bool


@dataclass(frozen=True, slots=True)
class Margin:
    """The share of one answer, the interval the share of all lies in, and the widest bounds.

    `low`, `high`: Wilson interval with the correction for a finite population, None where nobody was drawn by lot.
    `most`: the margin of any answer of this sample, at a share of one half. `sure_low`, `sure_high`: had all who were
    asked answered, the share among them could not lie outside.
    """

    sample: Sample
    confidence: Fraction
    share: Fraction
    response: Fraction
    low: float | None
    high: float | None
    most: float | None
    sure_low: Fraction
    sure_high: Fraction

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; shares exact, limits of the interval rounded to four places."""
        return {
            "sample": asdict(self.sample),
            "confidence": str(self.confidence),
            "share": pair(self.share),
            "response": pair(self.response),
            "interval": None if self.low is None or self.high is None else [round(self.low, 4), round(self.high, 4)],
            "margin_at_most": None if self.most is None else round(self.most, 4),
            "if_all_had_answered": [pair(self.sure_low), pair(self.sure_high)],
            "sentence": self.sentence(),
        }

    def sentence(self) -> str:
        """What may be said of the share, in Chinese."""
        one = self.sample
        said = f"{one.answered} 人作答，{one.chosen} 人选此项（{percent(self.share, 1)}），回收率 {percent(self.response, 1)}。"
        if self.low is None or self.high is None:
            said += "不是抽签抽取的样本，不能推算全体，误差无从计算。"
        else:
            said += (
                f"推算全体 {one.population} 人：{_tenths(self.low)} 至 {_tenths(self.high)}"
                f"（置信度 {percent(self.confidence, 0)}）。"
            )
        if one.answered < one.asked:
            said += f"没有作答的人如果都选或都不选，结果在 {percent(self.sure_low, 1)} 至 {percent(self.sure_high, 1)} 之间。"
        return said


def _tenths(share: float) -> str:
    return f"{decimal(Fraction(share) * 100, 1)}%"


def margin(sample: Sample, confidence: Fraction = CONFIDENCE) -> Margin:
    """The margin of one answer.

    Wilson (1927) with z of the confidence and n' = n · (N − 1)/(N − n) answers, the correction for a finite population
    of N: p ± … = (p + z²/2n' ± z·√(p(1 − p)/n' + z²/4n'²)) / (1 + z²/n'). Where all N answered there is no margin.
    `Unusable`: chosen > answered > asked > population, nobody answered, a confidence of 0 or less, or above `SUREST`.
    """
    _check(sample, confidence)
    share = Fraction(sample.chosen, sample.answered)
    silent = sample.asked - sample.answered
    sure = Fraction(sample.chosen, sample.asked), Fraction(sample.chosen + silent, sample.asked)
    low = high = most = None
    if sample.drawn:
        z = NormalDist().inv_cdf(float((1 + confidence) / 2))
        low, high = wilson(float(share), sample.answered, sample.population, z)
        bottom, top = wilson(0.5, sample.answered, sample.population, z)
        most = (top - bottom) / 2
    response = Fraction(sample.answered, sample.asked)
    return Margin(sample, confidence, share, response, low, high, most, *sure)


def wilson(share: float, answered: int, population: int, z: float) -> tuple[float, float]:
    """Low and high end of the interval; both the share itself where the whole population answered."""
    if answered == population:
        return share, share
    n = answered * (population - 1) / (population - answered)
    middle, spread = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def _check(sample: Sample, confidence: Fraction) -> None:
    wrong = []
    if not 0 <= sample.chosen <= sample.answered <= sample.asked <= sample.population:
        wrong.append(
            f"人数对不上：选此项 {sample.chosen}、作答 {sample.answered}、受访 {sample.asked}、"
            f"全体 {sample.population}，后一个不能比前一个少"
        )
    elif not sample.answered:
        wrong.append("没有人作答，无从计算")
    if not 0 < confidence <= SUREST:
        wrong.append(f"置信度应大于 0，不超过 {percent(SUREST)}")
    if wrong:
        raise Unusable("；".join(wrong) + "。", "The numbers of the sample contradict each other.")
