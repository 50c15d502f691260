"""The board of an area: how many where, how old, how late; every number is as long as the list it opens."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories import proposals
from tests.factories.directors import heads, passed
from tests.factories.sections import a_section
from yishiting.overview.cycle.board import waiting_for
from yishiting.overview.cycle.others import waiting_for_others
from yishiting.overview.cycle.standing import KINDS, standing_of
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(cast: Cast) -> Any:
    """Suggestions of the subdistrict, one of a section, an old and late one of a community, and a draft."""
    here = a_section(cast)
    today = timezone.localdate()
    first, second = passed(cast), passed(cast, "路灯不亮")
    Suggestion.objects.filter(pk=first.pk).update(section=here.unit, responsible=here.he)
    old = proposals.valid(cast, by=cast.lu)
    long_ago = today - timedelta(days=40)
    late = {"received_on": long_ago, "answer_due": today - timedelta(days=1), "responsible_level": "community"}
    Suggestion.objects.filter(pk=old.pk).update(**late)
    proposals.drafted(cast, suggestions=[proposals.valid(cast, text="修坡道")])
    assert second.pk
    return here


def number(text: str) -> int:
    return int(re.sub(r"<[^>]+>|\s", "", text))


def test_every_number_is_as_long_as_its_list(cast: Cast, client: Client, area: Any) -> None:
    client.force_login(cast.zhao)
    address = reverse("desk-standing", args=[cast.maizidian.code])
    page = client.get(address).content.decode()
    assert "城管科" in page
    assert "还没有交科室" in page
    links = re.findall(r'<td class="number"><a href="([^"]+)">(.*?)</a>', page)
    assert len(links) > 8
    for url, shown in dict(links).items():
        listed = client.get(url.replace("&amp;", "&")).context["list"]
        assert not listed.selection.problems, url
        assert listed.page.paginator.count == number(shown), url
    before = queries_of(client, address)
    proposals.drafted(cast, suggestions=[proposals.valid(cast, text="装扶手")])
    assert queries_of(client, address) == before <= 20
    client.force_login(cast.lu)
    assert client.get(address).status_code == 403


def test_the_steps_ages_and_sections_are_counted_once_each(cast: Cast, area: Any) -> None:
    board = standing_of(cast.maizidian, timezone.localdate())
    counted = {one.stage.key: one for one in board.figures}
    assert (counted["assign"].total, counted["answer"].total, counted["classify"].total) == (1, 2, 1)
    assert counted["answer"].late == 1
    assert counted["answer"].ages == (1, 0, 1)
    assert counted["drafted"].total == 1
    for n, kind in enumerate(KINDS):
        whole = sum(one.total for one in board.figures if one.kind is kind)
        assert whole == sum(one.totals[n] for one in board.places) == sum(one.totals[n] for one in board.sections)
    assert {one.name: one.totals[0] for one in board.sections}["城管科"] == 1


def test_the_home_shows_what_is_late_and_what_others_have_in_hand(cast: Cast, client: Client, clock: Any) -> None:
    from tests.factories.sections import reported

    proposal = reported(cast, clock)
    waits = {one.verb: str(one.whom) for one in waiting_for_others(cast.wang, timezone.localdate())}
    assert waits["proposal.bring_back"] == "等上级答复"
    client.force_login(cast.wang)
    home = reverse("desk-home")
    others = client.get(f"{home}?show=others").content.decode()
    assert "等上级答复" in others
    assert "建议案 · 枣营北里社区" in others
    assert reverse("desk-proposal", args=[proposal.pk]) in others
    assert client.get(f"{home}?show=late").status_code == 200
    assert client.get(f"{home}?show=nonsense").context["shows"] == "mine"
    client.force_login(cast.zhao)
    assert proposal.title in client.get(home).content.decode()
    assert Proposal.objects.get(pk=proposal.pk).state == "reported_up"


def test_what_a_section_was_named_for_waits_on_its_home_and_not_on_another(cast: Cast, area: Any) -> None:
    today = timezone.localdate()

    def asked(person: Any) -> set[str]:
        return {str(one.says) for one in waiting_for(person, today) if one.verb == "suggestion.answer"}

    named = Suggestion.objects.get(section=area.unit).title
    head, _leader = heads(cast)
    assert named in asked(area.wu) & asked(area.he) & asked(head)
    assert named not in asked(area.han), "the other section"
