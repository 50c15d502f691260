"""One matter, one file: every number leads to it, whatever is merged, split, drafted or undone."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import meetings, projects, proposals
from tests.factories.suggestions import a_slip, a_suggestion, many_alike
from yishiting.ground.common.refused import Refused
from yishiting.year.dossiers.actions import join
from yishiting.year.dossiers.models import Dossier, Referral
from yishiting.year.dossiers.queries import living
from yishiting.year.projects.actions import open_project
from yishiting.year.proposals.actions import add_source, decide_proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.actions import (
    merge_suggestions,
    split_suggestion,
    strike_suggestion,
    unmerge_suggestion,
    unsplit_suggestion,
)
from yishiting.year.suggestions.queries.receipts import by_receipt, by_slip, slip_token

pytestmark = pytest.mark.django_db


def fresh(one):
    return type(one).objects.get(pk=one.pk)


def test_a_file_is_opened_with_each_receipt(cast) -> None:
    web, slip = a_suggestion(cast), a_slip(cast)
    for one in (web, slip):
        file = fresh(one).dossier
        assert (file.origin, file.lies_at, file.opened_on) == (cast.zaobei, cast.zaobei, one.received_on)
    assert len({one.number for one in Dossier.objects.all()}) == 2


def test_a_refused_suggestion_opens_no_file(cast) -> None:
    with pytest.raises(Refused, match="写"):
        a_suggestion(cast, text="　")
    assert Dossier.objects.count() == 0


def test_merged_numbers_lead_to_the_main_file_and_back_when_it_is_undone(cast) -> None:
    main, other, third = many_alike(cast, 3)
    merge_suggestions(other, by=cast.liu, others=[third])
    merge_suggestions(main, by=cast.liu, others=[other])
    file = fresh(main).dossier
    assert [living(fresh(one).dossier) for one in (main, other, third)] == [file] * 3
    unmerge_suggestion(fresh(other), by=cast.liu, reason="说的是两个楼门")
    assert living(fresh(third).dossier) == living(fresh(other).dossier) == fresh(other).dossier
    assert living(fresh(main).dossier) == file


def test_a_split_opens_a_file_for_each_part_and_undone_their_numbers_lead_to_the_whole(cast) -> None:
    whole = a_slip(cast, text="灯坏了，车棚也漏雨")
    parts = split_suggestion(whole, by=cast.liu, parts=["灯坏了", "车棚漏雨"])
    files = [fresh(one).dossier for one in parts]
    assert {one.split_from for one in files} == {fresh(whole).dossier}
    assert [living(one) for one in files] == files
    token = slip_token(parts[0])
    unsplit_suggestion(fresh(whole), by=cast.liu, reason="是一件事")
    assert {living(fresh(one).dossier) for one in parts} == {fresh(whole).dossier}
    assert by_slip(token) == whole, "the number of a part still leads somewhere"


def test_a_struck_slip_is_found_by_nobody(cast) -> None:
    slip = a_slip(cast, phone="13900000021")
    strike_suggestion(fresh(slip), by=cast.liu)
    assert by_receipt(slip.receipt, "0021") is None
    assert fresh(slip).dossier.merged_into is None


def test_a_proposal_joins_the_files_it_rests_on_and_the_project_lies_there_too(cast, clock) -> None:
    one, two, three = (proposals.valid(cast, phone=f"1390000003{n}") for n in range(3))
    proposal = proposals.drafted(cast, suggestions=[one, two])
    add_source(proposal, by=cast.liu, suggestion=fresh(three))
    file = fresh(one).dossier
    assert fresh(proposal).dossier == file
    assert {living(fresh(s).dossier) for s in (one, two, three)} == {file}
    proposals.decided(cast, clock, fresh(proposal))
    assert open_project(fresh(proposal), by=cast.wang).dossier == file


def test_what_a_declined_proposal_let_go_opens_its_own_way_again(cast, clock) -> None:
    one, two = (proposals.valid(cast, phone=f"1390000003{n}") for n in range(2))
    declined = proposals.drafted(cast, suggestions=[one, two])
    proposals.on_the_floor(cast, clock, declined)
    meetings.voted(cast, fresh(declined).agenda_item, 1, 9, 0)
    decide_proposal(fresh(declined), by=cast.wang, to=ProposalState.DECLINED, reason="费用太高")
    again = proposals.drafted(cast, suggestions=[fresh(two), fresh(one)])
    file = fresh(two).dossier
    assert fresh(again).dossier == living(fresh(one).dossier) == living(file) == file


def test_files_never_lead_in_a_circle(cast) -> None:
    one, two, three = (fresh(a).dossier for a in many_alike(cast, 3))
    join(one, [two])
    join(two, [three])
    join(fresh(three), [fresh(one)])
    assert {living(fresh(file)) for file in (one, two, three)} == {three}


def test_an_answer_has_its_day_its_words_and_its_outcome(cast) -> None:
    file = projects.adopted_proposal(cast).dossier
    sent = {"kind": "up", "from_place": cast.zaobei, "to_place": cast.maizidian, "reason": "路由街道管"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(dossier=file, sent_on=file.opened_on, answer="可以", **sent)
    assert Referral.objects.create(dossier=file, sent_on=file.opened_on, **sent).answered_on is None
