"""A candidate's number is whole for the desk that calls and masked for the offices above."""

from django.test import Client

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.councils import a_candidate, a_nominating_term
from yishiting.year.councils.models import Candidate, Constituency

PHONE = "13912345678"


def nominated(cast: Cast) -> Candidate:
    constituency = Constituency.objects.filter(term=a_nominating_term(cast)).first()
    assert constituency is not None
    return a_candidate(cast, constituency, "试候选", phone=PHONE)


def test_on_the_page_and_in_the_answer(cast: Cast, sign_in, clock: Clock) -> None:
    candidate = nominated(cast)
    pages = (f"/desk/candidates/{candidate.pk}/", f"/api/v1/candidates/{candidate.pk}")
    for person, reads in ((cast.liu, PHONE), (cast.zhao, "139****5678"), (cast.sun, "139****5678")):
        browser: Client = sign_in(person)
        for page in pages:
            answer = browser.get(page)
            assert answer.status_code == 200, (person, page)
            assert reads in answer.content.decode(), (person, page)
            assert (PHONE in answer.content.decode()) is (reads == PHONE), (person, page)
