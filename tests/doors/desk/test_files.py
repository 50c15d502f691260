"""案卷: one page for a matter, found by any number it ever had, by those who read it and nobody else."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast, place
from tests.factories import proposals
from tests.factories.suggestions import a_suggestion
from yishiting.ground.places.models import Kind, Level
from yishiting.ground.seasons.rules import KINDS
from yishiting.overview.cycle.numbers import MOST
from yishiting.year.dossiers.models import Dossier
from yishiting.year.projects.actions import open_project
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.actions import merge_suggestions
from yishiting.year.visits.actions import note_visit

pytestmark = pytest.mark.django_db


def fresh(one):
    return type(one).objects.get(pk=one.pk)


@pytest.fixture
def work(cast: Cast, clock) -> Project:
    """A work that began with two suggestions made one and a council's vote."""
    main, other = proposals.valid(cast), proposals.valid(cast, text="车没地方停。", phone="13900000022")
    merge_suggestions(main, by=cast.liu, others=[other])
    adopted = proposals.decided(cast, clock, proposals.drafted(cast, suggestions=[fresh(main)]))
    return open_project(fresh(adopted), by=cast.wang)


def numbers_of(work: Project) -> list[str]:
    """Every number of the matter, and the ways they are typed."""
    receipts = [
        one.receipt for main in work.proposals.get().suggestions.all() for one in [main, *main.merged_here.all()]
    ]
    files = [*Dossier.objects.values_list("number", flat=True)]
    papers = [work.proposals.get().number, work.proposals.get().resolution_number, work.number]
    typed = [
        "议〔2026〕1号",
        "议[2026]1",
        " 枣营北里社区议（２０２６）１号",
        f"{receipts[0][:2]} {receipts[0][2:6]} {receipts[0][6:]}",
    ]
    return receipts + files + papers + typed


def test_every_number_leads_to_the_living_file(work: Project, cast: Cast, sign_in) -> None:
    desk = sign_in(cast.liu)
    numbers = numbers_of(work)
    assert len(numbers) == 11
    for number in numbers:
        answer = desk.get(reverse("desk-find"), {"q": number})
        assert (answer.status_code, answer.headers.get("Location")) == (
            302,
            reverse("desk-file", args=[work.dossier_id]),
        ), number


def test_a_number_that_was_joined_to_another_leads_there(work: Project, cast: Cast, sign_in) -> None:
    joined = Dossier.objects.exclude(merged_into=None).get()
    answer = sign_in(cast.liu).get(reverse("desk-file", args=[joined.pk]))
    assert answer.headers["Location"] == reverse("desk-file", args=[work.dossier_id])


def test_one_page_holds_the_whole_matter(work: Project, cast: Cast, sign_in) -> None:
    desk = sign_in(cast.liu)
    note_visit(work.proposals.get(), by=cast.liu, people="刘芳、李明", found="东侧围墙要先拆。", visited_on=TODAY)
    page = desk.get(reverse("desk-file", args=[work.dossier_id])).content.decode()
    everybodys = Client().get(reverse("public-project", args=[work.pk])).content.decode()
    for words in ("东侧围墙要先拆。", "会议和表决", "赞成8，反对1，弃权1"):
        assert words in page, words
        assert words in everybodys, words
    first, second = Dossier.objects.order_by("merged_into").values_list("number", flat=True)
    for words in ("车没地方停。", "赞成8，反对1，弃权1", "轮到谁办", "现在在", first, second, work.number):
        assert words in page, words
    suggestions = [one for main in work.proposals.get().suggestions.all() for one in [main, *main.merged_here.all()]]
    pieces = [
        *(reverse("desk-suggestion", args=[one.pk]) for one in suggestions),
        reverse("desk-proposal", args=[work.proposals.get().pk]),
        reverse("desk-meeting", args=[work.proposals.get().agenda_item.meeting_id]),
        reverse("desk-project", args=[work.pk]),
    ]
    for address in pieces:
        assert f'href="{address}"' in page, address
    for address in [one for one in pieces if "meeting" not in one]:
        back = desk.get(address).content.decode()
        assert reverse("desk-file", args=[work.dossier_id]) in back or any(
            reverse("desk-file", args=[one.dossier_id]) in back for one in suggestions
        ), address


def test_who_does_not_read_it_finds_nothing_and_is_not_let_in(work: Project, cast: Cast, sign_in) -> None:
    stranger = sign_in(cast.qian)
    assert stranger.get(reverse("desk-file", args=[work.dossier_id])).status_code == 403
    assert "没有查到" in stranger.get(reverse("desk-find"), {"q": work.number}).content.decode()
    assert sign_in(cast.zhao).get(reverse("desk-file", args=[work.dossier_id])).status_code == 200


