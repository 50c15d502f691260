"""In a village, pages speak of the village and its people; what people typed and the names of places stay as they are."""

import re

import pytest
from django.template.defaultfilters import striptags
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, override

from tests.cast import Cast
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Kind, Place
from yishiting.ground.places.speech import spoken_at
from yishiting.year.councils.actions import begin_term, found_council
from yishiting.year.suggestions.actions import submit_suggestion
from yishiting.year.suggestions.queries.receipts import slip_token

pytestmark = pytest.mark.django_db
TYPED = "居民楼门口的灯不亮，晚上看不清。"
#: What no page in a village says, besides what was typed.
OF_A_COMMUNITY = re.compile(r".{0,12}(?:（村）|社区|居民|居委会|居务).{0,12}")


@pytest.fixture
def village(cast: Cast) -> Place:
    Place.objects.filter(pk=cast.zaobei.pk).update(kind=Kind.VILLAGE, name="枣营村", short_name="枣营")
    cast.zaobei.refresh_from_db()
    cast.lu.refresh_from_db()
    return cast.zaobei


def test_every_way_of_translating_is_said_as_in_a_village(village: Place) -> None:
    lazy = gettext_lazy("居（村）民推荐")
    with spoken_at(village):
        assert gettext("社区（村）党组织书记") == "村党组织书记"
        assert str(lazy) == "村民推荐"
        assert ngettext("一名居民", "几名居民", 2) == "几名村民"
        with override("zh-hans"):
            assert gettext("居民代表会议") == "村民代表会议"
        assert gettext("居委会") == "村委会"
    assert str(lazy) == "居（村）民推荐"


def test_elsewhere_sentences_stay(cast: Cast) -> None:
    for place in (cast.zaobei, cast.maizidian, None):
        with spoken_at(place):
            assert gettext("居民代表会议") == "居民代表会议"


def test_a_page_that_breaks_leaves_no_village_behind(village: Place) -> None:
    with pytest.raises(ValueError, match="一页"), spoken_at(village):
        raise ValueError("一页")
    assert gettext("居民") == "居民"


def test_pages_of_a_village_name_its_own_people_and_bodies(cast: Cast, village: Place) -> None:
    suggestion = submit_suggestion(village, by=cast.lu, text=TYPED)
    term = begin_term(found_council(village, by=cast.wang, purpose="商量村里的事。"), by=cast.wang, number=1)
    at_desk = [  # not the seat plan: it quotes a rule word for word
        ("desk-home",),
        ("desk-council", village.code),
        ("desk-election", term.pk),
        ("desk-slips", village.code),
        ("desk-screening", village.code),
        ("desk-suggestion", suggestion.pk),
        ("desk-sessions", village.code),
    ]
    in_public = [("place", village.code), ("council", village.code), ("suggest-here", village.code)]
    in_public.append(("follow-one", slip_token(suggestion)))
    wrong = [said for name, *key in at_desk for said in otherwise(cast.wang, name, key)]
    wrong += [said for name, *key in in_public for said in otherwise(None, name, key)]
    assert wrong == []


def otherwise(someone: Person | None, name: str, key: list[object]) -> list[str]:
    """What the main part of this page says of a community."""
    browser = Client()
    if someone is not None:
        browser.force_login(someone)
    answer = browser.get(reverse(name, args=key))
    assert answer.status_code == 200, name
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    words = (
        striptags(re.sub(r"<script.*?</script>", "", main, flags=re.DOTALL)).replace(TYPED, "").replace(TYPED[:-1], "")
    )
    return [f"{name}: {found.strip()}" for found in OF_A_COMMUNITY.findall(words)]


def test_what_was_typed_stays(cast: Cast, village: Place) -> None:
    suggestion = submit_suggestion(village, by=cast.lu, text=TYPED)
    page = Client().get(reverse("follow-one", args=[slip_token(suggestion)])).content.decode()
    assert TYPED in page
