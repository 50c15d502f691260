"""What an election asks of the desk, step by step, and where each line leads."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.councils import (
    a_candidate,
    a_council,
    a_nominating_term,
    a_planned_term,
    a_seated_term,
    an_assembly,
    an_electing_term,
    clear_votes,
    counts_for,
    key_in,
)
from yishiting.doors.web.desk.links import way_to
from yishiting.ground.accounts.models import Person
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.councils.actions import (
    begin_term,
    call_by_election,
    declare_round,
    end_representative,
    fix_seats,
    open_round,
    qualify_candidate,
    reopen_nominations,
)
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import Representative
from yishiting.year.councils.queries import undeclared


def waits(person: Person, today: date | None = None) -> dict[str, str]:
    return {one.verb: way_to(one) for one in waiting_for(person, today or timezone.localdate())}


def test_a_place_without_a_council_begins_with_one(cast: Cast) -> None:
    assert waits(cast.wang)["council.found"] == reverse("do", args=["council.found", cast.zaobei.code])
    assert "council.found" not in waits(cast.liu)
    council = a_council(cast)
    assert "council.found" not in waits(cast.wang)
    assert waits(cast.wang)["term.begin"] == reverse("do", args=["term.begin", council.pk])
    begin_term(council, by=cast.wang)
    assert "term.begin" not in waits(cast.wang)


def test_too_few_candidates_wait_until_there_are_more_than_seats(cast: Cast) -> None:
    term = a_nominating_term(cast)
    for group in term.constituencies.all():
        assert waits(cast.liu)["candidate.nominate"] == reverse("desk-candidates", args=[term.pk])
        for n in range(group.seats + 1):
            a_candidate(cast, group, f"{group.position}王芳{n}")
    assert "candidate.nominate" not in waits(cast.liu)


def test_an_election_waits_for_its_assembly(cast: Cast, clock: Clock) -> None:
    term = an_electing_term(cast, clock)
    assert waits(cast.liu)["assembly.convene"] == reverse("do", args=["assembly.convene", term.pk])
    an_assembly(cast, term)
    assert "assembly.convene" not in waits(cast.liu)


def test_a_plan_is_written_then_adopted(cast: Cast) -> None:
    term = begin_term(a_council(cast), by=cast.wang)
    assert waits(cast.liu)["term.plan_seats"] == reverse("seat-plan", args=[term.pk])


def test_an_adopted_plan_waits_for_who_may_adopt_it(cast: Cast) -> None:
    term = a_planned_term(cast)
    assert waits(cast.wang)["term.fix_seats"] == reverse("desk-election", args=[term.pk])
    assert "term.fix_seats" not in waits(cast.liu)
    fix_seats(term, by=cast.wang)
    assert waits(cast.wang)["term.publicise_candidates"] == reverse("do", args=["term.publicise_candidates", term.pk])


def test_candidates_wait_for_their_review(cast: Cast) -> None:
    term = a_nominating_term(cast)
    assert "candidate.qualify" not in waits(cast.liu)
    candidate = a_candidate(cast, term.constituencies.first(), "王芳")
    assert waits(cast.liu)["candidate.qualify"] == reverse("desk-candidates", args=[term.pk])
    qualify_candidate(candidate, by=cast.liu)
    assert "candidate.qualify" not in waits(cast.liu)


def test_votes_wait_from_the_day_of_the_assembly_and_results_to_be_declared(cast: Cast, clock: Clock) -> None:
    term = an_electing_term(cast, clock)
    here = reverse("desk-election", args=[term.pk])
    assert "election.open_round" not in waits(cast.liu), "nobody has been convened"
    assembly = an_assembly(cast, term)
    assert "election.open_round" not in waits(cast.liu, date(2026, 3, 19)), "the assembly meets on the 20th"
    assert waits(cast.liu, date(2026, 3, 20))["election.open_round"] == here
    for one in undeclared(term):
        open_round(one, by=cast.liu, assembly=assembly)
        key_in(cast, one.poll, counts_for(one.poll, clear_votes(one)))
        assert waits(cast.liu, date(2026, 3, 20))["election.declare"] == here
        declare_round(one, by=cast.liu)
    found = waits(cast.wang, date(2026, 3, 20))
    assert found["term.seat"] == reverse("do", args=["term.seat", term.pk])
    assert not {"election.open_round", "election.declare"} & found.keys()
    reopen_nominations(term, by=cast.wang, reason="重来")


def test_a_by_election_waits_from_its_call(cast: Cast, clock: Clock) -> None:
    a_seated_term(cast, clock)
    seat = Representative.objects.get(name="一甲")
    end_representative(seat, by=cast.wang, kind=Leaving.MOVED, reason="迁出")
    clock.to(date(2026, 3, 16))
    by_election = call_by_election(seat.constituency, by=cast.wang, reason="一名代表迁出")
    found = waits(cast.wang)
    assert found["by_election.publicise"] == reverse("do", args=["by_election.publicise", by_election.pk])
    a_candidate(cast, seat.constituency, "补甲")
    assert waits(cast.liu)["candidate.qualify"] == reverse("desk-by-election", args=[by_election.pk])
