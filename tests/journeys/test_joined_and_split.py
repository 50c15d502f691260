"""Two communities say the same; the subdistrict joins it on its bench and later takes it apart: over HTTP, by the cast.

What is counted by where it was said stands still, everybody's words stay, and both proposers are told both times.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.suggestions import ALL_PASS
from yishiting.ground.notices.models import Message
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.receipts import slip_token

pytestmark = pytest.mark.django_db
SAID = {
    "zaobei": ("农展馆南路东口没有红绿灯，老人过街危险", "13900000021"),
    "zaonan": ("农展馆南路东口路口车快，希望装红绿灯，老人不敢过街", "13900000022"),
}


def said(page: Any) -> str:
    return page.content.decode()


def suggested(place: Place, text: str, phone: str) -> Suggestion:
    """Somebody without an account says it on the public page."""
    page = reverse("suggest-here", args=[place.code])
    given = {"text": text, "where": "农展馆南路东口", "phone": phone, "naming": "anonymous"}
    assert Client().post(page, given).status_code == 302
    return Suggestion.objects.get(place=place)


def let_in(desk: Client, one: Suggestion) -> None:
    answer = desk.post(reverse("suggestion-screen", args=[one.pk]), {**ALL_PASS, "result": "valid"})
    assert answer.status_code == 302, said(answer)


def counted(cast: Cast, sign_in: Any) -> list[Any]:
    """Whatever is counted by origin: the reports of both communities, the figures everybody reads."""
    told: list[Any] = []
    for place, who in ((cast.zaobei, cast.liu), (cast.zaonan, cast.qian)):
        page = sign_in(who).get(reverse("desk-solicitation-report", args=[place.code]))
        report = page.context["report"]
        told.append((report.said, report.channels, report.people, report.categories, report.levels))
    for place in (cast.district, cast.maizidian, cast.zaobei, cast.zaonan):
        told.append(Client().get(reverse("place", args=[place.code])).context["bars"][0].count)
    return told


def test_a_merge_across_communities_is_later_split(cast: Cast, sign_in: Any) -> None:
    one = suggested(cast.zaobei, *SAID["zaobei"])
    other = suggested(cast.zaonan, *SAID["zaonan"])
    let_in(sign_in(cast.liu), one)
    let_in(sign_in(cast.qian), other)
    before = counted(cast, sign_in)

    desk, bench = sign_in(cast.zhao), reverse("desk-merging", args=[cast.maizidian.code])
    shown = said(desk.get(bench))
    assert "枣营北里社区" in shown
    assert "枣营南里社区" in shown
    keys = [str(one.pk), str(other.pk)]
    joined = desk.post(bench, {"decide": "merge", "group": keys, "main": keys[0], "same": keys}, follow=True)
    assert "已把1条并入" in said(joined)
    assert counted(cast, sign_in) == before
    assert said(sign_in(cast.qian).get(reverse("desk-suggestion", args=[other.pk]))).count("由麦子店街道合并") == 1
    follow = reverse("follow-one", args=[slip_token(other)])
    assert SAID["zaonan"][0] in said(Client().get(follow)), "their own words stay"

    undo = reverse("do", args=["suggestion.unmerge", other.pk])
    assert sign_in(cast.qian).get(undo).status_code == 403, "undone where it was joined"
    apart = desk.post(undo, {"reason": "一个在东口，一个在西口"}, follow=True)
    assert "已撤销合并" in said(apart)
    assert counted(cast, sign_in) == before
    for each in (one, other):
        each.refresh_from_db()
        assert (each.state, each.merged_into) == ("valid", None)
        assert each.text == SAID["zaobei" if each == one else "zaonan"][0]
    told = {(one.template.split(".")[1], one.address) for one in Message.objects.all()}
    (mine, theirs) = (SAID[name][1] for name in ("zaobei", "zaonan"))
    assert {("gone_up", mine), ("home_again", mine), ("merged", theirs), ("unmerged", theirs)} <= told
