"""What the machine proposes: from rules at first, from the clerks once enough was confirmed; a person decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import OPERATOR, Cast
from tests.factories.suggestions import ALL_PASS, a_slip
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.suggestions.actions import classify_suggestion, load_categories, screen_suggestion
from yishiting.year.suggestions.categories import DISTRICT, STREET
from yishiting.year.suggestions.guessing import CLASS_WORDS, LEVEL_WORDS, class_guesses, guesses, level_guesses
from yishiting.year.suggestions.models import Category
from yishiting.year.suggestions.queries import guesses as queries

SAID = (
    ("楼道灯坏了半个月，老人下楼看不清", "环境/设施维修", "community"),
    ("楼下饭馆油烟太大，半夜还在吵", "扰民/噪声油烟", "resident_unit"),
    ("路面坑洼，一下雨就积水", "出行/道路和出入口", "subdistrict"),
    ("希望办一个老年餐桌，给高龄老人送餐", "养老/助老服务", None),
    ("东门总有车乱停，堵了消防通道", "停车/停车秩序", None),
    ("有人在楼顶私搭乱建，还打隔断群租", "扰民/违建群租", "subdistrict"),
    ("楼门口垃圾没人清，招蚊子", "环境/卫生绿化", None),
    ("小区没有监控，电动车被盗了两次", "管理/安全防范", None),
)


@pytest.mark.parametrize(("text", "path", "level"), SAID)
def test_the_rules_know_the_usual_matters(text: str, path: str, level: str | None) -> None:
    assert class_guesses("", text)[0].value == path
    if level:
        assert level in {guess.value for guess in level_guesses("", text)[:2]}


def test_every_class_and_level_the_rules_name_exists() -> None:
    paths = {f"{group.name}/{aspect.name}" for group in STREET for aspect in group.below}
    assert set(CLASS_WORDS) <= paths | {branch.name for branch in DISTRICT}
    assert set(CLASS_WORDS) >= paths
    assert set(LEVEL_WORDS) == set(ResponsibleLevel.values)


@given(st.text(max_size=60), st.text(max_size=200))
def test_confidences_are_shares_in_falling_order(title: str, text: str) -> None:
    for table in (CLASS_WORDS, LEVEL_WORDS):
        found = guesses(table, title, text)
        shares = [guess.confidence for guess in found]
        assert shares == sorted(shares, reverse=True)
        assert all(0 < share < 1 for share in shares)
        assert sum(shares) < 1
        assert all(word in title or word in text for guess in found for word in guess.words)


def test_clerks_are_learned_from_once_enough_was_confirmed(cast: Cast, monkeypatch) -> None:
    load_categories(cast.district, by=OPERATOR)
    queries.forget_everything()
    monkeypatch.setattr(queries, "ENOUGH", 8)
    known = list(Category.objects.all())
    kite, shed = Category.objects.get(path="管理/物业管理"), Category.objects.get(path="停车/停车位")
    for n in range(4):
        one = a_slip(cast, text=f"{n}号楼前放风筝的人太多，风筝线危险")
        assert all(not guess.learned_from for _class, guess in queries.proposals(one, known)[0])
        screen_suggestion(one, by=cast.liu, **ALL_PASS, result="valid")
        classify_suggestion(one, by=cast.liu, category=kite, responsible_level="community")
        other = a_slip(cast, text=f"{n}号楼没有存自行车的地方，车棚太小")
        screen_suggestion(other, by=cast.liu, **ALL_PASS, result="valid")
        classify_suggestion(other, by=cast.liu, category=shed, responsible_level="resident_unit")
    likely, levels = queries.proposals(a_slip(cast, text="5号楼前放风筝，线很危险"), known)
    assert (likely[0][0], likely[0][1].learned_from) == (kite, 8)
    assert levels[0][0] == ResponsibleLevel.COMMUNITY
    elsewhere = a_slip(cast, place=cast.zaonan, by=cast.qian, text="楼前放风筝的人多，风筝线伤人")
    assert queries.proposals(elsewhere, known)[0][0][0] == kite
    queries.forget_everything()
