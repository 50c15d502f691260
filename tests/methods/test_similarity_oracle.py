"""Similarity and classification on real messages: the goals, as floors that must not be undercut."""

import csv
import random
from itertools import combinations

import pytest

from tests.methods.oracle_data import data
from yishiting.methods.classification import Example, cross_validated, macro_f1
from yishiting.methods.similarity import Index, Text, auc, b_cubed, group
from yishiting.methods.similarity.grouping import Corpus

pytestmark = [pytest.mark.oracle, pytest.mark.slow]


def rows(name):
    with data(f"messages/{name}").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def messages():
    found = rows("messages.csv")
    texts = [Text(row["留言编号"], row["留言主题"], row["留言详情"]) for row in found]
    return texts, {row["留言编号"]: row["gold_cluster"] for row in found}


@pytest.fixture(scope="module")
def pairs(messages):
    _, labels = messages
    members = {}
    for message, label in labels.items():
        if label:
            members.setdefault(label, []).append(message)
    true = [pair for group_ in members.values() for pair in combinations(group_, 2)]
    return true, [(row["id_a"], row["id_b"]) for row in rows("hard_negative_pairs.csv")]


def test_groups_are_pure_and_whole(messages, pairs):
    texts, labels = messages
    clusters = group(texts).cluster_of
    true, hard = pairs
    assert b_cubed(clusters, labels).f1 >= 0.95
    assert sum(clusters[a] == clusters[b] for a, b in hard) / len(hard) <= 0.10
    assert sum(clusters[a] == clusters[b] for a, b in true) / len(true) >= 0.80


def test_true_pairs_score_above_hard_ones(messages, pairs):
    texts, _ = messages
    corpus = Corpus(texts)
    where = {text.id: at for at, copies in enumerate(corpus.members) for text in copies}
    scores = [[corpus.score(where[a], where[b]) for a, b in kind] for kind in pairs]
    assert auc(*scores) >= 0.94


def test_the_right_event_is_among_the_first_five(messages):
    texts, labels = messages
    index = Index(texts)
    groups = {}
    for message, label in labels.items():
        groups.setdefault(label, set()).add(message)
    asked = [text for text in texts if labels[text.id] and len(groups[labels[text.id]]) > 1]
    hits = [any(match.text.id in groups[labels[text.id]] for match in index.similar_to(text)) for text in asked]
    assert sum(hits) / len(hits) >= 0.99


def test_classes_are_learnt_from_four_fifths_of_465_messages():
    examples = [Example(row["留言主题"], row["留言详情"], row["一级分类"]) for row in rows("labelled_7class.csv")]
    found = []
    for seed in range(3):
        shuffled = examples[:]
        random.Random(seed).shuffle(shuffled)
        found.append(macro_f1(cross_validated(shuffled), [example.label for example in shuffled]))
    assert sum(found) / len(found) >= 0.80
