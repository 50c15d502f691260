"""What everybody may read about the council."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.councils import a_council, a_nominating_term, a_publicised_term, a_seated_term
from yishiting.year.councils.actions import end_representative, end_term, record_consent
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import Candidate, Representative


def page_of(client: Client, cast: Cast, name: str = "council", **more: object) -> str:
    return client.get(reverse(name, kwargs={"code": cast.zaobei.code, **more})).content.decode()


def test_before_there_is_a_council_and_while_nominations_are_taken(cast: Cast, client: Client) -> None:
    assert "还没有登记议事协商会" in page_of(client, cast)
    a_council(cast)
    assert "协商社区公共事务" in page_of(client, cast)


def test_nominations_are_announced_with_the_way_to_come_forward(cast: Cast, client: Client) -> None:
    a_nominating_term(cast)
    page = page_of(client, cast)
    assert "正在提名推荐" in page
    assert reverse("stand", args=[cast.zaobei.code]) in page


def test_candidates_show_only_what_they_agreed_to(cast: Cast, client: Client) -> None:
    assert "现在没有公示的候选人" in page_of(client, cast, "council-candidates")
    a_publicised_term(cast)
    candidate = Candidate.objects.get(name="一甲")
    record_consent(candidate, by=cast.liu, consents=True, publishes=[])
    page = page_of(client, cast, "council-candidates")
    assert "一甲" in page
    assert "12名居民" not in page
    assert "13800000002" not in page


def test_the_roster_stays_public_over_terms_without_those_who_left_for_today(
    cast: Cast, client: Client, clock: Clock
) -> None:
    term = a_seated_term(cast, clock)
    seat = Representative.objects.get(name="一甲")
    end_representative(seat, by=cast.wang, kind=Leaving.RESIGNED, reason="家庭原因")
    clock.to(seat.since + timedelta(days=1))
    page = page_of(client, cast)
    assert "一乙" in page
    assert "一甲" not in page
    assert "家庭原因" not in page
    end_term(term, by=cast.wang, on=seat.since + timedelta(days=1), reason="社区合并")
    assert "现在没有在任的议事代表" in page_of(client, cast)
    old = page_of(client, cast, "council-term", number=3)
    assert "一甲" in old
    assert "离任" in old
    assert client.get(reverse("council-term", args=[cast.zaobei.code, 9])).status_code == 404


def test_who_takes_the_consent_back_is_starred(cast: Cast, client: Client, clock: Clock) -> None:
    a_seated_term(cast, clock)
    record_consent(Candidate.objects.get(name="一乙"), by=cast.liu, consents=False)
    page = page_of(client, cast)
    assert "一乙" not in page
    assert "一*" in page
