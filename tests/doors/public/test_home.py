"""The front door and the page of a place: readable without signing in, the same number of queries whatever stands there."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.projects import adopted_proposal
from yishiting.ground.accounts.actors import Visitor
from yishiting.year.projects.actions import open_project
from yishiting.year.suggestions.actions import screen_suggestion, submit_suggestion

pytestmark = pytest.mark.django_db


def test_home_finds_a_community_by_initials(client: Client, cast: Cast) -> None:
    cast.zaobei.initials = "zybl"
    cast.zaobei.save()
    assert client.get("/").status_code == 200
    answer = client.get("/", {"place": "枣营北里社区"})
    assert answer.headers["Location"] == f"/p/{cast.zaobei.code}/"


def test_an_unknown_place_says_what_to_do(client: Client, cast: Cast) -> None:
    answer = client.get("/p/999999999999/")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()


def test_a_place_shows_its_year(client: Client, cast: Cast) -> None:
    page = client.get(f"/p/{cast.zaobei.code}/").content.decode()
    assert "枣营北里社区" in page
    assert "问政季" in page
    assert "提一条建议，全年都收" in page


@pytest.mark.parametrize("address", ["/p/{code}/", "/p/{code}/suggestions/", "/p/{code}/projects/"])
def test_as_many_queries_for_one_as_for_three(
    client: Client, cast: Cast, address: str, django_assert_num_queries
) -> None:
    def fill(n: int) -> None:
        submit_suggestion(cast.zaobei, by=Visitor(), text=f"第{n}件事，路灯不亮")
        open_project(adopted_proposal(cast, title=f"装灯{n}"), by=cast.wang)

    fill(1)
    one = queries_of(client, address.format(code=cast.zaobei.code))
    fill(2)
    fill(3)
    assert queries_of(client, address.format(code=cast.zaobei.code)) == one <= 15


def test_a_matter_reads_from_first_words_to_now(client: Client, cast: Cast) -> None:
    one = submit_suggestion(cast.zaobei, by=Visitor(), text="3号楼门口的路灯坏了半个月", phone="13911112222")
    page = client.get(f"/suggestions/{one.pk}/").content.decode()
    assert "初审" in page
    assert "13911112222" not in page


def test_an_entry_of_the_record_is_checked_on_the_spot(client: Client, cast: Cast) -> None:
    page = client.get("/record/1/").content.decode()
    assert "核对通过" in page
    assert client.get("/record/").status_code == 200


def test_words_are_public_only_once_screened(client: Client, cast: Cast) -> None:
    said = "张某某欠我三千块钱不还"
    one = submit_suggestion(cast.zaobei, by=Visitor(), text=said, phone="13911112222")
    marks = dict.fromkeys(("factual", "legality", "feasibility"), "pass") | {"public_interest": "fail"}

    def shown() -> str:
        pages = (
            f"/suggestions/{one.pk}/",
            f"/p/{cast.zaobei.code}/suggestions/",
            f"/p/{cast.zaobei.code}/suggestions/?q=三千块",
        )
        return "".join(client.get(page).content.decode() for page in pages)

    assert "张某某" not in shown()
    screen_suggestion(one, by=cast.liu, **marks, result="not_admissible", reason="张某某的事请找调解委员会")
    assert "张某某" not in shown()
    assert "理由凭受理号可以查看" in shown()
