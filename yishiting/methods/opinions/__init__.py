"""The opinion map: who thinks alike, what everybody shares, what each group stands for, and what the few say.

`opinion_map(Consultation(votes=…))` gives an `OpinionMap`; `draw(result, texts)` gives its picture.
"""

from yishiting.methods.opinions.chart import opinion_map
from yishiting.methods.opinions.contract import (
    AGREE,
    DISAGREE,
    PASS,
    Consultation,
    OpinionMap,
    Options,
    Vote,
)
from yishiting.methods.opinions.drawing import CHINESE, Words, draw
from yishiting.methods.opinions.stability import Stability, stability

__all__ = [
    "AGREE",
    "CHINESE",
    "DISAGREE",
    "PASS",
    "Consultation",
    "OpinionMap",
    "Options",
    "Stability",
    "Vote",
    "Words",
    "draw",
    "opinion_map",
    "stability",
]
