"""Predicates about representatives, and who may do what for the council."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import signed_in, the_clock
from yishiting.ground.common.predicates import Permissions, Predicate, Question, place_of
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import (
    at_desk,
    at_desk_above,
    heads_here,
    leads_here,
    of_the_level,
    party_here,
    reads_here,
)
from yishiting.ground.organisations.queries import units_of
from yishiting.year.councils.models import (
    Assembly,
    Candidate,
    Constituency,
    Council,
    ElectionRound,
    Outreach,
    Representative,
    Term,
)
from yishiting.year.councils.queries import seats_of


def _represents(ask: Question) -> bool:
    if not isinstance(ask.actor, Person):
        return False
    here = place_of(ask.thing)
    return any(seat.place_id in (here.pk, here.run_by_id) for seat in seats_of(ask.actor, ask.today))


represents_here = Predicate(
    _represents,
    _("本地在任议事代表"),
    _("这一步由本地在任的议事代表办理；任期届满或离任的代表不能办理。"),
)

the_candidate = Predicate(
    lambda ask: isinstance(ask.actor, Person) and ask.actor.pk == ask.thing.person_id,
    _("候选人本人"),
    _("这一步由候选人本人或本地工作人员办理。"),
)

holds_the_seat = Predicate(
    lambda ask: (
        isinstance(ask.actor, Person) and ask.actor.pk == getattr(ask.thing, "representative", ask.thing).person_id
    ),
    _("代表本人"),
    _("这一步由代表本人或本地工作人员办理。"),
)

not_about_oneself = Predicate(
    lambda ask: not isinstance(ask.actor, Person) or ask.actor.pk != getattr(ask.thing, "person_id", None),
    _("不是候选人本人"),
    _("您就是这位候选人，资格审查请由其他同志办理。"),
)


def _sends(ask: Question) -> bool:
    """Of a constituency: whoever leads the place that sends, or acts for the unit; of a place, whoever leads it."""
    thing = ask.thing
    if isinstance(thing, Constituency):
        if thing.unit_id is not None and isinstance(ask.actor, Person):
            return any(one.organisation_id == thing.unit_id for one in units_of(ask.actor, ask.today))
        thing = thing.sends
    return thing is not None and leads_here.why_not(Question(ask.actor, thing, ask.today, ask.offices)) is None


#: Whoever names the representatives of a constituency.
sends_them = Predicate(
    _sends,
    _("推派的社区（村）负责人，或单位的联络人"),
    _("这一步由推派的社区（村）负责人或单位联络人办理，也可以由本地工作台代为登记。"),
)
#: The desk of the council writes down what a community or a unit told it on paper; it does not wait there.
takes_it_down = Predicate(
    lambda ask: isinstance(ask.thing, Constituency) and at_desk.why_not(ask) is None,
    _("协商会所在地工作台（代为登记）"),
    _("这一步由推派的社区（村）负责人或单位联络人办理，也可以由本地工作台代为登记。"),
)
#: The shares of the sectors are fixed by the Party organisation of the level, with whoever leads the council there.
fixes_shares = of_the_level(_("确定席位比例的本地负责人"), lambda desk: desk.shares or desk.leading)

#: The level above agrees to what is entered; the district, which has nobody above it here, by its own head.
confirms_entries = at_desk_above | (
    heads_here
    & Predicate(
        lambda ask: place_of(ask.thing).parent_id is None,
        _("没有上级的（区）"),
        _("登记的内容由上一级确认，不能自己确认。"),
    )
)

MAY: Permissions = {
    "council.found": party_here,
    "council.amend": leads_here,
    "council.name_organisers": leads_here,
    "term.enter": leads_here,
    "term.amend_entry": leads_here,
    "term.return_entry": confirms_entries,
    "term.confirm_entry": confirms_entries,
    "term.renumber": leads_here,
    "term.begin": leads_here,
    "term.plan_seats": at_desk,
    "term.drop": leads_here,
    "term.fix_seats": fixes_shares,
    "term.revise_seats": leads_here,
    "candidate.nominate": at_desk,
    "constituency.send": sends_them | takes_it_down,
    "candidate.stand": signed_in,
    "candidate.correct": at_desk & not_about_oneself,
    "candidate.note_identities": at_desk & not_about_oneself,
    "candidate.consent": the_candidate | at_desk,
    "candidate.qualify": at_desk & not_about_oneself,
    "candidate.disqualify": at_desk & not_about_oneself,
    "candidate.withdraw": the_candidate | at_desk,
    "candidate.reinstate": at_desk & not_about_oneself,
    "term.publicise_candidates": leads_here,
    "term.reopen_nominations": leads_here,
    "term.start_election": leads_here,
    "assembly.convene": at_desk,
    "assembly.sign_in": at_desk,
    "assembly.note_proxies": at_desk,
    "assembly.appoint_tellers": at_desk,
    "election.open_round": at_desk,
    "election.declare": at_desk,
    "assembly.amend": at_desk,
    "assembly.withdraw": at_desk,
    "term.seat": leads_here,
    "term.confirm": leads_here,
    "term.announce": leads_here,
    "term.end": leads_here | the_clock,
    "representative.end": leads_here,
    "representative.link": at_desk | the_clock,
    "representative.unlink": leads_here,
    "representative.correct": leads_here,
    "outreach.note": holds_the_seat | at_desk,
    "outreach.withdraw": holds_the_seat | at_desk,
    "identity.note": at_desk,
    "identity.correct": at_desk,
    "by_election.call": leads_here,
    "by_election.publicise": leads_here,
    "by_election.reopen": leads_here,
    "by_election.start": leads_here,
    "by_election.convene_assembly": at_desk,
    "by_election.seat": leads_here,
    "by_election.confirm": leads_here,
    "by_election.give_up": leads_here,
}

read_by(reads_here, Council, Term, Assembly, Candidate, ElectionRound, Representative, Outreach)
