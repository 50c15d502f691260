"""Who may do what with suggestions, and when."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.permissions import anyone, oneself, the_clock, the_operator
from yishiting.ground.common.predicates import Permissions, Predicate
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import at_community_desk, holds_above, holds_here
from yishiting.ground.seasons.permissions import intake_open
from yishiting.year.suggestions.models import SolicitationSession, Suggestion

recorded_it = Predicate(
    lambda ask: ask.thing.recorded_by_id is not None and str(ask.thing.recorded_by_id) == ask.actor.actor_id,
    _("录入的人"),
    _("只有录入的人可以撤销这一条。"),
)

#: Slips are typed in after the day they were written, so their own date is held against the season, not today's.
#: What other systems hand over is no solicitation and comes all year round.
MAY: Permissions = {
    "suggestion.submit": anyone & intake_open,
    "suggestion.take_down": at_community_desk,
    "suggestion.strike": at_community_desk & recorded_it,
    "suggestion.settle": at_community_desk,
    "session.hold": at_community_desk,
    "session.amend": at_community_desk,
    "import.hand_in": at_community_desk,
    "import.empty": at_community_desk | the_clock,
    "suggestion.import": at_community_desk | the_operator,
    "suggestion.screen": at_community_desk,
    "suggestion.supplement": anyone,
    "suggestion.merge": at_community_desk,
    "suggestion.unmerge": at_community_desk,
    "suggestion.keep_apart": at_community_desk,
    "suggestion.split": at_community_desk,
    "suggestion.unsplit": at_community_desk,
    "suggestion.classify": at_community_desk,
    "suggestion.assign": at_community_desk,
    "suggestion.answer": at_community_desk,
    "suggestion.appeal": anyone,
    "suggestion.decide_appeal": holds_here(Office.COMMUNITY_SECRETARY, Office.COMMITTEE_DIRECTOR),
    "suggestion.export": holds_above(
        Office.COMMUNITY_SECRETARY, Office.SUBDISTRICT_SECRETARY, Office.DISTRICT_DIRECTOR
    ),
    "suggestion.forget": the_operator | oneself,
    "category.load": the_operator,
}

#: Whoever works with the suggestions of a place: its desk, its supervisors, and the offices above it.
reads_here = at_community_desk | holds_above(
    Office.COMMUNITY_SUPERVISOR,
    Office.SUBDISTRICT_SECRETARY,
    Office.SUBDISTRICT_LEADER,
    Office.SECTION_HEAD,
    Office.SUBDISTRICT_AUDITOR,
    Office.DISTRICT_DIRECTOR,
    Office.DISTRICT_OFFICER,
    Office.AUDITOR,
)

read_by(reads_here, Suggestion, SolicitationSession)
