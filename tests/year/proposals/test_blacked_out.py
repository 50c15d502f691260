"""What the desk has blacked out of a suggestion comes back in nothing that is drafted from it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories import proposals
from tests.factories.proposals import drafted, valid
from yishiting.ground.common.refused import Refused
from yishiting.year.proposals.actions import amend_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.actions import black_out, merge_suggestions
from yishiting.year.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db
WHO = "二单元张阿姨的女儿"


def said(cast: Cast, **facts: str) -> Suggestion:
    return valid(cast, text=f"{WHO}夜里回家，3号楼前的灯不亮。", **facts)


@pytest.mark.parametrize("field", ["title", "situation", "measures", "beneficiaries"])
def test_it_is_refused_wherever_it_is_written(cast: Cast, field: str) -> None:
    source = said(cast)
    black_out(source, by=cast.liu, words=WHO)
    with pytest.raises(Refused, match="已经遮去") as refused:
        drafted(cast, suggestions=[source], **{field: f"给{WHO}修灯"})
    assert refused.value.field == field
    proposal = drafted(cast, suggestions=[source])
    with pytest.raises(Refused, match="已经遮去"):
        amend_proposal(proposal, by=cast.liu, **{field: f"给{WHO}修灯"}, reason="补充")


def test_what_was_merged_counts_too(cast: Cast) -> None:
    main, same = valid(cast, text="3号楼前的灯不亮"), said(cast, phone="13911110001")
    black_out(same, by=cast.liu, words=WHO)
    merge_suggestions(main, by=cast.liu, others=[same])
    with pytest.raises(Refused, match="已经遮去"):
        drafted(cast, suggestions=[Suggestion.objects.get(pk=main.pk)], situation=f"{WHO}摔了。")


def test_the_draft_is_offered_without_it(cast: Cast) -> None:
    source = said(cast)
    black_out(source, by=cast.liu, words=WHO)
    desk = Client()
    desk.force_login(cast.liu)
    page = desk.get(reverse("proposal-draft", args=[cast.zaobei.code]), {"suggestion": str(source.pk)})
    form = page.content.decode()
    situation = form[form.index('name="situation"') :].partition("</textarea>")[0]
    assert "灯不亮" in situation
    assert WHO not in situation


def test_what_is_blacked_out_later_is_shown_to_the_desk_and_to_nobody_else(cast: Cast, clock) -> None:
    source = said(cast)
    proposal = drafted(cast, suggestions=[source], title=f"给{WHO}修灯")
    proposals.tabled(cast, proposal)
    black_out(source, by=cast.liu, words=WHO)
    desk = Client()
    desk.force_login(cast.liu)
    page = desk.get(reverse("desk-proposal", args=[proposal.pk])).content.decode()
    assert "有已经遮去的字" in page
    listed = Client().get(reverse("place-proposals", args=[cast.zaobei.code])).content.decode()
    assert "修灯" in listed
    assert WHO not in listed
    assert WHO in Proposal.objects.get(pk=proposal.pk).title, "the text is mended by a further act"
    amend_proposal(proposal, by=cast.liu, title="给3号楼修灯", reason="遮去姓名")
    assert "有已经遮去的字" not in desk.get(reverse("desk-proposal", args=[proposal.pk])).content.decode()
