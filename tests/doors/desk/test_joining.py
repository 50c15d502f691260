"""几个社区说的是同一件事: the subdistrict's bench and list; what each community sees of it."""

from datetime import date
from typing import Any

from django.urls import reverse

from tests.cast import OPERATOR, Cast, person, place
from tests.doors.api.program import Program
from tests.doors.counting import queries_of
from tests.year.suggestions.test_joining import WORDS, valid
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.ground.places.models import Kind, Level
from yishiting.year.suggestions.actions import merge_suggestions
from yishiting.year.suggestions.models import Suggestion


def said(page: Any) -> str:
    return page.content.decode()


def two_of(cast: Cast) -> tuple[Suggestion, Suggestion]:
    return (
        valid(cast, cast.zaobei, cast.wang, text=WORDS[0]),
        valid(cast, cast.zaonan, cast.qian, text=WORDS[1], phone="13900000022"),
    )


def test_the_bench_of_the_subdistrict(cast: Cast, sign_in: Any) -> None:
    one, other = two_of(cast)
    desk, bench = sign_in(cast.zhao), reverse("desk-merging", args=[cast.maizidian.code])
    page = said(desk.get(bench))
    assert "枣营北里社区" in page
    assert "枣营南里社区" in page
    listed = said(desk.get(reverse("desk-area-suggestions", args=[cast.maizidian.code])))
    assert one.title in listed
    keys = [str(one.pk), str(other.pk)]
    after = said(desk.post(bench, {"decide": "merge", "group": keys, "main": keys[0], "same": keys}, follow=True))
    assert "已把1条并入" in after
    assert Suggestion.objects.get(pk=other.pk).merged_into_id == one.pk


def test_the_queries_do_not_grow_with_the_communities(cast: Cast, sign_in: Any) -> None:
    desk, bench = sign_in(cast.zhao), reverse("desk-merging", args=[cast.maizidian.code])
    two_of(cast)
    few = queries_of(desk, bench)
    third = place("110105012023", "农展南里社区", Level.COMMUNITY, Kind.COMMUNITY, cast.maizidian)
    leader = person("third", "吴书记", "13800000077")
    appoint(third, by=OPERATOR, person=leader, office=Office.COMMUNITY_SECRETARY, since=date(2025, 1, 1))
    valid(cast, third, leader, text=WORDS[0], phone="13900000026")
    assert third.name in said(desk.get(bench))
    assert queries_of(desk, bench) == few
    assert few <= 15


def test_each_community_sees_who_joined_it_and_where_it_lies(cast: Cast, sign_in: Any) -> None:
    one, other = two_of(cast)
    merge_suggestions(one, by=cast.zhao, others=[other])
    theirs = said(sign_in(cast.qian).get(reverse("desk-suggestion", args=[other.pk])))
    assert "由麦子店街道合并，现在由麦子店街道办理" in theirs
    assert reverse("public-suggestion", args=[one.pk]) in theirs
    assert reverse("do", args=["suggestion.unmerge", other.pk]) not in theirs
    main = said(sign_in(cast.liu).get(reverse("desk-suggestion", args=[one.pk])))
    assert "现在由麦子店街道办理" in main
    assert reverse("desk-suggestion", args=[other.pk]) not in main
    above = said(sign_in(cast.zhao).get(reverse("desk-suggestion", args=[one.pk])))
    assert reverse("do", args=["suggestion.unmerge", other.pk]) in above
    waiting = said(sign_in(cast.zhao).get(reverse("desk-home")))
    assert one.title in waiting


def test_a_program_of_the_subdistrict_does_the_same(cast: Cast) -> None:
    one, other = two_of(cast)
    merged = Program(person=cast.zhao).post(f"/suggestions/{one.pk}/merge", others=[str(other.pk)])
    assert merged["merged_here"] == [str(other.pk)]
    assert Suggestion.objects.get(pk=other.pk).merged_into_id == one.pk
