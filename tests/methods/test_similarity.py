"""Similarity and merging: the laws, the linkage against a plain one, the conflicts the field asks for."""

import json
import subprocess
import sys
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.similarity import Index, Options, Text, auc, b_cubed, compare, group, normalise, similar_to
from yishiting.methods.similarity.candidates import RunCounts, nearest_pairs
from yishiting.methods.similarity.cluster import average_linkage
from yishiting.methods.similarity.normalise import grams, written
from yishiting.methods.similarity.rarity import Rarity
from yishiting.methods.similarity.rerank import second_opinion

PLACES = ["柳荫小区", "杏坛家园", "槐安路", "枫桥村", "梧桐里", "银杏苑"]
MATTERS = ["油烟扰民", "路灯不亮", "停车难", "楼板开裂", "暖气不热", "加装电梯"]
titles = st.builds(
    lambda before, place, matter: before + place + matter,
    st.sampled_from(["", "反映", "请问", "建议解决"]),
    st.sampled_from(PLACES),
    st.sampled_from(MATTERS),
)
anything = st.text(st.sampled_from("柳荫小区油烟路灯３3号线三期A市 ，。\u200b_x000D_abＢ"), max_size=30)


def messages(texts):
    return [Text(str(number), title, body) for number, (title, body) in enumerate(texts)]


def background():
    """A corpus in which the names of places are as rare as they are in life."""
    return [
        Text(f"b{n}", f"{place}{matter}", f"我是{place}的居民，{matter}已有很久，盼解决。")
        for n, (place, matter) in enumerate((p, m) for p in PLACES for m in MATTERS)
    ]


def judged(one, other):
    return compare(Text("1", *one) if isinstance(one, tuple) else Text("1", one), Text("2", other))


# ── Writing ──


@given(anything)
def test_writing_one_way_twice_changes_nothing(text):
    assert written(written(text)) == written(text)
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("地铁３号线", "地铁三号线"),
        ("柳荫·小区 _x000D_\r\n 二期", "柳荫小区2期"),
        ("ＡＢ栋\u200b漏水！", "ab栋漏水"),
    ],
)
def test_what_the_eye_reads_as_the_same_is_the_same(one, other):
    assert normalise(one) == normalise(other)


def test_a_street_named_with_a_numeral_keeps_it():
    assert normalise("五一路") == "五一路"


# ── A pair ──


@settings(max_examples=60, deadline=None)
@given(st.tuples(titles, anything), st.tuples(titles, anything))
def test_a_comparison_is_symmetric_and_bounded(one, other):
    there = compare(Text("1", *one), Text("2", *other))
    back = compare(Text("2", *other), Text("1", *one))
    assert there.score == pytest.approx(back.score, abs=1e-12)
    assert 0 <= there.score <= min(there.same_place, there.same_matter) + 1e-12 <= 1 + 2e-12
    assert {reason.kind for reason in there.conflicts} == {reason.kind for reason in back.conflicts}


@settings(max_examples=60, deadline=None)
@given(titles, anything)
def test_the_same_words_are_certain_and_only_they_are_identical(title, body):
    again = compare(Text("1", title, body), Text("2", f" {title}！", f"{body}\u200b"))
    assert again.identical
    assert again.score == 1
    assert not compare(Text("1", title, body), Text("2", title + "甲", body)).identical


def test_two_messages_without_words_are_not_the_same_message():
    assert not compare(Text("1", ""), Text("2", "……")).identical


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("柳荫小区底商油烟扰民", "杏坛家园底商油烟扰民", "place"),
        ("柳荫小区底商油烟扰民", "柳荫小区楼板开裂漏水", "matter"),
        ("柳荫小区门前公交车139路停运", "柳荫小区门前公交车205路停运", "number"),
        ("咨询2018年柳荫小区老旧改造", "咨询2019年柳荫小区老旧改造", "number"),
    ],
)
def test_another_place_matter_line_or_year_stays_apart(one, other, kind):
    found = judged(one, other)
    assert kind in {conflict.kind for conflict in found.conflicts}
    assert found.score < Options().threshold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("柳荫茂城门口路灯不亮", "柳荫贸城门口路灯不亮，何时修"),
        ("柳荫小区３号线施工噪音扰民", "投诉柳荫小区三号线施工噪音"),
        ("请解决杏坛家园油烟扰民", "杏坛家园一楼烧烤店油烟太大"),
    ],
)
def test_a_typing_error_or_another_wording_does_not_part_one_item(one, other):
    assert judged(one, other).score >= Options().threshold