def test_the_public_finds_papers_by_their_number_and_nothing_more(work: Project, cast: Cast, client: Client) -> None:
    public = reverse("public-project", args=[work.pk])
    for number in (work.number, f"{Dossier.objects.get(merged_into=None).number}", "实事[2026]1"):
        assert client.get(reverse("follow"), {"number": number}).headers["Location"] == public, number
    resolution = client.get(reverse("follow"), {"number": "议〔2026〕1号"})
    assert resolution.headers["Location"] == reverse("public-proposal", args=[work.proposals.get().pk])
    words = a_suggestion(cast, text="楼道灯坏了")
    draft = proposals.drafted(cast)
    for number in (words.receipt, fresh(words).dossier.number, draft.number, "2026-0000000000", "案〔2026〕999号"):
        answer = client.get(reverse("follow"), {"number": number})
        assert answer.status_code == 200, number
        assert words.title not in answer.content.decode()
    said = {client.get(reverse("follow"), {"number": n}).content for n in (draft.number, fresh(words).dossier.number)}
    assert all("没有查到公开的文件".encode() in one for one in said)


def test_each_rule_a_step_names_is_one_click_away(work: Project, cast: Cast, client: Client) -> None:
    page = client.get(reverse("public-proposal", args=[work.proposals.get().pk])).content.decode()
    link = reverse("public-rule", args=[cast.zaobei.code, "vote.majority"])
    assert f'href="{link}' in page
    (address,) = {part.split('"')[0] for part in page.split('href="') if part.startswith(link)}
    assert "version=" in address
    told = client.get(address.replace("&amp;", "&")).content.decode()
    assert KINDS["vote.majority"].sentence in told
    assert "通行规则" in told
    listed = reverse("public-rules", args=[cast.zaobei.code])
    (above,) = re.findall(rf'href="({listed}\?version=[^"]+)"', told)
    assert f'href="{address}"' in client.get(above).content.decode(), "the version goes along"
    assert page.count("依据：") == page.count('依据：<a href="'), "no rule without its link"


def test_a_program_finds_the_file_by_any_number_too(work: Project, cast: Cast, sign_in) -> None:
    desk, stranger = sign_in(cast.liu), sign_in(cast.qian)
    for number in numbers_of(work):
        (found,) = desk.get("/api/v1/dossiers/", {"number": number}).json()
        assert found["id"] == str(work.dossier_id), number
        assert stranger.get("/api/v1/dossiers/", {"number": number}).json() == []
    kinds = [one["kind"] for one in found["pieces"]]
    assert kinds == ["suggestion", "suggestion", "proposal", "project"]
    assert len(found["numbers"]) == 2
    joined = Dossier.objects.exclude(merged_into=None).get()
    assert desk.get(f"/api/v1/dossiers/{joined.pk}").json() == found
    assert stranger.get(f"/api/v1/dossiers/{joined.pk}").status_code == 403


def test_a_number_many_places_have_leads_each_desk_to_its_own(work: Project, cast: Cast, sign_in) -> None:
    """However many come before it by the code of their place: what a person cannot read takes no room."""
    for n in range(MOST + 1):
        there = place(f"10000000{n:02}", f"社区{n}", Level.COMMUNITY, Kind.COMMUNITY, cast.anzhen)
        file = Dossier.objects.create(origin=there, lies_at=there, opened_on=TODAY)
        facts = {
            "title": f"第{n}件",
            "state": ProposalState.ADOPTED,
            "year": 2026,
            "for_year": 2026,
            "responsible_level": "community",
        }
        Proposal.objects.create(
            place=there,
            number=f"社区{n}议〔2026〕1号",
            resolution_number=f"社区{n}决〔2026〕1号",
            dossier=file,
            **facts,
        )
    answer = sign_in(cast.liu).get(reverse("desk-find"), {"q": "议〔2026〕1号"})
    assert answer.headers["Location"] == reverse("desk-file", args=[work.dossier_id])
    listed = Client().get(reverse("follow"), {"number": "议〔2026〕1号"}).content.decode()
    assert (listed.count("第0件"), f"只列出前{MOST}件" in listed) == (1, True)
    whole = Client().get(reverse("follow"), {"number": work.proposals.get().number})
    assert whole.headers["Location"] == reverse("public-proposal", args=[work.proposals.get().pk])


def test_a_draft_that_follows_a_public_proposal_does_not_hide_it(work: Project, cast: Cast, client: Client) -> None:
    number, proposal = work.dossier.number, work.proposals.get()
    Project.objects.filter(pk=work.pk).update(
        dossier=Dossier.objects.create(origin=cast.zaobei, lies_at=cast.zaobei, opened_on=TODAY)
    )
    again = proposals.drafted(cast)
    Proposal.objects.filter(pk=again.pk).update(dossier=proposal.dossier)
    answer = client.get(reverse("follow"), {"number": number})
    assert answer.headers["Location"] == reverse("public-proposal", args=[proposal.pk])


def test_an_empty_box_is_not_a_number_that_is_not_there(cast: Cast, client: Client) -> None:
    assert "没有查到" not in client.get(reverse("follow"), {"number": " "}).content.decode()
