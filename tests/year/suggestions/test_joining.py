"""Several communities said the same: the place above puts it together, and can take it apart again."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.factories.suggestions import ALL_PASS, a_suggestion
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import why_not
from yishiting.ground.notices.models import Message
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import common_place
from yishiting.year.dossiers.queries import living
from yishiting.year.suggestions.actions import (
    answer_suggestion,
    keep_apart,
    merge_suggestions,
    screen_suggestion,
    unmerge_suggestion,
)
from yishiting.year.suggestions.models import Suggestion, Unlike
from yishiting.year.suggestions.queries.joining import suggestions_below
from yishiting.year.suggestions.queries.likeness import alike
from yishiting.year.suggestions.queries.reports import solicitation_report
from yishiting.year.suggestions.states import State

WORDS = ("农展馆南路东口没有红绿灯，老人过街危险", "农展馆南路东口路口车快，希望装红绿灯，老人不敢过街")


def valid(cast: Cast, place: Place, by: Person, **facts: Any) -> Suggestion:
    said = a_suggestion(cast, place=place, **{"where": "农展馆南路东口", **facts})
    return screen_suggestion(said, by=by, **ALL_PASS, result="valid")


@pytest.fixture
def two(cast: Cast) -> tuple[Suggestion, Suggestion]:
    """枣营北里 and 枣营南里 say the same of the road between them."""
    return (
        valid(cast, cast.zaobei, cast.wang, text=WORDS[0]),
        valid(cast, cast.zaonan, cast.qian, text=WORDS[1], phone="13900000022"),
    )


def file_of(one: Suggestion) -> Any:
    return living(Suggestion.objects.select_related("dossier").get(pk=one.pk).dossier)


def test_the_nearest_place_above_all_of_them(cast: Cast) -> None:
    assert common_place([cast.zaobei, cast.zaobei]) == cast.zaobei
    assert common_place([cast.zaobei, cast.zaonan]) == cast.maizidian
    assert common_place([cast.zaobei, cast.maizidian]) == cast.maizidian
    assert common_place([cast.zaobei, cast.anzhen]) == cast.district


def test_the_subdistrict_joins_what_two_communities_said(cast: Cast, two: Any) -> None:
    main, other = two
    Message.objects.all().delete()
    merge_suggestions(main, by=cast.zhao, others=[other])
    other.refresh_from_db()
    assert (other.state, other.merged_into, other.place) == (State.MERGED, main, cast.zaonan)
    assert file_of(other) == file_of(main)
    assert file_of(main).lies_at == cast.maizidian
    assert [one.address for one in Message.objects.all() if "合并为一项办理" in one.body] == ["13900000022"]
    assert alike(cast.maizidian) == []


def test_whoever_joined_them_answers_both(cast: Cast, two: Any) -> None:
    main, other = two
    assert why_not(cast.zhao, "suggestion.answer", main) is not None
    merge_suggestions(main, by=cast.zhao, others=[other])
    Message.objects.all().delete()
    main = Suggestion.objects.get(pk=main.pk)
    answer_suggestion(main, by=cast.zhao, kind="planned", text="已列入麦子店街道今年的实事。")
    told = [one.address for one in Message.objects.all() if "已列入麦子店街道" in one.body]
    assert sorted(told) == ["13900000021", "13900000022"]
    assert Suggestion.objects.get(pk=other.pk).answered_on is not None


def test_it_is_undone_by_the_same_desk_and_lies_at_home_again(cast: Cast, two: Any) -> None:
    main, other = two
    merge_suggestions(main, by=cast.zhao, others=[other])
    other = Suggestion.objects.get(pk=other.pk)
    with pytest.raises(NotAllowed, match="麦子店街道合并的"):
        unmerge_suggestion(other, by=cast.qian, reason="我们的另外办")
    unmerge_suggestion(other, by=cast.zhao, reason="说的是两个路口")
    assert (other.state, other.merged_into) == (State.VALID, None)
    assert (file_of(main).lies_at, file_of(other).lies_at) == (cast.zaobei, cast.zaonan)
    assert file_of(other) != file_of(main)
    assert why_not(cast.zhao, "suggestion.answer", Suggestion.objects.get(pk=main.pk)) is not None


def test_no_community_joins_what_another_said(cast: Cast, two: Any) -> None:
    with pytest.raises(NotAllowed, match="麦子店街道合并"):
        merge_suggestions(two[0], by=cast.wang, others=[two[1]])


def test_the_subdistrict_leaves_one_community_to_its_own_desk(cast: Cast, two: Any) -> None:
    beside = valid(cast, cast.zaobei, cast.wang, text=WORDS[1], phone="13900000023")
    with pytest.raises(NotAllowed, match="枣营北里社区合并"):
        merge_suggestions(two[0], by=cast.zhao, others=[beside])


def test_what_a_community_has_not_screened_is_screened_first(cast: Cast, two: Any) -> None:
    raw = a_suggestion(cast, place=cast.zaonan, text=WORDS[0], phone="13900000024")
    with pytest.raises(Refused, match="还没有初审"):
        merge_suggestions(two[0], by=cast.zhao, others=[raw])


def test_the_district_joins_what_is_not_the_duty_of_those_below(cast: Cast, two: Any) -> None:
    own = a_suggestion(cast, place=cast.anzhen, text=WORDS[1], phone="13900000025")
    Suggestion.objects.filter(pk=own.pk).update(state=State.VALID)
    own.refresh_from_db()
    with pytest.raises(Refused, match="没有报送"):
        merge_suggestions(two[0], by=cast.sun, others=[own])
    Suggestion.objects.filter(pk__in=[own.pk, two[0].pk]).update(responsible_level="district")
    main = Suggestion.objects.get(pk=two[0].pk)
    merge_suggestions(main, by=cast.sun, others=[own])
    assert file_of(own).lies_at == cast.district


def test_likeness_over_all_communities(cast: Cast, two: Any) -> None:
    assert [set(group) for group in alike(cast.maizidian)] == [{one.pk for one in two}]
    assert alike(cast.zaobei) == alike(cast.zaonan) == []
    assert {one.pk for one in suggestions_below(cast.maizidian)} == {one.pk for one in two}
    keep_apart(two[0], by=cast.zhao, other=two[1])
    assert Unlike.objects.get().place == cast.maizidian
    assert alike(cast.maizidian) == []


def test_each_report_counts_what_was_said_there(cast: Cast, two: Any) -> None:
    before = [solicitation_report(place, 2026).said for place in (cast.zaobei, cast.zaonan)]
    merge_suggestions(two[0], by=cast.zhao, others=[two[1]])
    reports = [solicitation_report(place, 2026) for place in (cast.zaobei, cast.zaonan)]
    assert [one.said for one in reports] == before
    assert [[row.suggestions for row in one.clusters] for one in reports] == [[], [1]], "joined, not joined to"
