"""What two clerks do at once with a matter of the district: each creating verb once, or each of them for itself."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.cast import TODAY, Cast
from tests.factories import matters, projects
from tests.factories.suggestions import a_suggestion
from tests.stress.clerks import each, once
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.overview.assessment import actions as assessing
from yishiting.year.dossiers.actions import refer
from yishiting.year.dossiers.models import ReferralKind
from yishiting.year.matters import actions as acts
from yishiting.year.matters.choices import CoordinationKind, ResultKind, Satisfaction, Verdict, WithWhom
from yishiting.year.matters.models import Basis, Matter
from yishiting.year.matters.queries import people_of
from yishiting.year.matters.states import State
from yishiting.year.proposals.models import Proposal, Source
from yishiting.year.proposals.states import State as ProposalState


def at_the_district(cast: Cast) -> None:
    """From taking in to the rating, whatever makes a row."""
    district = matters.a_district(cast)
    taken = once(lambda it: acts.take_in(it, by=district.mei), _reported(cast, "拓宽道路"))
    once(lambda it, other: acts.join_matter(it, by=district.mei, proposal=other), taken, _reported(cast, "道路太窄"))
    joined = Basis.objects.exclude(proposal__dossier=taken.dossier).get(matter=taken).proposal
    once(lambda it: acts.unjoin_matter(it, by=district.mei, proposal=joined, reason="不是一件事"), taken)
    matter = _at(taken, State.PREPARED)
    once(lambda it: acts.ask_opinions(it, by=district.mei, units=[district.roads], question="合规吗"), matter)
    handling: dict[str, Any] = {"person": "周平", "plan": "拓宽", "standard": "通车", "deadline": _in(90)}
    matter.opinions.update(state="lapsed")
    once(lambda it: acts.propose_handling(it, by=district.mei, lead=district.roads, **handling), matter)
    once(lambda it: acts.pass_on(it, by=cast.sun), matter)
    _bodies(cast, matter)
    _dispatched(cast, district, _at(matter, State.PUBLICISED))
    matter = _at(matter, State.UNDERWAY)
    noted: dict[str, Any] = {"happened_on": timezone.localdate()}
    each(lambda it: acts.note_progress(it, by=district.handler, percent=20, done="量过", **noted), matter)
    each(lambda it: acts.note_contact(it, by=district.handler, whom=WithWhom.PROPOSER, text="说过", **noted), matter)
    asked = {"kind": CoordinationKind.CITY, "whom": "市交通委", "asked": "资金", "held_on": timezone.localdate()}
    each(lambda it: acts.coordinate(it, by=cast.sun, **asked), matter)
    kept = {"name": "已列入计划", "text": "已列入年度养护计划。"}
    once(lambda it: acts.keep_template(it, by=district.handler, **kept), district.roads)
    each(lambda it: acts.remind(it, by=cast.sun, text="请按期办结"), matter)
    once(lambda it: acts.answer_matter(it, by=district.handler, kind=ResultKind.SOLVED, text="通车了"), matter)
    _rated(cast, matter)


def _bodies(cast: Cast, matter: Matter) -> None:
    held: dict[str, Any] = {"verdict": Verdict.PASSED, "held_on": timezone.localdate(), "paper": "8号"}
    once(lambda it: acts.approve(it, by=cast.sun, **held), _at(matter, State.REVIEWED))
    once(lambda it: acts.return_matter(it, by=cast.sun, reason="再论证"), _at(matter, State.PROPOSED))
    day = {"held_on": _in(3), "venue": "区机关", "invited": "各方"}
    called = once(lambda it: acts.call_special(it, by=cast.sun, **day), _at(matter, State.PENDING))
    type(called).objects.filter(pk=called.pk).update(held_on=timezone.localdate())
    said = {"verdict": Verdict.AGREED, "came": "都到了", "differences": "没有了"}
    once(lambda it: acts.record_special(it, by=cast.sun, **said), called)
    once(lambda it: acts.endorse(it, by=cast.sun, **held), _at(matter, State.AGREED))
    once(lambda it: acts.decide_matter(it, by=cast.sun, **held), _at(matter, State.ENDORSED))
    once(lambda it: acts.publicise(it, by=cast.sun), _at(matter, State.DECIDED))


def _dispatched(cast: Cast, district: matters.District, matter: Matter) -> None:
    once(lambda it: acts.reopen(it, by=cast.sun, reason="有重大分歧"), _with_notice(matter, "upheld"))
    given: dict[str, Any] = {"partners": [district.traffic], "deadline": _in(90)}
    ready = _with_notice(_at(matter, State.PUBLICISED), "clear")
    once(lambda it: acts.dispatch(it, by=cast.sun, lead=district.roads, **given), ready)
    first, second = matter.dispatches.get(role="lead"), matter.dispatches.get(role="support")
    once(lambda it: acts.return_dispatch(it, by=district.traffic_handler, reason="不归我们"), second)
    once(lambda it: acts.rule_on_dispatch(it, by=cast.sun, ruling="仍由交通处"), second)
    once(lambda it: acts.countersign(it, by=district.handler, signed_by="周平"), first)
    once(lambda it: acts.countersign(it, by=district.traffic_handler, signed_by="焦明"), second)
    third = Organisation.objects.create(place=cast.district, kind="department", name="住建委")
    again = {"unit": third, "reason": "职责调整"}
    once(lambda it: acts.reassign_dispatch(it, by=cast.sun, **again), second)
    matter.dispatches.filter(unit=third).update(state="countersigned")
    plan: dict[str, Any] = {"department": "道路科", "person": "施工", "measures": "拓宽", "standard": "通车"}
    once(lambda it: acts.write_plan(it, by=district.handler, deadline=_in(60), **plan), _at(matter, State.DISPATCHED))


def _rated(cast: Cast, matter: Matter) -> None:
    once(lambda it: acts.rate(it, by=cast.lu, satisfaction=Satisfaction.SATISFIED), matter)
    matter.ratings.all().delete()
    noted: dict[str, Any] = {"suggestion": people_of(matter)[0], "satisfaction": Satisfaction.MOSTLY}
    once(lambda it: acts.note_rating(it, by=cast.liu, **noted), matter)
    once(
        lambda it: acts.send_back(it, by=matters.person_of_the_line(), reason="胡同归街道管"),
        _at(matter, State.RECEIVED),
    )
    once(lambda it: acts.decline(it, by=cast.sun, reason="改线"), _at(matter, State.PLANNED))


def _reported(cast: Cast, title: str) -> Proposal:
    """A proposal that lies at the district and waits."""
    made = projects.adopted_proposal(cast, ResponsibleLevel.DISTRICT, title)
    Proposal.objects.filter(pk=made.pk).update(state=ProposalState.REPORTED_UP)
    Source.objects.create(proposal=made, suggestion=a_suggestion(cast, by=cast.lu))
    refer(made.dossier, ReferralKind.UP, cast.district, here=cast.zaobei, reason="归区里管", today=TODAY)
    return Proposal.objects.get(pk=made.pk)


def _at(matter: Matter, state: State) -> Matter:
    Matter.objects.filter(pk=matter.pk).update(state=state, pending_since=timezone.localdate())
    return Matter.objects.get(pk=matter.pk)


def _with_notice(matter: Matter, state: str) -> Matter:
    day = timezone.localdate() - timedelta(days=1)
    type(matter.notice)._base_manager.filter(pk=matter.notice_id).update(state=state, last_day=day, posted_on=day)
    return Matter.objects.get(pk=matter.pk)


def _in(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def the_assessment(cast: Cast) -> None:
    """One of a year, its table and the list of its units, by two clerks at once."""
    given = {"year": timezone.localdate().year, "about": "subdistricts"}
    made = once(lambda place: assessing.draft(place, by=cast.sun, **given), cast.district)
    rows = made.tables.get().rows
    each(lambda it: assessing.adopt_rules(it, by=cast.sun, rows=rows), made)
    once(lambda it: assessing.begin(it, by=cast.sun, self_until=_in(3)), made)
    assert made.tables.count() == 3
