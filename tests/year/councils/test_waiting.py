"""What of a council waits on the home of whoever must do it: vacant seats, the end of a term; and what representatives do."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.councils import a_seated_term, an_entered_term
from yishiting.doors.common.duty import duty_records
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.overview.cycle.board import waiting_for
from yishiting.overview.cycle.shapes import Wait
from yishiting.year.councils.actions import (
    announce_term,
    begin_term,
    call_by_election,
    confirm_entry,
    end_representative,
    give_up_by_election,
    note_outreach,
    withdraw_outreach,
)
from yishiting.year.councils.choices import Leaving, OutreachKind
from yishiting.year.councils.models import Representative, Term
from yishiting.year.councils.queries import announced_by

pytestmark = pytest.mark.django_db
CALL = {"kind": OutreachKind.HOME, "where": "3号楼", "people": 4, "heard": "楼门口的灯不亮。"}


def waits(someone: Person, *verbs: str) -> list[Wait]:
    fresh = Person.objects.get(pk=someone.pk)
    return [one for one in waiting_for(fresh, timezone.localdate()) if one.verb in verbs]


class TestVacancies:
    def _one_has_left(self, cast: Cast, clock: Clock) -> Term:
        term = a_seated_term(cast, clock)
        assert waits(cast.wang, "by_election.call") == [], "nobody has left"
        end_representative(Representative.objects.get(name="一甲"), by=cast.wang, kind=Leaving.MOVED, reason="迁出")
        assert waits(cast.wang, "by_election.call") == [], "not on the last day itself"
        clock.to(date(2026, 3, 14))
        return term

    def test_a_vacant_seat_waits_for_those_who_decide_until_a_by_election_is_called(
        self, cast: Cast, clock: Clock, sign_in
    ) -> None:
        term = self._one_has_left(cast, clock)
        (line,) = waits(cast.wang, "by_election.call")
        assert (str(line.says), line.since, line.due) == ("一号楼群空缺1席", date(2026, 3, 14), date(2026, 5, 13))
        assert waits(cast.liu, "by_election.call") == [], "a worker does not decide it"
        page = sign_in(cast.wang).get(reverse("desk-home")).content.decode()
        group = term.constituencies.get(name="一号楼群")
        assert reverse("do", args=["by_election.call", group.pk]) in page
        call_by_election(group, by=cast.wang, reason="一名代表迁出")
        assert waits(cast.wang, "by_election.call") == []

    def test_given_up_it_waits_no_longer_until_somebody_else_leaves(self, cast: Cast, clock: Clock) -> None:
        term = self._one_has_left(cast, clock)
        called = call_by_election(term.constituencies.get(name="一号楼群"), by=cast.wang, reason="一名代表迁出")
        give_up_by_election(called, by=cast.wang, reason="任期过半，不再补选")
        assert waits(cast.wang, "by_election.call") == []
        clock.to(date(2026, 4, 1))
        end_representative(Representative.objects.get(name="一乙"), by=cast.wang, kind=Leaving.MOVED, reason="迁出")
        clock.to(date(2026, 4, 2))
        (line,) = waits(cast.wang, "by_election.call")
        assert str(line.says) == "一号楼群空缺2席"

    def test_near_the_end_nobody_waits_for_a_by_election(self, cast: Cast, clock: Clock) -> None:
        term = self._one_has_left(cast, clock)
        clock.to(term.ends - timedelta(days=59))
        assert waits(cast.wang, "by_election.call") == []

    def test_a_seat_entered_as_vacant_waits_from_the_first_day(self, cast: Cast) -> None:
        term = an_entered_term(cast)
        term.constituencies.filter(name="两委一站").update(seats=2)
        confirm_entry(term, by=cast.zhao)
        (line,) = waits(cast.wang, "by_election.call")
        assert (str(line.says), line.since) == ("两委一站空缺1席", term.begins)


class TestTheEndOfATerm:
    def test_it_is_announced_sixty_days_ahead_and_the_next_is_begun(
        self, cast: Cast, clock: Clock, client: Client
    ) -> None:
        term = a_seated_term(cast, clock)
        first, by = announced_by(term)
        assert (term.ends - by).days == 60
        clock.to(first - timedelta(days=1))
        assert waits(cast.wang, "term.announce", "term.begin") == []
        with pytest.raises(Refused, match="还早"):
            announce_term(term, by=cast.wang)
        clock.to(first)
        (line,) = waits(cast.wang, "term.announce", "term.begin")
        assert (line.verb, line.since, line.due) == ("term.announce", first, by)
        with pytest.raises(NotAllowed):
            announce_term(term, by=cast.liu)
        announce_term(term, by=cast.wang)
        assert waits(cast.wang, "term.announce", "term.begin") == []
        shown = client.get(reverse("council", args=[cast.zaobei.code])).content.decode()
        assert "第4届换届公告" in shown
        assert "2029年3月12日届满" in term.end_notice.body
        with pytest.raises(Refused, match="已经公告"):
            announce_term(term, by=cast.wang)
        clock.to(by)
        (line,) = waits(cast.wang, "term.announce", "term.begin")
        assert (line.verb, line.due) == ("term.begin", term.ends)
        begin_term(term.council, by=cast.wang)
        assert waits(cast.wang, "term.announce", "term.begin") == [], "the next term is under way"


class TestCalls:
    def test_a_call_is_part_of_the_duty_record(self, cast: Cast, clock: Clock, sign_in) -> None:
        a_seated_term(cast, clock)
        seat = Representative.objects.get(name="一甲")
        call = note_outreach(seat, by=cast.liming, called_on=date(2026, 3, 13), **CALL)
        (record,) = duty_records([seat])
        assert record.outreach == [call]
        mine = sign_in(cast.liming).get(reverse("my-duty-record")).content.decode()
        assert "楼门口的灯不亮" in mine
        assert reverse("do", args=["outreach.note", seat.pk]) in mine
        assert reverse("do", args=["outreach.withdraw", call.pk]) in mine
        listed = sign_in(cast.liu).get(reverse("desk-outreach", args=[cast.zaobei.code])).content.decode()
        assert "楼门口的灯不亮" in listed
        withdraw_outreach(call, by=cast.liu, reason="记错了")
        (record,) = duty_records([seat])
        assert record.outreach == []

    def test_only_in_office_and_only_ones_own(self, cast: Cast, clock: Clock) -> None:
        a_seated_term(cast, clock)
        seat = Representative.objects.get(name="一甲")
        with pytest.raises(Refused, match="不在任期之内") as refusal:
            note_outreach(seat, by=cast.liu, called_on=date(2026, 3, 1), **CALL)
        assert refusal.value.field == "called_on"
        with pytest.raises(Refused, match=r"不在任期之内|不能|还没有到"):
            note_outreach(seat, by=cast.liu, called_on=date(2026, 3, 20), **CALL)
        with pytest.raises(NotAllowed):
            note_outreach(Representative.objects.get(name="一乙"), by=cast.liming, called_on=date(2026, 3, 13), **CALL)
        with pytest.raises(NotAllowed):
            note_outreach(seat, by=cast.lu, called_on=date(2026, 3, 13), **CALL)
