"""What a proposal rests on, and what a project rests on, stays as it is."""

import pytest

from tests.cast import Cast
from tests.factories import proposals
from tests.factories.projects import adopted_proposal
from tests.factories.suggestions import ALL_PASS
from yishiting.ground.common.refused import Refused
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.projects.actions import open_project
from yishiting.year.proposals.actions import put_off_proposal, report_up, take_off_proposal
from yishiting.year.suggestions.actions import (
    classify_suggestion,
    merge_suggestions,
    screen_suggestion,
    split_suggestion,
    unmerge_suggestion,
    unsplit_suggestion,
)
from yishiting.year.suggestions.models import Category
from yishiting.year.suggestions.states import State


def test_a_source_of_a_proposal_is_not_split_merged_away_or_classed_anew(cast: Cast) -> None:
    source, other = proposals.valid(cast), proposals.valid(cast, text="3号楼前救护车进不来。")
    proposal = proposals.drafted(cast, suggestions=[source])
    with pytest.raises(Refused, match=proposal.title):
        split_suggestion(source, by=cast.liu, parts=["车位", "绿地"])
    with pytest.raises(Refused, match=proposal.title):
        merge_suggestions(other, by=cast.liu, others=[source])
    category = Category.objects.filter(parent__isnull=False).first()
    with pytest.raises(Refused, match=proposal.title):
        classify_suggestion(source, by=cast.liu, category=category, responsible_level=ResponsibleLevel.DISTRICT)
    source.refresh_from_db()
    assert source.state == State.VALID


def test_what_was_merged_into_a_source_stays_in_it(cast: Cast) -> None:
    source, other = proposals.valid(cast), proposals.valid(cast, text="3号楼前救护车进不来。")
    merge_suggestions(source, by=cast.liu, others=[other])
    proposals.drafted(cast, suggestions=[source])
    other.refresh_from_db()
    with pytest.raises(Refused, match="建议案"):
        unmerge_suggestion(other, by=cast.liu, reason="不是一件事")


def test_a_part_that_a_proposal_rests_on_stays_apart_from_its_whole(cast: Cast) -> None:
    whole = proposals.valid(cast)
    part, _other = split_suggestion(whole, by=cast.liu, parts=["车位不够", "绿地被占"])
    screen_suggestion(part, by=cast.liu, **ALL_PASS, result="valid")
    proposals.drafted(cast, suggestions=[part])
    with pytest.raises(Refused, match="建议案"):
        unsplit_suggestion(whole, by=cast.liu, reason="其实是一件事")
    part.refresh_from_db()
    assert part.state == State.VALID


def test_more_may_be_merged_into_a_source(cast: Cast) -> None:
    source, other = proposals.valid(cast), proposals.valid(cast, text="3号楼前救护车进不来。")
    proposals.drafted(cast, suggestions=[source])
    assert merge_suggestions(source, by=cast.liu, others=[other]).merged_here.count() == 1


def test_a_proposal_with_a_project_is_neither_put_off_nor_reported_up(cast: Cast) -> None:
    proposal = adopted_proposal(cast)
    project = open_project(proposal, by=cast.wang)
    with pytest.raises(Refused, match=project.number):
        put_off_proposal(proposal, by=cast.liu, conditions="明年再说")
    with pytest.raises(Refused, match=project.number):
        report_up(proposal, by=cast.wang, reason="要街道办", responsible_level=ResponsibleLevel.SUBDISTRICT)


def test_off_the_agenda_the_text_rests_again(cast: Cast) -> None:
    proposal, meeting = proposals.tabled(cast)
    take_off_proposal(proposal, by=cast.liu, reason="材料不齐")
    assert proposal.agenda_item is None
    assert meeting.items.filter(state="listed").count() == 0
