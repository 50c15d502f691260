"""The page of a matter: everything of it one click away, the first words masked, who proposed told to the end."""

import pytest
from django.urls import reverse

from tests.factories import proposals
from yishiting.ground.notices.models import Message
from yishiting.year.projects.actions import open_project
from yishiting.year.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(cast, clock):
    said = proposals.valid(cast, by=cast.lu, text="3号楼门口没有灯，请打13912345678找我。", phone="13900000021")
    proposal = proposals.decided(cast, clock, proposals.drafted(cast, suggestions=[said]))
    return said, proposal, open_project(proposal, by=cast.wang)


def test_from_the_words_to_the_work_and_back_in_one_click(client, cast, matter) -> None:
    said, proposal, project = matter
    ways = [
        reverse("public-suggestion", args=[said.pk]),
        reverse("public-proposal", args=[proposal.pk]),
        reverse("public-project", args=[project.pk]),
        reverse("meeting", args=[proposal.agenda_item.meeting_id]),
    ]
    for page in ways[:3]:
        shown = client.get(page).content.decode()
        assert [way for way in ways if f'"{way}"' not in shown] == [], page


def test_the_desk_goes_the_same_ways(client, cast, matter) -> None:
    said, proposal, project = matter
    client.force_login(cast.liu)
    ways = {
        reverse("desk-suggestion", args=[said.pk]),
        reverse("desk-proposal", args=[proposal.pk]),
        reverse("desk-project", args=[project.pk]),
    }
    for page in ways:
        shown = client.get(page).content.decode()
        assert [way for way in ways - {page} if f'"{way}"' not in shown] == [], page


def test_the_first_words_are_there_and_nobody_is_reached_by_them(client, matter) -> None:
    _said, _proposal, project = matter
    shown = client.get(reverse("public-project", args=[project.pk])).content.decode()
    assert "3号楼门口没有灯" in shown
    assert "13912345678" not in shown
    assert "议事协商会表决：赞成8，反对1，弃权1" in shown


def test_the_proposer_is_told_that_the_work_is_opened(cast, matter) -> None:
    told = Message.objects.filter(to=cast.lu, template="project.open")
    assert told.count() == 1
    assert Suggestion.objects.get(pk=matter[0].pk).dossier_id == matter[2].dossier_id