def test_nearly_the_same_name_is_shown_to_be_checked():
    found = judged("柳荫茂城门口路灯不亮", "柳荫贸城门口路灯不亮了")
    assert "名称相近但不同，请核对：柳荫茂城 ／ 柳荫贸城" in [conflict.chinese for conflict in found.conflicts]


def test_another_district_speaks_against_the_same_name():
    found, plain = (
        judged("B3区柳荫小区路灯不亮", "B7县柳荫小区路灯不亮"),
        judged("柳荫小区路灯不亮", "柳荫小区路灯不亮了"),
    )
    assert "所在区县不同：B3区 ／ B7县" in [conflict.chinese for conflict in found.conflicts]
    assert found.same_place < plain.same_place - 0.2


def test_reasons_name_the_place_and_the_matter():
    found = judged("请解决杏坛家园油烟扰民", "杏坛家园烧烤店油烟太大")
    said = [reason.chinese for reason in found.reasons]
    assert "提到同一处：杏坛家园" in said
    assert any(sentence.startswith("同一事项：油烟") for sentence in said)


def test_filing_at_another_place_outweighs_the_same_words():
    one, other = (
        Text(n, "路灯不亮", "楼前路灯坏了", place) for n, place in (("1", "东街道/甲社区"), ("2", "东街道/乙社区"))
    )
    assert compare(one, other).score < Options().threshold
    assert compare(one, other._replace(place="东街道")).score == 1
    assert compare(one, other._replace(place="")).score == 1


# ── Groups ──


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(titles, st.sampled_from(["", "已经很久了", "盼尽快解决"])), max_size=14), st.randoms())
def test_the_order_of_the_messages_decides_nothing(texts, chance):
    given_order = messages(texts)
    shuffled = given_order[:]
    chance.shuffle(shuffled)
    assert partition(group(given_order)) == partition(group(shuffled))


@settings(max_examples=25, deadline=None)
@given(st.lists(titles, min_size=1, max_size=12))
def test_every_message_is_in_one_group_and_copies_are_together(texts):
    found = group(messages((title, "") for title in texts))
    assert sorted(member for members in found.groups for member in members) == sorted(found.cluster_of)
    for one, other in combinations(range(len(texts)), 2):
        if normalise(texts[one]) == normalise(texts[other]):
            assert found.cluster_of[str(one)] == found.cluster_of[str(other)]
    for pair in found.pairs:
        assert pair.proposed == (found.cluster_of[pair.a] == found.cluster_of[pair.b])


def partition(grouping):
    return {frozenset(members) for members in grouping.groups}


def test_form_letters_of_one_author_stay_apart_by_place():
    letter = "小区周边道路破损，人行道被占用，路灯不亮，出行不便，请有关部门尽快处理。"
    found = group([Text(place, f"请尽快解决{place}周边道路破损", letter) for place in PLACES] + background())
    assert len({found.cluster_of[place] for place in PLACES}) == len(PLACES)


def test_the_same_words_filed_at_two_places_are_two_items():
    texts = [
        Text("1", "路灯不亮", "楼前", "甲"),
        Text("2", "路灯不亮", "楼前", "乙"),
        Text("3", "路灯不亮", "楼前", "甲"),
    ]
    assert partition(group(texts)) == {frozenset({"1", "3"}), frozenset({"2"})}


def test_messages_without_words_are_nobodys_copy():
    assert len(group([Text("1", ""), Text("2", " "), Text("3", "。")]).groups) == 3


def test_two_messages_of_one_id_are_refused():
    with pytest.raises(Unusable):
        group([Text("1", "甲"), Text("1", "乙")])


def test_the_rule_is_part_of_the_result():
    rule = group([Text("1", "柳荫小区油烟")], Options(threshold=0.5)).as_dict()["rule"]
    assert rule["options"]["threshold"] == 0.5
    assert rule["place"]["number_conflict"] < 0


# ── Linkage ──


