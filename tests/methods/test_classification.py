"""Classification: what it learns, what it admits not to know, and that corrections count."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.classification import (
    Classifier,
    Example,
    Options,
    cross_validated,
    figures,
    macro_f1,
    propose_class,
)

WORDS = {
    "交通": ["公交车班次太少", "路口红绿灯损坏", "道路拥堵严重", "地铁站出口太少", "车辆乱停影响通行"],
    "环境": ["河道有异味", "垃圾没有清运", "工地扬尘污染", "餐馆油烟太大", "绿化带杂草丛生"],
    "教育": ["小学学位不足", "幼儿园收费太高", "学校门口不安全", "老师课后补课", "中学食堂饭菜差"],
}
PLACES = ["柳荫小区", "杏坛家园", "槐安路", "枫桥村"]
EXAMPLES = [
    Example(place + words, f"我是{place}的居民，{words}，请处理。", label)
    for label, said in WORDS.items()
    for words in said
    for place in PLACES
]
RULES = {"交通": ["公交", "地铁", "道路"], "环境": ["垃圾", "油烟"], "教育": ["学校", "幼儿园"]}


@pytest.fixture(scope="module")
def classifier():
    return Classifier(EXAMPLES)


@pytest.mark.parametrize(
    ("title", "label"),
    [("梧桐里公交车太少", "交通"), ("银杏苑垃圾无人清运", "环境"), ("咨询小学学位问题", "教育")],
)
def test_what_was_learnt_is_proposed_at_another_place(classifier, title, label):
    proposal = propose_class(title, "", classifier)
    assert proposal.label == label
    assert not proposal.unsure
    assert proposal.words


@settings(max_examples=30, deadline=None)
@given(title=st.text(st.sampled_from("公交车班次垃圾油烟小学学位的了 ，ab１"), min_size=1, max_size=20))
def test_confidences_are_shares_in_order(classifier, title):
    proposal = classifier.propose_all([(title, "")])[0]
    shares = [likely.confidence for likely in proposal.likely]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) == pytest.approx(1)  # three classes, three shown
    assert proposal.unsure == (shares[0] - shares[1] < Options().margin)


def test_a_message_of_unknown_words_is_unsure(classifier):
    assert classifier.propose_all([("甲乙丙丁", "")])[0].unsure


def test_the_order_of_the_examples_decides_nothing(classifier):
    backwards = Classifier(reversed(EXAMPLES))
    for title in ("公交车上油烟味很大", "学校门口垃圾堆积"):
        assert backwards.propose(title).as_dict() == classifier.propose(title).as_dict()


def test_corrections_are_learnt(classifier):
    title = "社区充电桩太少"
    before = dict(classifier.propose(title).likely)
    taught = classifier.corrected("社区充电桩不够用", "", "环境").corrected("新村充电桩坏了", "", "环境")
    after = dict(taught.propose(title).likely)
    assert taught.propose(title).label == "环境"
    assert after["环境"] > before["环境"]
    assert classifier.propose(title).as_dict()["likely"][0]["confidence"] == round(max(before.values()), 4)


def test_a_correction_may_bring_a_new_class(classifier):
    taught = classifier
    for place in PLACES:
        taught = taught.corrected(f"{place}养犬不拴绳", "", "治安")
    assert taught.propose("梧桐里养犬不拴绳").label == "治安"


def test_rules_alone_propose_and_examples_outgrow_them():
    ruled = Classifier(rules=RULES)
    assert ruled.propose("道路上的公交").label == "交通"
    assert ruled.propose("道路上的公交").words == ("公交", "道路")
    assert ruled.propose("毫不相干").unsure
    contrary = [Example(f"{place}地铁", "", "环境") for place in PLACES * 30] + EXAMPLES
    assert Classifier(contrary, RULES).propose("地铁").label == "环境"
    assert Classifier(contrary[:2] + EXAMPLES[:2], RULES).propose("地铁").label == "交通"


def test_one_class_is_not_enough_and_nothing_written_is_refused(classifier):
    with pytest.raises(Unusable):
        Classifier([Example("甲", "", "交通")])
    with pytest.raises(Unusable):
        Classifier()
    with pytest.raises(Unusable):
        classifier.propose(" ，")


def test_two_classes_and_a_lonely_example_work():
    small = Classifier([Example("公交", "", "交通"), Example("垃圾", "", "环境"), Example("油烟", "", "环境")])
    assert small.propose("公交车").label == "交通"
    assert len(small.propose("公交车").likely) == 2


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=15))
def test_macro_f1_is_the_definition(rows):
    proposed, known = [list(column) for column in zip(*rows, strict=True)]
    scores = []
    for label in sorted(set(proposed) | set(known)):
        hits = sum(p == k == label for p, k in rows)
        precision = hits / proposed.count(label) if label in proposed else 0.0
        recall = hits / known.count(label) if label in known else 0.0
        scores.append(2 * precision * recall / (precision + recall) if hits else 0.0)
    assert macro_f1(proposed, known) == pytest.approx(sum(scores) / len(scores))


def test_figures_count_what_they_say(classifier):
    known = [
        Example("公交车班次太少", "", "交通"),
        Example("垃圾没有清运", "", "教育"),
        Example("甲乙丙丁", "", "交通"),
    ]
    found = figures(classifier, known)
    assert found.messages == 3
    assert found.unsure == pytest.approx(1 / 3)
    assert found.accuracy_when_sure == pytest.approx(1 / 2)
    assert found.among_shown == 1


def test_cross_validation_never_asks_about_what_it_has_seen():
    secret = [Example("暗号" * 3, "", label) for label in WORDS]  # the same words under three classes
    proposed = cross_validated(EXAMPLES + secret * 5, folds=5)
    right = [p == e.label for p, e in zip(proposed[: len(EXAMPLES)], EXAMPLES, strict=True)]
    assert sum(right) / len(right) > 0.9
    told = [p == e.label for p, e in zip(proposed[len(EXAMPLES) :], secret * 5, strict=True)]
    assert sum(told) / len(told) < 0.7


def test_nothing_heavy_is_loaded_before_it_is_needed():
    code = "import sys, yishiting.methods.classification; print({'numpy', 'scipy', 'sklearn'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert out.stdout.strip() == "set()"


@pytest.mark.parametrize("rules", [None, RULES])
@pytest.mark.parametrize("examples", [EXAMPLES, [one for one in EXAMPLES if one.label != "教育"], EXAMPLES[:20]])
def test_another_process_goes_on_from_what_was_learnt(rules, examples):
    learnt = Classifier(examples, rules or {"交通": ["公交"], "环境": ["垃圾"]})
    stored = json.loads(json.dumps(learnt.as_dict()))
    there = Classifier.from_dict(stored, rules or {"交通": ["公交"], "环境": ["垃圾"]})
    for title, body in [("梧桐里公交车太少", ""), ("银杏苑", "垃圾无人清运，有异味"), ("xqz", "zvx")]:
        assert there.propose(title, body) == learnt.propose(title, body)
    with pytest.raises(Unusable):
        there.corrected("油烟", "", "环境")


def test_who_goes_on_from_it_needs_no_library():
    stored = json.dumps(Classifier(EXAMPLES, RULES).as_dict())
    program = (
        "import json, sys; from yishiting.methods.classification import Classifier;"
        "print(Classifier.from_dict(json.load(sys.stdin)).propose('梧桐里公交车太少').label,"
        " {'sklearn', 'scipy', 'numpy'} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", program], input=stored, capture_output=True, text=True, check=True)
    assert out.stdout.split(maxsplit=1) == ["交通", "set()\n"]
