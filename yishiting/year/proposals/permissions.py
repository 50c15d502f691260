"""Who drafts, tables and decides proposals, and who answers what was reported up."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, at_desk_above, heads_here, reads_here
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.permissions import in_its_season
from yishiting.ground.seasons.queries import special_intake_open
from yishiting.year.dossiers.queries import last_way_up
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.models import Suggestion


def rests_on_special(proposals: Iterable[Proposal]) -> bool:
    """Whether one of these, or of what they join through two levels, rests on the words of a special intake."""
    keys = [one.pk for one in proposals]
    below = "sources__proposal__joined_in__proposal"
    ways = ("sources__proposal", below, f"{below}__joined_in__proposal")
    rests = reduce(or_, (Q(**{f"{way}__in": keys}) for way in ways))
    return Suggestion.objects.filter(rests, special__isnull=False).exists()


def _is_special(ask: Question) -> bool:
    """Whether it rests on what was said in an emergency or special intake; of a place, whether one is open."""
    thing = getattr(ask.thing, "proposal", ask.thing)
    if isinstance(thing, Proposal):
        return rests_on_special([thing])
    return isinstance(thing, Place) and special_intake_open(thing, ask.today)


#: An emergency or special intake opens tabling and the work itself for its matter.
special_matter = Predicate(
    _is_special,
    _("紧急或特殊征集的事项"),
    _("这一件不是紧急或特殊征集来的。"),
)


def carried_out_at(proposal: Proposal) -> Place:
    """The place that carries out a proposal: the one that took it on, otherwise the one that adopted it."""
    sent = last_way_up(proposal.dossier) if proposal.state == State.TAKEN_ON else None
    return sent.to_place if sent is not None else proposal.place


def _carries_out(ask: Question) -> bool:
    here = carried_out_at(ask.thing) if isinstance(ask.thing, Proposal) else ask.thing
    return at_desk.why_not(Question(ask.actor, here, ask.today, ask.offices)) is None


#: At the desk of the place that carries out a proposal, which may be the one above.
carries_out = Predicate(
    _carries_out,
    _("办理的地方的工作台"),
    _("这一步由承担办理的街乡或区的工作人员办理。"),
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

MAY: Permissions = {
    "proposal.draft": at_desk,
    "proposal.add_source": at_desk,
    "proposal.amend": at_desk,
    "proposal.table": at_desk & (in_its_season("proposal.table") | special_matter),
    "proposal.take_off": at_desk,
    "proposal.consult": at_desk,
    "proposal.decide": at_desk,
    "proposal.report_up": heads_here,
    "proposal.bring_back": at_desk_above | answers_what_joined_it,
    "proposal.agree": heads_here,
    "proposal.return_up": heads_here,
    "proposal.put_off": at_desk,
    "proposal.answer_sources": at_desk,
}

read_by(reads_here, Proposal)
