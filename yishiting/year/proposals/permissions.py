"""Who drafts, tables and decides proposals, and who answers what was reported up."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, at_desk_above, heads_here, reads_here
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.models import SpecialIntake
from yishiting.ground.seasons.permissions import in_its_season
from yishiting.ground.seasons.queries import special_matters
from yishiting.year.dossiers.models import ReferralKind
from yishiting.year.dossiers.queries import last_way_up, waiting_referral
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.permissions import the_unit_has_it, where_it_was_sent


def rests_on_special(proposals: Iterable[Proposal], today: date) -> bool:
    """Whether one of these, or of what they join through two levels, rests on words about an emergency that goes on."""
    keys = [one.pk for one in proposals]
    below = "sources__proposal__joined_in__proposal"
    ways = ("sources__proposal", below, f"{below}__joined_in__proposal")
    rests = reduce(or_, (Q(**{f"{way}__in": keys}) for way in ways))
    return Suggestion.objects.filter(rests, special__in=SpecialIntake.objects.going_on(today)).exists()


def _is_special(ask: Question) -> bool:
    """Whether it rests on what was said in an emergency or special intake; of a place, whether one is open."""
    thing = getattr(ask.thing, "proposal", ask.thing)
    if isinstance(thing, Proposal):
        return rests_on_special([thing], ask.today)
    return isinstance(thing, Place) and special_matters(thing, ask.today).exists()


#: An emergency or special intake opens tabling and the work itself for its matter, until that has come to its end.
special_matter = Predicate(
    _is_special,
    _("紧急或特殊征集的事项，还没有结束"),
    _("这一件不是紧急或特殊征集来的，或者那件事已经结束。"),
)


def carried_out_at(proposal: Proposal) -> Place:
    """The place that carries out a proposal: the one that took it on, otherwise the one that adopted it."""
    sent = last_way_up(proposal.dossier) if proposal.state == State.TAKEN_ON else None
    return sent.to_place if sent is not None else proposal.place


def in_hand(person: Person, place: Place, unit: UUID | None, leader: UUID | None, today: date) -> bool:
    """Whether this is one of those who have a matter in hand that was given to a section: its people, its leader, the heads."""
    desk = DESKS[place.level]
    return person.pk == leader or any(
        one.office in desk.heads or (one.office in desk.works and one.organisation_id in (None, unit))
        for one in offices_of(person, today)
        if one.place_id == place.pk
    )


def _carries_out(ask: Question) -> bool:
    thing = ask.thing
    here = carried_out_at(thing) if isinstance(thing, Proposal) else thing
    if at_desk.why_not(Question(ask.actor, here, ask.today, ask.offices)) is not None:
        return False
    if not isinstance(thing, Proposal) or not isinstance(ask.actor, Person) or thing.state != State.TAKEN_ON:
        return True
    sent = waiting_referral(thing.dossier, ReferralKind.INSIDE, here)
    return sent is None or in_hand(ask.actor, here, sent.unit_id, thing.responsible_id, ask.today)


#: At the desk of the place that carries out a proposal, which may be the one above.
carries_out = Predicate(
    _carries_out,
    _("承担办理的地方的工作台；交了科室的，承办科室、责任领导或主要负责人"),
    _("这一步由承担办理的街乡或区的承办科室、责任领导或主要负责人办理。"),
)


def _has_it_above(ask: Question) -> bool:
    """Whoever it was sent up to last answers it, and answers it once more."""
    sent = last_way_up(ask.thing.dossier) if isinstance(ask.thing, Proposal) else None
    if sent is None:
        return at_desk_above.why_not(ask) is None
    return at_desk.why_not(Question(ask.actor, sent.to_place, ask.today, ask.offices)) is None


#: At the desk of the place a proposal was sent up to: the one above, or where that one has forwarded it.
has_it_above = Predicate(
    _has_it_above,
    _("收到报送的上级工作台"),
    _("这一步由收到报送的上级工作台的工作人员办理。"),
)


def _answers_what_joined_it(ask: Question) -> bool:
    """What was joined is answered with the proposal that joined it, by whoever answers that one."""
    if not isinstance(ask.thing, Proposal):
        return False
    joint = Proposal.objects.filter(sources__below=ask.thing, sources__live=True).select_related("place").first()
    return joint is not None and at_desk_above.why_not(Question(ask.actor, joint, ask.today, ask.offices)) is None


answers_what_joined_it = Predicate(
    _answers_what_joined_it,
    _("答复合并后建议案的上一级工作台"),
    _("这一步由上一级工作台的工作人员办理。"),
)


def _acts_above(ask: Question) -> bool:
    here = getattr(ask.thing, "place", None)
    if not isinstance(ask.actor, Person) or here is None:
        return False
    return any(one.place.contains(here) and one.place_id != here.pk for one in offices_of(ask.actor, ask.today))


#: Whoever holds an office above: the answer of the district goes down with what committees, bodies and units decide.
acts_above = Predicate(_acts_above, _("上级的工作人员"), _("这一步由上级的工作人员办理。"))

MAY: Permissions = {
    "proposal.draft": at_desk,
    "proposal.add_source": at_desk,
    "proposal.remove_source": at_desk,
    "proposal.amend": at_desk,
    "proposal.table": at_desk & (in_its_season("proposal.table") | special_matter),
    "proposal.take_off": at_desk,
    "proposal.consult": at_desk,
    "proposal.decide": at_desk,
    "proposal.report_up": heads_here,
    "proposal.pass_on": heads_here,
    "proposal.note_reply": at_desk | where_it_was_sent,
    "proposal.reply": the_unit_has_it,
    "proposal.send_back": at_desk | where_it_was_sent | the_unit_has_it,
    "proposal.take_on": has_it_above,
    "proposal.bring_back": has_it_above,
    "proposal.forward": has_it_above,
    "proposal.defer": has_it_above,
    "proposal.explain": has_it_above,
    "proposal.look_again": has_it_above,
    "proposal.answer_joined": at_desk_above | answers_what_joined_it | acts_above,
    "proposal.hear_above": acts_above,
    "proposal.agree": heads_here,
    "proposal.return_up": heads_here,
    "proposal.put_off": at_desk,
    "proposal.answer_sources": at_desk,
}

read_by(reads_here, Proposal)
