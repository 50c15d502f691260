"""Similarity on a Beijing district's own names and numbers: nothing that tells two matters apart is lost in reading."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yishiting.methods.similarity import Index, Options, Text, compare, normalise
from yishiting.methods.similarity.normalise import written
from yishiting.methods.similarity.place_names import place_names

with (Path(__file__).parent / "beijing_pairs.csv").open(encoding="utf-8", newline="") as file:
    PAIRS = list(csv.DictReader(file))
NUMBERS = st.one_of(
    st.integers(0, 99_999).map(str),
    st.decimals(0, 999, places=1, allow_nan=False).map(str),
    st.tuples(st.integers(1, 99), st.sampled_from("-、,/:"), st.integers(1, 99)).map(
        lambda of: f"{of[0]}{of[1]}{of[2]}"
    ),
)
DIGITS = "零一二三四五六七八九"


def judged(one, other, rarity=None):
    return compare(Text("1", one), Text("2", other), rarity)


# ── Writing ──


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("地铁十三号线", "地铁13号线"),
        ("门牌号十年没换", "门牌号10年没换"),
        ("第十二届", "第12届"),
        ("一百零五号院", "105号院"),
        ("二〇二五年", "2025年"),
        ("三〇五室", "305室"),
        ("押金三万元", "押金30000元"),
        ("押金3.5万元", "押金35000元"),
        ("押金1,200元", "押金1200元"),
        ("押金3千元", "押金三千元"),
        ("35块钱", "35元"),
        ("9－1号楼", "9-1号楼"),
        ("①②号楼", "1、2号楼"),
        ("2#楼", "二号楼"),
        ("负一层", "地下1层"),
        ("公交十三路", "公交13路"),
    ],
)
def test_one_number_is_written_one_way(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.5元", "35元"),
        ("9-1号楼", "91号楼"),
        ("1-2单元", "12单元"),
        ("1、2号楼", "12号楼"),
        ("①②号楼", "12号楼"),
        ("十三号线", "三号线"),
        ("一号楼", "二号楼"),
        ("-1层", "1层"),
        ("50%", "50"),
        ("10:30", "1030"),
        ("𣲗河", "河"),
        ("Ж小区", "Я小区"),
        ("\ue000庄", "\ue001庄"),
        ("三五年", "35年"),
    ],
)
def test_two_numbers_or_characters_never_become_one(one, other):
    assert normalise(one) != normalise(other)
    assert not judged(f"{one}漏水", f"{other}漏水").identical


@pytest.mark.parametrize(
    "name", ["五一路", "三里屯", "八里庄", "十里堡", "百子湾", "三元桥", "东四十条", "双井", "天桥"]
)
def test_a_name_keeps_its_numeral(name):
    assert normalise(name) == name


@given(NUMBERS, NUMBERS)
def test_numbers_that_differ_stay_apart(one, other):
    same = one.replace("、", ",") == other.replace("、", ",")
    assert (normalise(f"收{one}元") == normalise(f"收{other}元")) == same


@given(st.integers(1, 99))
def test_chinese_and_arabic_numerals_agree(number):
    tens, ones = divmod(number, 10)
    chinese = ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    assert normalise(f"{chinese}号楼") == normalise(f"{number}号楼") == f"{number}号楼"


@given(st.text(st.sampled_from("一二三十百万零〇两年月号楼元块#,.-%①²½路公交地下负第 ３3ａ"), max_size=14))
@example("²万〇号")
@example("3万〇号")
def test_writing_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)
    assert written(written(text)) == written(text)


# ── Pairs ──


@pytest.fixture(scope="module", params=["alone", "in a corpus"])
def rarity(request):
    texts = [Text(f"{at}{side}", pair[side]) for at, pair in enumerate(PAIRS) for side in ("one", "other")]
    return None if request.param == "alone" else Index(texts).rarity


def share_proposed(verdict, rarity):
    pairs = [pair for pair in PAIRS if pair["verdict"] == verdict]
    proposed = [judged(pair["one"], pair["other"], rarity).score >= Options().threshold for pair in pairs]
    return sum(proposed) / len(proposed)


def test_at_most_one_in_fourteen_different_ones_is_proposed(rarity):
    assert share_proposed("different", rarity) <= 1 / 14


def test_at_least_three_in_four_same_ones_are_found(rarity):
    assert share_proposed("same", rarity) >= 3 / 4


def test_different_ones_are_never_identical():
    assert not [
        pair for pair in PAIRS if pair["verdict"] == "different" and judged(pair["one"], pair["other"]).identical
    ]


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("团结湖北里3号楼漏水", "团结湖南里3号楼漏水", "方位或序号不同：团结湖北里 ／ 团结湖南里"),
        ("我们楼要装电梯", "我们楼不要装电梯", "主张相反：一条要“装”，另一条不要"),
        ("希望关闭菜市场", "希望不要关闭菜市场", "主张相反：一条要“关闭”，另一条不要"),
        ("地铁十三号线太挤", "地铁三号线太挤", "编号不同：13号线 ／ 3号线"),
        ("又一城A区路灯不亮", "又一城B区路灯不亮", "编号不同：A区 ／ B区"),
    ],
)
def test_what_tells_them_apart_is_said(one, other, says):
    assert says in [conflict.chinese for conflict in judged(one, other).conflicts]


# ── Reasons ──


@pytest.mark.parametrize(
    "words",
    [
        "一条腿老人坐不稳",
        "打玻璃",
        "开办老年",
        "车次",
        "太挤",
        "35元",
        "老旧小区",
        "我们小区",
        "小区里",
        "半夜里",
        "这条路",
        "看不见路",
        "公交站",
        "菜市场",
        "附近小区",
    ],
)
def test_left_over_words_are_no_place(words):
    assert place_names(normalise(words)) == ()
    said = judged(f"{words}，请解决", f"{words}，盼解决")
    assert not [reason for reason in said.reasons if reason.kind == "same_place"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("反映团结湖北里3号楼漏水", ("团结湖北里",)),
        ("望京西园三区没有路灯", ("望京西园3区",)),
        ("我住在柳荫小区附近", ("柳荫小区",)),
        ("经海三路没有斑马线", ("经海三路",)),
        ("酒仙桥八街坊停电", ("酒仙桥8街坊",)),
    ],
)
def test_places_are_known_by_their_pattern(words, names):
    assert place_names(normalise(words)) == names


def test_places_of_a_table_are_known_without_a_pattern():
    assert place_names(normalise("呼家楼菜市场脏乱"), {"呼家楼", "团结湖"}) == ("呼家楼",)


@pytest.mark.parametrize(
    ("one", "other", "never"),
    [("柳荫小区电梯停运", "柳荫小区电梯停运了", "公交"), ("柳荫小区下水道堵塞", "柳荫小区下水道堵了", "违停")],
)
def test_a_word_of_many_meanings_is_no_matter_of_its_own(one, other, never):
    assert not [reason for reason in judged(one, other).reasons if never in reason.words]
