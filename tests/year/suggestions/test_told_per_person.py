"""A person who said the same three times is one person: told once at each step; an act on three slips is one act."""

from django.test import Client

from tests.cast import Cast
from tests.factories import proposals
from tests.factories.suggestions import ALL_PASS, a_suggestion, a_valid_one, many_alike
from yishiting.ground.notices.models import Message
from yishiting.year.suggestions.actions import (
    answer_suggestion,
    merge_suggestions,
    screen_suggestion,
    unmerge_suggestion,
)
from yishiting.year.suggestions.models import AnswerKind, Suggestion

PHONE = "13900000031"


def fresh(one: Suggestion) -> Suggestion:
    return Suggestion.objects.get(pk=one.pk)


def thrice(cast: Cast) -> list[Suggestion]:
    return [a_suggestion(cast, text=f"三号楼的灯坏了，第{n}次来说", phone=PHONE) for n in (1, 2, 3)]


def test_each_step_is_told_once(cast: Cast) -> None:
    main, *others = thrice(cast)
    merge_suggestions(main, by=cast.liu, others=others)
    assert Message.objects.filter(template__startswith="suggestion.merged").count() == 1
    screen_suggestion(fresh(main), by=cast.liu, **ALL_PASS, result="valid")
    proposals.drafted(cast, suggestions=[fresh(main)])
    assert Message.objects.filter(template="proposal.draft").count() == 1
    answer_suggestion(fresh(main), by=cast.liu, kind=AnswerKind.PLANNED, text="列入今年的计划。")
    (told,) = Message.objects.filter(template__startswith="suggestion.answered")
    assert all(one.receipt[-4:] in told.body for one in (main, *others)), "her three receipt numbers stand in it"


def test_two_neighbours_are_two(cast: Cast) -> None:
    main = a_suggestion(cast, text="楼道堆物", phone=PHONE)
    other = a_suggestion(cast, text="楼道里堆东西", phone="13900000032")
    merge_suggestions(main, by=cast.liu, others=[other])
    screen_suggestion(fresh(main), by=cast.liu, **ALL_PASS, result="valid")
    proposals.drafted(cast, suggestions=[fresh(main)])
    assert Message.objects.filter(template="proposal.draft").count() == 2


def test_whoever_comes_later_gets_the_answer_that_was_given(cast: Cast) -> None:
    main = a_valid_one(cast, text="电梯异响", phone=PHONE)
    answer_suggestion(fresh(main), by=cast.liu, kind=AnswerKind.SETTLED, text="轴承换过了，不响了。")
    late = a_valid_one(cast, text="电梯有怪声", phone="13900000033")
    merge_suggestions(fresh(main), by=cast.liu, others=[late])
    told = Message.objects.filter(template__startswith="suggestion.merged").get()
    assert "轴承换过了" in told.body
    assert fresh(late).answered_on == fresh(main).answered_on


def test_taken_out_again_it_waits_for_its_own_answer(cast: Cast) -> None:
    main, other = a_valid_one(cast, text="灯坏了", phone=PHONE), a_valid_one(cast, text="门坏了", phone="13900000034")
    merge_suggestions(fresh(main), by=cast.liu, others=[other])
    answer_suggestion(fresh(main), by=cast.liu, kind=AnswerKind.SETTLED, text="灯换好了。")
    unmerge_suggestion(fresh(other), by=cast.liu, reason="说的是门")
    assert fresh(other).answered_on is None
    assert fresh(main).answered_on is not None
    assert "重新单独办理" in Message.objects.filter(template__startswith="suggestion.unmerged").get().body


def test_what_was_answered_before_the_merge_stays_answered(cast: Cast) -> None:
    main, other = a_valid_one(cast, text="灯坏了", phone=PHONE), a_valid_one(cast, text="灯又坏了", phone="13900000035")
    answer_suggestion(fresh(other), by=cast.liu, kind=AnswerKind.PLANNED, text="下月换。")
    before = fresh(other).answered_on
    merge_suggestions(fresh(main), by=cast.liu, others=[fresh(other)])
    unmerge_suggestion(fresh(other), by=cast.liu, reason="两处")
    assert fresh(other).answered_on == before


def test_one_merge_of_two_is_told_as_one(cast: Cast) -> None:
    main, *others = many_alike(cast, 3)
    merge_suggestions(main, by=cast.liu, others=others)
    page = Client().get(f"/suggestions/{main.pk}/").content.decode()
    assert "同项合并" in page
    assert "同项合并（" not in page, "one act is told once, however many it was done to"
