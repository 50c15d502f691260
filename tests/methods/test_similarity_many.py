"""Grouping many texts part by part gives what grouping them all at once gives."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.messages import messages
from yishiting.methods.similarity import normalise
from yishiting.methods.similarity.cluster import average_linkage
from yishiting.methods.similarity.grouping import Corpus
from yishiting.methods.similarity.many import glance, in_steps, linked, may_be_one, parts

THRESHOLD = 0.4


def grouped(tree, number):
    roots = {}
    for item in range(number):
        roots.setdefault(tree.root(item, THRESHOLD), set()).add(item)
    return {frozenset(members) for members in roots.values()}


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 9), st.randoms(use_true_random=False))
def test_part_by_part_is_all_at_once(number, chance):
    """Texts of other parts never come together, so that leaving them out changes nothing."""
    pairs = list(combinations(range(number), 2))
    values = dict(zip(pairs, chance.sample(range(1, 10_000), len(pairs)), strict=True))
    scores = {pair: value / 10_000 for pair, value in values.items()}
    weights = [1] * number
    there = linked(weights, scores, lambda a, b: scores[a, b], THRESHOLD, lambda _: None)
    whole = average_linkage(weights, scores, lambda a, b: scores[a, b], THRESHOLD)
    assert grouped(there, number) == grouped(whole, number)


def test_parts_hold_every_pair_within_them_and_none_across():
    found = parts(6, {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.1, (2, 3): 0.2, (4, 5): 0.7}, THRESHOLD)
    assert sorted(map(sorted, found)) == [[(0, 1), (0, 2), (1, 2)], [(4, 5)]]


def test_at_a_glance_another_place_or_matter_is_seen():
    def seen(one, other):
        return may_be_one(glance(normalise(one)), glance(normalise(other)))

    assert seen("柳荫小区油烟扰民", "请解决柳荫小区烧烤油烟")
    assert not seen("柳荫小区油烟扰民", "杏坛家园油烟扰民")
    assert not seen("柳荫小区油烟扰民", "柳荫小区暖气不热")
    assert seen("柳荫小区油烟扰民", "油烟扰民")


def test_progress_is_told_and_every_pair_is_scored():
    told = []
    pairs = list(combinations(range(8), 2))
    scores = in_steps(pairs, lambda some: dict.fromkeys(some, 0.5), told.append)
    assert list(scores) == pairs
    assert len(told) >= 10
    assert "28 / 28" in told[-1]


def test_made_messages_grow_in_matters_not_in_groups():
    small, large = list(messages(300)), list(messages(1200))
    assert [text.id for text in small] == [str(at) for at in range(300)]
    assert len({normalise(text.title) for text in large}) > 3 * len({normalise(text.title) for text in small})
    assert len(Corpus(large)) > 1000
