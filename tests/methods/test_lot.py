"""The public lot: the published example of the RFC, and fairness anyone can check."""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.lot import Lot, Source, draw, key_of, order

SOURCES = (Source("a", "d", (9319,)), Source("b", "d", (2, 5, 12, 8, 10)), Source("c", "d", (9, 18, 26, 34, 41, 45)))
LOT = Lot("抽签", tuple(f"第{k}户" for k in range(1, 26)), 10, SOURCES)
NUMBERS = st.lists(st.integers(0, 10**6), min_size=1, max_size=7).map(tuple)
LOTS = st.integers(1, 30).flatmap(
    lambda n: st.builds(
        lambda k, numbers: Lot(
            "抽签", tuple(f"第{i}户" for i in range(n)), k, (Source("开奖号码", "1月5日", numbers),)
        ),
        st.integers(1, n),
        NUMBERS,
    )
)


def test_the_example_of_rfc_3797_comes_out_with_its_own_hash():
    assert key_of(SOURCES) == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    found = draw(replace(LOT, hash="md5"))
    assert found.steps[0].digest == "990dd0a5692a029a98b5e01aa28f3459"
    assert [step.number for step in found.steps] == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


@given(LOTS)
def test_a_resident_recomputes_every_step_from_what_is_published(lot):
    published = json.loads(json.dumps(draw(lot).as_dict(), ensure_ascii=False))
    names = published["announcement"]["names"]
    key = "".join("".join(f"{n}." for n in sorted(numbers)) + "/" for numbers in published["numbers"])
    for i, name in enumerate(published["drawn"]):
        mark = bytes([i // 256, i % 256])
        assert names.pop(int(hashlib.sha256(mark + key.encode() + mark).hexdigest(), 16) % len(names)) == name


@given(LOTS)
def test_nobody_is_drawn_twice_and_as_many_as_announced(lot):
    found = draw(lot)
    assert len(found.names) == len(set(found.names)) == lot.draw
    assert all(lot.names[step.number - 1] == step.name for step in found.steps)


@given(LOTS, st.randoms())
def test_the_order_in_which_numbers_are_read_out_does_not_matter(lot, random):
    (source,) = lot.sources
    shuffled = replace(source, numbers=tuple(random.sample(source.numbers, len(source.numbers))))
    assert draw(replace(lot, sources=(shuffled,))).names == draw(lot).names


@given(LOTS)
def test_drawing_more_only_adds(lot):
    assert draw(replace(lot, draw=len(lot.names))).names[: lot.draw] == draw(lot).names


def test_the_order_for_ties_does_not_depend_on_how_the_names_came_in():
    orders = {order("平票", names, SOURCES) for names in permutations(["甲社区", "乙社区", "丙社区", "丁社区"])}
    assert len(orders) == 1


def test_everybody_is_drawn_first_about_equally_often():
    names = tuple("甲乙丙丁戊")
    first = Counter(draw(Lot("", names, 1, (Source("号码", "", (k,)),))).names[0] for k in range(5000))
    assert all(900 < first[name] < 1100 for name in names)


def test_the_fingerprint_is_known_before_the_numbers_and_changes_with_the_list():
    before = replace(LOT, sources=tuple(replace(source, numbers=()) for source in SOURCES))
    assert before.fingerprint() == LOT.fingerprint()
    assert replace(LOT, names=LOT.names[::-1]).fingerprint() != LOT.fingerprint()


@pytest.mark.parametrize(
    ("lot", "part"),
    [
        (replace(LOT, draw=26), "抽出 26"),
        (replace(LOT, draw=0), "抽出 0"),
        (replace(LOT, names=("甲", "甲"), draw=1), "重名"),
        (replace(LOT, sources=()), "尚未公布"),
        (replace(LOT, sources=(Source("体彩", "1月5日"),)), "体彩"),
        (replace(LOT, sources=(Source("体彩", "1月5日", (-1,)),)), "负"),
        (replace(LOT, hash="crc32"), "crc32"),
    ],
)
def test_what_cannot_be_drawn_is_refused(lot, part):
    with pytest.raises(Unusable, match=part):
        draw(lot)
