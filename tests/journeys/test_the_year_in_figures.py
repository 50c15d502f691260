"""The figures on the front page and on the pages of places: each is what a recount gives, and what its list holds."""

import html
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from yishiting.ground.places.models import Place
from yishiting.year.projects.models import Project

pytestmark = pytest.mark.django_db

#: How anybody would count it by hand, by the words of the figure; %s is the path of the place.
SUGGESTIONS = (
    "suggestions_suggestion t JOIN places_place p ON p.id = t.place_id WHERE p.division_path LIKE %s AND year = 2026"
)
RECEIVED = f"SELECT count(*) FROM {SUGGESTIONS} AND split_from_id IS NULL AND t.state <> 'struck'"
PROJECTS = (
    "SELECT count(*) FROM projects_project t JOIN places_place p ON p.id = t.place_id"
    " WHERE p.division_path LIKE %s AND year = 2026"
)
BY_HAND = {
    "收到的建议": RECEIVED,
    "已答复": f"{RECEIVED} AND answered_on IS NOT NULL",
    "有效建议": f"{RECEIVED} AND t.state IN ('valid', 'merged', 'split')",
    "其中并入同项": f"{RECEIVED} AND t.state = 'merged'",
    "等待初审": f"{RECEIVED} AND t.state IN ('received', 'more_work', 'appealed')",
    "不予受理": f"{RECEIVED} AND t.state = 'not_admissible'",
    "实事项目": PROJECTS,
    "居民自治": f"{PROJECTS} AND path = 'self_governed'",
    "部门承办": f"{PROJECTS} AND path = 'department_run'",
    "已经验收": f"{PROJECTS} AND t.state IN ('accepted', 'reviewed')",
    "评议达标": f"{PROJECTS} AND t.state = 'reviewed'",
}


LINK = re.compile(r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def links(text: str) -> list[tuple[str, str]]:
    """Each link of a piece of a page: its words and where it leads."""
    return [(" ".join(TAG.sub("", words).split()), html.unescape(url)) for url, words in LINK.findall(text)]


def part(page: str, name: str) -> str:
    """The piece of a page between the tag of this class and its end."""
    found = re.search(rf'<(\w+) class="{name}".*?</\1>', page, re.DOTALL)
    assert found, name
    return found[0]


def figures(client: Client, address: str) -> Iterator[tuple[str, int, str]]:
    """Every number of the year on a page: its words, how much, which list it opens."""
    for words, url in links(part(client.get(address).content.decode(), "bars")):
        yield re.sub(r"[\d,条件]+$|^[\d,]+", "", words).strip(), int(re.sub(r"\D", "", words)), url


def listed(client: Client, address: str) -> int:
    """How many stand on a list, all its pages together, as its pager says."""
    found = re.search(r"共([\d,]+)条", client.get(address).content.decode())
    assert found, address
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("code", ["110105", "110105012", "110105012022"])
def test_each_number_is_a_recount_and_opens_its_list(lived_year: None, client: Client, code: str) -> None:
    place = Place.objects.get(code=code)
    wrong, seen = [], set()
    for words, n, address in figures(client, f"/p/{code}/"):
        seen.add(words)
        if words in BY_HAND:
            with connection.cursor() as cursor:
                cursor.execute(BY_HAND[words], [f"{place.division_path}%"])
                if cursor.fetchone() != (n,):
                    wrong.append(f"{words}: {n}, recounted otherwise")
        if listed(client, address) != n:
            wrong.append(f"{words}: {n}, and {listed(client, address)} on {address}")
    assert not wrong
    assert {"收到的建议", "有效建议", "通过的建议案", "实事项目", "已经验收", "评议达标"} <= seen


def test_the_front_page_leads_on(lived_year: None, client: Client) -> None:
    page = client.get("/").content.decode()
    assert len(links(part(page, "tiles"))) == 2 * 43
    opened = links(part(page, "open-box")) + links(part(page, "work-cards"))
    assert len(opened) > 5
    assert [url for _words, url in opened if client.get(url).status_code != 200] == []


def test_one_box_finds_places_things_and_numbers(lived_year: None, client: Client) -> None:
    def found(words: str) -> str:
        return client.get("/search/", {"q": words}).content.decode()

    assert "枣营北里社区" in found("zybl")
    project = Project.objects.get(title__contains="太阳能路灯")
    assert f"/projects/{project.pk}/" in found("太阳能 路灯")
    assert client.get("/search/", {"q": project.number}).headers["Location"].endswith(f"/projects/{project.pk}/")
    assert "没有找到" in found("火星")
    assert client.get("/search/").status_code == 200
