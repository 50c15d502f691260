"""Proposals by what they wait for, and the way to the suggestions and back."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import proposals
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.proposals.actions import put_off_proposal, report_up
from yishiting.year.proposals.queries import (
    for_year,
    not_now,
    pending,
    proposals_of_place,
    public_proposals,
    ready_suggestions,
    reported_to,
    sources_of,
    tabled_at,
    under_deliberation,
)
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.actions import merge_suggestions


def test_both_ways_between_suggestions_and_proposals(cast: Cast) -> None:
    main, other = proposals.valid(cast), proposals.valid(cast, text="车没地方停。", phone="13900000022")
    merge_suggestions(main, by=cast.liu, others=[other])
    other.refresh_from_db()
    assert list(ready_suggestions(cast.zaobei)) == [main]
    proposal = proposals.drafted(cast, suggestions=[main])
    (source,) = sources_of(proposal)
    assert (source.main, source.count) == (main, 2)
    assert list(ready_suggestions(cast.zaobei)) == []


def test_pending_raises_an_alert_with_age(cast: Cast, clock: Clock) -> None:
    proposals.decided(cast, clock, to=State.PENDING, reason="有分歧")
    (row,) = pending(cast.zaobei, date(2026, 5, 19))
    assert (row.until, row.overdue) == (date(2026, 5, 19), False)
    assert pending(cast.zaobei, date(2026, 5, 20))[0].overdue


def test_a_draft_is_not_public_and_not_now_is(cast: Cast) -> None:
    proposal = proposals.drafted(cast)
    assert list(public_proposals(cast.zaobei)) == []
    put_off_proposal(proposal, by=cast.liu, conditions="围墙拆除后")
    assert list(not_now(cast.zaobei)) == list(public_proposals(cast.zaobei)) == [proposal]


def test_what_waits_for_whom(cast: Cast, clock: Clock) -> None:
    draft = proposals.drafted(cast, responsible_level=ResponsibleLevel.SUBDISTRICT, for_year=2027)
    proposal, meeting = proposals.on_the_floor(cast, clock, draft)
    assert list(under_deliberation(cast.zaobei)) == [proposal]
    assert tabled_at(meeting) == {str(proposal.agenda_item_id): proposal}
    assert list(for_year(cast.zaobei, 2027)) == [proposal]
    from tests.factories.meetings import voted
    from yishiting.year.proposals.actions import decide_proposal

    voted(cast, proposal.agenda_item)
    decide_proposal(proposal, by=cast.wang)
    report_up(proposal, by=cast.wang, reason="道路归街道管")
    assert list(reported_to(cast.maizidian)) == [proposal]
    assert list(reported_to(cast.anzhen)) == []


def test_the_list_costs_the_same_for_one_and_for_three(cast: Cast) -> None:
    proposals.drafted(cast)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            for row in proposals_of_place(cast.zaobei):
                assert row.place.name
                assert row.source_count
                assert row.agenda_item is None
                assert row.category is None or row.category.name
        return len(queries)

    before = cost()
    for n in range(2):
        proposals.drafted(cast, suggestions=[proposals.valid(cast, text=f"第{n}件，楼道灯不亮。")])
    assert cost() == before