def plain_linkage(count, scores, threshold):
    """Average linkage as the textbook writes it: look at every two clusters, merge the best, again."""
    clusters = [frozenset([item]) for item in range(count)]
    while len(clusters) > 1:
        best, one, other = max(
            (sum(scores[min(a, b), max(a, b)] for a in x for b in y) / len(x) / len(y), x, y)
            for x, y in combinations(sorted(clusters, key=min), 2)
        )
        if best < threshold:
            break
        clusters = [cluster for cluster in clusters if cluster not in (one, other)] + [one | other]
    return set(clusters)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 8), st.randoms(use_true_random=False), st.sampled_from([0.3, 0.5, 0.7]))
def test_linkage_is_the_textbook_one_even_where_scores_come_on_demand(count, chance, threshold):
    pairs = list(combinations(range(count), 2))
    scores = dict(zip(pairs, chance.sample(range(1, 10_000), len(pairs)), strict=True))
    scores = {pair: value / 10_000 for pair, value in scores.items()}
    listed = {pair: value for pair, value in scores.items() if value >= threshold or chance.random() < 0.5}
    tree = average_linkage([1] * count, listed, lambda a, b: scores[a, b], threshold)
    found = {}
    for item in range(count):
        found.setdefault(tree.root(item, threshold), set()).add(item)
    assert {frozenset(members) for members in found.values()} == plain_linkage(count, scores, threshold)


def test_a_copy_counts_like_the_message_it_repeats():
    scores = {(0, 1): 0.9, (0, 2): 0.1, (1, 2): 0.8}
    once = average_linkage([1, 1, 1], scores, lambda a, b: scores[a, b], 0.4)
    twice = average_linkage([5, 1, 1], scores, lambda a, b: scores[a, b], 0.4)
    assert once.root(2, 0.4) == once.root(0, 0.4)  # (0.1 + 0.8) / 2 ≥ 0.4
    assert twice.root(2, 0.4) != twice.root(0, 0.4)  # (5 · 0.1 + 0.8) / 6 < 0.4


def test_a_chain_of_likeness_does_not_become_one_heap():
    chain = {(n, n + 1): 0.6 for n in range(20)}
    tree = average_linkage([1] * 21, chain, lambda a, b: 0.0, 0.4)
    sizes = {}
    for item in range(21):
        sizes[tree.root(item, 0.4)] = sizes.get(tree.root(item, 0.4), 0) + 1
    assert max(sizes.values()) == 2


# ── Candidates ──


@settings(max_examples=30, deadline=None)
@given(st.lists(titles, min_size=2, max_size=20))
def test_candidates_agree_with_plain_tf_idf(texts):
    from sklearn.feature_extraction.text import CountVectorizer

    lows, highs, cosines = nearest_pairs(texts, nearest=len(texts), least=0.2)
    found = dict(zip(zip(lows.tolist(), highs.tolist(), strict=True), cosines.tolist(), strict=True))
    counts = CountVectorizer(analyzer="char", ngram_range=(2, 3), lowercase=False).fit_transform(texts).toarray()
    frequency = counts.sum(axis=0)
    import numpy as np

    weighed = counts * np.where(frequency > 1, np.log1p(len(texts)) - np.log(frequency), 0)
    lengths = np.linalg.norm(weighed, axis=1)
    for one, other in combinations(range(len(texts)), 2):
        cosine = weighed[one] @ weighed[other] / (lengths[one] * lengths[other]) if lengths[one] * lengths[other] else 0
        if abs(cosine - 0.2) > 1e-4:
            assert ((one, other) in found) == (cosine > 0.2)
        if (one, other) in found:
            assert found[one, other] == pytest.approx(cosine, abs=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.lists(titles, min_size=1, max_size=20))
def test_runs_counted_in_buckets_are_counted_right(texts):
    counts = RunCounts(texts)
    for run in grams(texts[0]):
        occurrences = sum(text.startswith(run, at) for text in texts for at in range(len(text)))
        assert counts.get(run) == occurrences
    assert counts.get("无人写过"[:3]) == 0


# ── The index ──


def test_similar_while_typing_finds_the_place_and_says_why():
    found = similar_to(Text("", "柳荫小区烧烤"), background(), limit=3)
    assert found[0].text.title == "柳荫小区油烟扰民"
    assert "提到同一处：柳荫小区" in [reason.chinese for reason in found[0].comparison.reasons]


