"""The page on which a visit is noted on the spot: the same with a script and without, and nothing of a proposer on it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.factories import proposals as P
from yishiting.year.proposals.models import Proposal
from yishiting.year.visits.models import SiteVisit

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
WORDS = {"visited_on": "2026-3-4", "people": "城建科赵敏、提出人1位", "found": "绿地宽6米"}


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    return P.drafted(cast, suggestions=[P.valid(cast, by=cast.lu)])


def page(proposal: Proposal) -> str:
    return reverse("on-site", args=[proposal.pk])


def test_nothing_of_the_matter_but_its_number_stands_on_the_page(cast: Cast, proposal: Proposal, sign_in) -> None:
    source = proposal.sources.get().suggestion
    shown = sign_in(cast.liu).get(page(proposal)).content.decode()
    assert proposal.number in shown
    for theirs in (cast.lu.name, source.proposer_phone, source.title, source.text, source.receipt, proposal.title):
        assert theirs not in shown


def test_the_button_leads_there_and_it_works_without_a_script(cast: Cast, proposal: Proposal, sign_in) -> None:
    desk = sign_in(cast.liu)
    assert page(proposal) in desk.get(reverse("desk-proposal", args=[proposal.pk])).content.decode()
    assert desk.post(page(proposal), {**WORDS, "found": ""}).status_code == 422
    answer = desk.post(page(proposal), WORDS, follow=True)
    assert "踏勘记录已保存" in answer.content.decode()


def test_the_script_is_answered_in_its_own_words(cast: Cast, proposal: Proposal, sign_in) -> None:
    desk, once = sign_in(cast.liu), {"once": str(uuid4())}
    at_hand = desk.get(page(proposal), headers=JSON).json()
    assert (at_hand["who"], at_hand["title"]) == (str(cast.liu.pk), proposal.title)
    refused = desk.post(page(proposal), {**once, **WORDS, "people": ""}, headers=JSON)
    assert (refused.status_code, refused.json()["refused"]) == (422, ["请写明谁去的。"])
    first = desk.post(page(proposal), {**once, **WORDS}, headers=JSON).json()
    second = desk.post(page(proposal), {**once, **WORDS}, headers=JSON).json()
    assert (first["again"], second["again"]) == (False, True)
    assert first["sent"] == second["sent"] == reverse("desk-proposal", args=[proposal.pk])
    assert SiteVisit.objects.count() == 1


def test_those_who_may_not_are_told_so(cast: Cast, proposal: Proposal, client, sign_in) -> None:
    assert "sign-in" in client.get(page(proposal)).headers["Location"]
    assert sign_in(cast.qian).get(page(proposal), headers=JSON).status_code == 403


def test_the_worker_reaches_these_pages_only_and_names_nobody(client) -> None:
    answer = client.get(reverse("on-site-worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers


def test_what_a_staff_members_browser_keeps_goes_on_signing_out(cast: Cast, sign_in) -> None:
    out = reverse("sign-out")
    assert sign_in(cast.liu).post(out).headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in sign_in(cast.lu).post(out).headers
