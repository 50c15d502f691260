"""A resident comes forward on the phone."""

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.councils import a_nominating_term, a_planned_term
from yishiting.year.councils.models import Candidate
from yishiting.year.councils.states import CandidateState


def form(term) -> dict[str, object]:
    one = term.constituencies.all()[0]
    return {
        "constituency": str(one.pk),
        "name": "陆桂芳",
        "birth_year": "1950",
        "unit": "2号楼",
        "publishes": ["unit"],
        "consents": "on",
    }


def test_sign_in_first_then_stand_then_change_then_step_back(cast: Cast, client: Client, sign_in) -> None:
    term = a_nominating_term(cast)
    url = reverse("stand", args=[cast.zaobei.code])
    assert client.get(url).url.startswith(reverse("sign-in"))
    lu = sign_in(cast.lu)
    assert "陆桂芳" in lu.get(url).content.decode()
    page = lu.post(url, form(term), follow=True).content.decode()
    assert "等待资格审查" in page
    candidate = Candidate.objects.get()
    assert (candidate.person, candidate.phone, candidate.publishes) == (cast.lu, cast.lu.phone, ["unit"])
    lu.post(
        reverse("do", args=["candidate.consent", candidate.pk]),
        {"consents": "on", "publishes": ["unit", "introduction"]},
    )
    lu.post(reverse("do", args=["candidate.withdraw", candidate.pk]), {"reason": ""})
    candidate.refresh_from_db()
    assert (candidate.state, candidate.publishes) == (CandidateState.WITHDRAWN, ["unit", "introduction"])


def test_without_consent_and_outside_the_time_it_is_said_why(cast: Cast, sign_in) -> None:
    term = a_planned_term(cast)
    lu, url = sign_in(cast.lu), reverse("stand", args=[cast.zaobei.code])
    assert "现在不在提名推荐阶段" in lu.get(url).content.decode()
    from yishiting.year.councils.actions import fix_seats

    fix_seats(term, by=cast.wang)
    page = lu.post(url, {**form(term), "consents": ""})
    assert page.status_code == 422
    assert 'value="陆桂芳"' in page.content.decode()
    assert not Candidate.objects.exists()


def test_nobody_looks_into_anothers_candidacy(cast: Cast, sign_in) -> None:
    term = a_nominating_term(cast)
    sign_in(cast.lu).post(reverse("stand", args=[cast.zaobei.code]), form(term))
    candidate = Candidate.objects.get()
    assert sign_in(cast.liming).get(reverse("my-candidacy", args=[candidate.pk])).status_code == 403