def test_a_message_does_not_find_itself():
    texts = background()
    assert texts[0].id not in {match.text.id for match in Index(texts).similar_to(texts[0])}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(titles, anything), min_size=1, max_size=8), titles)
def test_taking_out_what_was_put_in_restores_the_index(texts, asked):
    before = Index(background())
    after = Index(background())
    more = [Text(f"x{n}", title, body) for n, (title, body) in enumerate(texts)]
    for text in more:
        after.add(text)
    for text in more:
        assert after.remove(text.id)
    assert len(after) == len(before)
    query = Text("", asked)
    found, expected = ([match.text.id for match in index.similar_to(query)] for index in (after, before))
    assert found == expected


def test_adding_again_replaces():
    index = Index([Text("1", "柳荫小区油烟扰民")])
    index.add(Text("1", "杏坛家园停车难"))
    assert len(index) == 1
    assert [match.text.title for match in index.similar_to(Text("", "杏坛家园停车"))] == ["杏坛家园停车难"]


def test_asking_without_words_is_refused_and_an_empty_index_finds_nothing():
    with pytest.raises(Unusable):
        Index(background()).similar_to(Text("", " ，。 "))
    assert Index().similar_to(Text("", "柳荫小区")) == []


def test_rarity_after_a_text_less_is_as_before():
    rarity = Rarity()
    rarity.count({"柳荫"})
    before = rarity.of("柳荫"), rarity.of("杏坛")
    rarity.count({"柳荫", "杏坛"})
    rarity.discount({"柳荫", "杏坛"})
    assert (rarity.of("柳荫"), rarity.of("杏坛")) == before


# ── A second opinion ──


def test_a_reranker_is_asked_only_where_there_is_doubt():
    asked = []

    class Opinion:
        def likeness(self, pairs):
            asked.extend(pairs)
            return [1.0] * len(pairs)

    pairs = [(Text("1", "甲"), Text("2", "乙"))] * 3
    assert second_opinion(Opinion(), pairs, [0.02, 0.4, 0.95]) == [0.02, 0.7, 0.95]
    assert len(asked) == 1
    assert second_opinion(None, pairs, [0.02, 0.4, 0.95]) == [0.02, 0.4, 0.95]


# ── Measures ──


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "a", "b", "c"])), min_size=1, max_size=12))
def test_b_cubed_is_the_definition(rows):
    clusters = {str(n): cluster for n, (cluster, _) in enumerate(rows)}
    labels = {str(n): label for n, (_, label) in enumerate(rows)}
    known = [message for message, label in labels.items() if label]
    found = b_cubed(clusters, labels)
    if not known:
        assert found.messages == 0
        return

    def share(first, second):
        return sum(
            sum(second[m] == second[n] for n in known if first[n] == first[m])
            / sum(first[n] == first[m] for n in known)
            for m in known
        ) / len(known)

    assert found.precision == pytest.approx(share(clusters, labels))
    assert found.recall == pytest.approx(share(labels, clusters))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_auc_is_the_chance_of_a_win(positives, negatives):
    wins = sum((p > n) + (p == n) / 2 for p in positives for n in negatives)
    assert auc(positives, negatives) == pytest.approx(wins / len(positives) / len(negatives))


# ── Weight ──


def test_nothing_heavy_is_loaded_before_it_is_needed():
    code = (
        "import sys, yishiting.methods.similarity; print({'numpy', 'scipy', 'sklearn', 'rapidfuzz'} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert out.stdout.strip() == "set()"


def test_another_process_goes_on_from_an_index():
    texts = [Text(str(n), place + matter) for n, (place, matter) in enumerate(product(PLACES, MATTERS))]
    index = Index(texts)
    index.remove("3")
    stored = json.loads(json.dumps(index.as_dict()))
    there = Index.from_dict(stored, {text.id: text for text in texts})
    added = Text("new", "柳荫小区夜里油烟扰民", "六号楼底商")
    for one in (index, there):
        one.add(added)
        one.remove("0")
    assert len(there) == len(index)
    for words in ("柳荫小区油烟", "枫桥村路灯", "三号线停车"):
        assert there.similar_to(Text("", words)) == index.similar_to(Text("", words))
