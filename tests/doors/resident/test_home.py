"""My suggestions and messages."""

from django.urls import reverse

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.suggestions import a_suggestion


def test_i_see_mine_and_nobody_elses(cast: Cast, sign_in) -> None:
    a_suggestion(cast, by=cast.lu, text="修东门的路灯")
    a_suggestion(cast, by=cast.liming, text="加装电梯")
    page = sign_in(cast.lu).get(reverse("my-home")).content.decode()
    assert "修东门的路灯" in page
    assert "加装电梯" not in page
    assert "建议已受理" in page


def test_an_empty_page_says_what_to_do(cast: Cast, sign_in) -> None:
    assert "提一条建议" in sign_in(cast.lu).get(reverse("my-home")).content.decode()


def test_a_visitor_signs_in_first(cast: Cast, client) -> None:
    assert client.get(reverse("my-home")).url.startswith(reverse("sign-in"))


def test_three_cost_no_more_queries_than_one(cast: Cast, sign_in) -> None:
    browser, counts = sign_in(cast.lu), []
    for more in (1, 2):
        for _ in range(more):
            a_suggestion(cast, by=cast.lu)
        counts.append(queries_of(browser, reverse("my-home")))
    assert counts[0] == counts[1]
