"""What a process remembers of a place's suggestions is never staler than what was done there."""

from datetime import date
from typing import Any
from uuid import UUID

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories.suggestions import a_slip, a_suggestion, many_alike
from yishiting.ground.seasons.actions import open_special_intake
from yishiting.year.suggestions.actions import (
    merge_suggestions,
    split_suggestion,
    strike_suggestion,
    unmerge_suggestion,
    unsplit_suggestion,
)
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.likeness import alike, similar_now

CANTEEN, PARKING = "希望在东门建一个老年食堂", "西门口乱停车，堵了消防通道"


def heard(cast: Cast, words: str) -> list[Suggestion]:
    return [like.suggestion for like in similar_now(cast.zaobei, words)]


def test_one_struck_while_an_older_one_is_brought_in(cast: Cast, clock: Clock) -> None:
    """As in a replay: neither the number nor the newest of them tells."""
    gone = a_slip(cast, text=CANTEEN, where="")
    a_slip(cast)
    assert heard(cast, CANTEEN) == [gone]
    strike_suggestion(gone, by=cast.liu)
    clock.to(date(2025, 3, 5))
    days = {"opens": date(2025, 3, 1), "closes": date(2025, 3, 31)}
    open_special_intake(cast.zaobei, by=cast.wang, reason="补录去年的意见", **days)
    added = a_slip(cast, text=PARKING, where="")
    clock.to(TODAY)
    assert (heard(cast, CANTEEN), heard(cast, PARKING)) == ([], [added])


def test_a_split_and_its_undoing(cast: Cast) -> None:
    whole = a_slip(cast, text=f"{CANTEEN}。{PARKING}", where="")
    assert heard(cast, CANTEEN) == [whole]
    canteen, parking = split_suggestion(whole, by=cast.liu, parts=[CANTEEN, PARKING])
    assert (heard(cast, CANTEEN), heard(cast, PARKING)) == ([canteen], [parking])
    unsplit_suggestion(whole, by=cast.liu, reason="其实是一件事")
    assert heard(cast, CANTEEN) == [whole]


def test_one_struck_while_one_is_added(cast: Cast) -> None:
    gone = a_slip(cast, text=CANTEEN, where="")
    a_slip(cast)
    assert heard(cast, CANTEEN) == [gone]
    strike_suggestion(gone, by=cast.liu)
    added = a_slip(cast, text=PARKING, where="")
    assert (heard(cast, CANTEEN), heard(cast, PARKING)) == ([], [added])


def test_a_merger_undone(cast: Cast) -> None:
    main, other = many_alike(cast, 2)
    merge_suggestions(main, by=cast.liu, others=[other])
    assert alike(cast.zaobei) == []
    other.refresh_from_db()
    unmerge_suggestion(other, by=cast.liu, reason="不是一件事")
    assert {pk for members in alike(cast.zaobei) for pk in members} == {main.pk, other.pk}


def test_what_left_its_group_and_came_back_stands_in_it_once(cast: Cast) -> None:
    whole, other, *_ = many_alike(cast, 3)
    assert len(alike(cast.zaobei)) == 1
    split_suggestion(whole, by=cast.liu, parts=[CANTEEN, PARKING])
    assert all(whole.pk not in members for members in alike(cast.zaobei))
    unsplit_suggestion(whole, by=cast.liu, reason="其实是一件事")
    (members,) = alike(cast.zaobei)
    assert sorted(members) == sorted(set[UUID](members))
    assert {whole.pk, other.pk} <= set(members)


def test_whether_anything_was_done_is_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    a_suggestion(cast)
    assert heard(cast, CANTEEN) == []
    with django_assert_num_queries(1):
        heard(cast, CANTEEN)
