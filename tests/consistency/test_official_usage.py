"""Papers and desks speak as offices do: bodies issue notices, names are whole, amounts are written one way."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Cast, place
from tests.consistency.source import HOUSE
from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.doors.lists.catalogue import EVERY
from yishiting.doors.web.shared.templatetags import yishiting_ui as ui
from yishiting.ground.common.money import amount
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Kind, Level
from yishiting.ground.places.organs import local_words
from yishiting.ground.seasons.rules import KINDS
from yishiting.ground.seasons.words import said
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.year.projects.rules import name_of

load_everything()
#: What people say across a counter and no office writes on a form.
COLLOQUIAL = re.compile(r"的钱|就这么|哪天|怎么|叫什么|多少|还没有投|冻结")
#: Said to residents and voters, in their own way of speaking.
TO_RESIDENTS = {"怎么称呼您", "怎么联系您", "公开时怎么写您的名字"}
#: Where the short name of a place is what is meant: finding it, and saying which of two of one name.
SHORT_NAMES = {
    "places",
    "rezoning",
    "demo",
    "place_search.py",
    "filters.py",
    "importing.py",
    "screening.py",
    "place_index.py",
    "figures.py",  # a tile of the cartogram has room for the short name alone
}


def sources(kind: str) -> Iterator[tuple[str, str]]:
    for path in HOUSE.rglob(f"*.{kind}"):
        if "migrations" not in path.parts and "locale" not in path.parts:
            yield str(path.relative_to(HOUSE)), path.read_text("utf8")


def test_papers_bear_the_whole_name_of_the_place() -> None:
    short = {where for where, text in sources("py") if "short_name" in text}
    assert {where for where in short if not SHORT_NAMES & {*Path(where).parts}} == set()


def test_amounts_are_written_by_one_function() -> None:
    own = {
        where
        for where, text in sources("py")
        if re.search(r"\byuan\(", text)
        and where
        not in {
            "ground/common/money.py",
            "doors/web/shared/templatetags/yishiting_ui.py",
            "doors/common/entry_facts.py",
        }
    }
    assert own == set()
    by_hand = [where for where, text in sources("html") if re.search(r"\}\}\s*万?元", text)]
    assert by_hand == []
    for fen, words in ((0, "0元"), (960_000, "9,600元"), (1_280_050, "12,800.50元"), (2_200_000, "22,000元")):
        assert amount(fen) == ui.money(fen) == words


def test_shares_in_hundredths_are_percentages() -> None:
    assert said("95/100") == "95%"
    assert not [kind.key for kind in KINDS.values() if re.search(r"\d+/100\b", said(kind.value))]


def test_one_word_for_one_thing() -> None:
    assert [where for where, text in (*sources("py"), *sources("html")) if "选区" in text] == []


def test_no_label_is_said_as_across_a_counter() -> None:
    labels = [str(verb.label) for verb in VERBS.values()]
    labels += [str(column.label) for whole in EVERY for column in whole.columns]
    labels += [str(one.parameter.label) for verb in VERBS.values() if verb.is_declared for one in verb.asked.values()]
    assert [label for label in labels if COLLOQUIAL.search(label) and label not in TO_RESIDENTS] == []


@pytest.mark.parametrize(
    ("proposed", "name"),
    [
        ("关于在楼门口加装路灯的建议案", "在楼门口加装路灯"),
        ("关于增设晾衣杆的建议", "增设晾衣杆"),
        ("增设晾衣杆的提案", "增设晾衣杆"),
        ("楼门口装路灯", "楼门口装路灯"),
        ("设立合理化建议箱", "设立合理化建议箱"),
        ("关于", "关于"),
    ],
)
def test_a_project_has_a_name_of_its_own(proposed: str, name: str) -> None:
    assert name_of(proposed) == name


@pytest.mark.django_db
def test_a_body_issues_the_notice(cast: Cast) -> None:
    village = place("110105035201", "高碑店村", Level.COMMUNITY, Kind.VILLAGE, cast.maizidian)
    notice = post_notice(cast.zaobei, by=cast.wang, kind=NoticeKind.ANNOUNCEMENT, title="停水通知", body="周五停水。")
    assert (notice.issuer, notice.number) == ("枣营北里社区居民委员会", "枣营北里社区公告〔2026〕1号")
    assert local_words("召集居民代表会议", village) == "召集村民代表会议"
    assert local_words("召集居民代表会议", cast.zaobei) == "召集居民代表会议"


#: Pages that are shown when nothing else works, in both languages; the name of a language stands in that language.
IN_BOTH_LANGUAGES = {"away.html", "broken.html", "header.html"}
TRANSLATED = re.compile(
    r"\{%\s*blocktranslate\b.*?\{%\s*endblocktranslate\s*%\}|\{%\s*comment.*?endcomment\s*%\}|\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}|<!--.*?-->",
    re.DOTALL,
)


def test_nothing_in_a_template_stays_chinese_on_an_english_page() -> None:
    """Neither a word nor a stop: both go through the catalogue."""
    found = [
        f"{where}: {line.strip()[:60]}"
        for where, text in sources("html")
        if Path(where).name not in IN_BOTH_LANGUAGES
        for line in TRANSLATED.sub("", text).splitlines()
        if re.search(r"[\u4e00-\u9fff，。；：、（）“”！？]", line)
    ]
    assert found == []
