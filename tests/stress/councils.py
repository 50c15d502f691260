"""The council and its election, each step of it done by two clerks in the same moment."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.cast import Cast
from tests.factories import councils
from tests.stress.clerks import each, once, reread
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.organisations.models import IdentityKind
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.publicity.actions import answer_objection, close_notice, raise_objection
from yishiting.year.councils import actions as council
from yishiting.year.councils.choices import Leaving, Route
from yishiting.year.councils.models import Representative, Term
from yishiting.year.councils.queries import candidates_of, undeclared


def the_election(cast: Cast, clock: Any) -> Term:
    """From the founding to the seats, and a by-election."""
    founded = once(lambda place: council.found_council(place, by=cast.wang, purpose="协商"), cast.zaobei, clerks=3)
    term = once(lambda it: council.begin_term(it, by=cast.wang, number=3), founded)
    each(lambda it: council.set_seat_plan(it, by=cast.liu, lines=councils.LINES), term)
    assert term.constituencies.count() == len(councils.LINES)
    once(lambda it: council.fix_seats(it, by=cast.wang), term)
    first, second, *_rest = list(term.constituencies.all())
    who = {"name": "一甲", "birth_year": 1960, "phone": cast.liming.phone}
    nomination = {"route": Route.RECOMMENDATION, **who, "proposed_by": "12名居民", "consents": True}
    candidate = once(lambda it: council.nominate(it, by=cast.liu, **nomination), first, clerks=3)
    once(lambda it: council.qualify_candidate(it, by=cast.liu), candidate)
    own = {"name": "陆桂芳", "birth_year": 1958, "phone": cast.lu.phone}
    standing = once(lambda it: council.stand(it, by=cast.lu, **own, consents=True), second)
    once(lambda it: council.withdraw_candidate(it, by=cast.lu), standing)
    for one in term.constituencies.all():
        for name in councils.names_for(term)[one.name]:
            if name != "一甲":
                council.qualify_candidate(councils.a_candidate(cast, one, name), by=cast.liu)
    once(lambda it: council.publicise_candidates(it, by=cast.wang), term)
    notice = reread(term).notice
    objections = each(lambda it: raise_objection(it, by=Visitor(), text="不住在这里"), notice, clerks=3)
    assert len({one.receipt for one in objections}) == 3
    for one in objections:
        once(lambda it: answer_objection(it, by=cast.wang, upheld=False, answer="住在这里"), one)
    clock.to(notice.last_day + timedelta(days=1))
    once(lambda it: close_notice(it, by=cast.wang), notice)
    once(lambda it: council.start_election(it, by=cast.wang, method=Method.PAPER), term)
    assert undeclared(reread(term)).count() == len(councils.LINES)
    assembly = _the_vote(cast, reread(term))
    once(lambda it: council.seat_term(it, by=cast.wang), term)
    assert Representative.objects.filter(term=term).count() == sum(line.seats or 0 for line in councils.LINES)
    assert assembly.present
    _a_by_election(cast, clock, reread(term))
    return reread(term)


def a_council_in_office(cast: Cast) -> None:
    """A place joins with the term it has."""
    founded = once(lambda place: council.found_council(place, by=cast.qian, purpose="协商"), cast.zaonan)
    entered = once(lambda it: councils.an_entered_term(cast, it), founded)
    each(lambda it: council.return_entry(it, by=cast.zhao, reason="请补上依据"), entered)
    mended = {
        "number": 3,
        "begins": date(2024, 4, 1),
        "ends": date(2027, 3, 31),
        "basis": "2024年3月28日会议选举产生。",
    }
    roster = [("一号楼群", "居民", "李明", cast.liming.phone), ("两委一站", "两委一站", "刘强")]
    each(lambda it: council.amend_entry(it, by=cast.qian, **mended, roster=roster, consents=True), entered)
    assert candidates_of(reread(entered)).count() == 2
    once(lambda it: council.confirm_entry(it, by=cast.zhao), entered)
    assert Representative.objects.filter(term=entered).count() == 2
    seat = Representative.objects.get(term=entered, name="刘强")
    linked = Representative.objects.get(term=entered, name="李明")
    once(lambda it: council.unlink_account(it, by=cast.qian, reason="关联错了"), linked)
    once(lambda it: council.link_account(it, by=cast.qian, phone=cast.liming.phone), linked)
    once(lambda it: council.correct_representative(it, by=cast.qian, name="刘强（2号楼）", reason="同名"), seat)
    been = {"called_on": date(2026, 3, 1), "kind": "home", "where": "3号楼", "people": 2, "heard": "灯不亮。"}
    call = each(lambda it: council.note_outreach(it, by=cast.qian, **been), seat)[0]
    once(lambda it: council.withdraw_outreach(it, by=cast.qian, reason="记错了"), call)
    deputy = {"kind": IdentityKind.PEOPLES_DEPUTY, "since": date(2026, 1, 1)}
    noted = once(lambda it: council.note_identity(it, by=cast.qian, **deputy), seat)
    each(lambda it: council.correct_identity(it, by=cast.qian, **deputy, reason="看错了"), noted)
    once(lambda it: council.renumber_term(it, by=cast.qian, number=4, reason="看错了"), entered)
    each(lambda it: council.name_organisers(it, by=cast.qian, organisers=[("刘芳", "会务")]), founded)


def _the_vote(cast: Cast, term: Term) -> Any:
    given = {"held_on": date(2026, 3, 20), "venue": "活动室", "roll": councils.ROLL}
    each(lambda it: council.convene_assembly(it, by=cast.liu, **given), term)
    assembly = councils.an_assembly(cast, term)
    one, *rest = list(undeclared(term))
    once(lambda it, they: council.open_round(it, by=cast.liu, assembly=they), one, assembly)
    counted = councils.counts_for(reread(one).poll, councils.clear_votes(one))
    once(lambda it: enter_tally(it, by=cast.liu, counts=counted), one.poll)
    once(lambda it: enter_tally(it, by=cast.zhou, counts=counted), one.poll)
    once(lambda it: council.declare_round(it, by=cast.liu), one)
    for other in rest:
        councils.vote(cast, other, assembly, councils.clear_votes(other))
    return assembly


def _a_by_election(cast: Cast, clock: Any, term: Term) -> None:
    gone = Representative.objects.filter(term=term).order_by("constituency__position", "name").last()
    leaving = {"kind": Leaving.MOVED, "reason": "搬走了"}
    once(lambda it: council.end_representative(it, by=cast.wang, **leaving), gone)
    clock.to(timezone.localdate() + timedelta(days=1))
    called = once(lambda it: council.call_by_election(it, by=cast.wang, reason="有人搬走"), gone.constituency)
    for name in ("补甲", "补乙"):
        council.qualify_candidate(councils.a_candidate(cast, called.constituency, name), by=cast.liu)
    once(lambda it: council.publicise_by_election(it, by=cast.wang), called)
    notice = reread(called).notice
    clock.to(notice.last_day + timedelta(days=1))
    close_notice(notice, by=cast.wang)
    once(lambda it: council.start_by_election(it, by=cast.wang, method=Method.PAPER), called)
    again = reread(called)
    (one,) = undeclared(again)
    councils.vote(cast, one, councils.an_assembly(cast, again), {"补甲": 30, "补乙": 5})
    once(lambda it: council.seat_by_election(it, by=cast.wang), called)
