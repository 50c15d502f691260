"""Who may do what with suggestions, and when."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import anyone, oneself, the_clock, the_operator
from yishiting.ground.common.predicates import Permissions, Predicate, Question, Sentence
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import (
    acts_for_it,
    at_desk,
    at_desk_or_above,
    heads_above,
    heads_the_district,
    leads_here,
    reads_here,
)
from yishiting.ground.organisations.queries import units_of
from yishiting.ground.places.queries import common_place
from yishiting.year.dossiers.models import Dossier, ReferralKind
from yishiting.year.dossiers.queries import lies_across, waiting_referral
from yishiting.year.suggestions.models import SolicitationSession, Suggestion


def _where_it_was_joined(ask: Question) -> Sentence | None:
    """Of what was merged: the desk of the nearest place above both, as when it was merged."""
    one = ask.thing
    main = one.merged_into if getattr(one, "merged_into_id", None) else None
    where = common_place([one.place, main.place]) if main is not None else None
    refusal = at_desk.why_not(Question(ask.actor, where or one, ask.today, ask.offices))
    if refusal is None or where in (None, one.place):
        return refusal
    return format_lazy(_("这几条是{place}合并的，由那里的工作人员撤销。"), place=where)


def _where_it_lies(ask: Question) -> bool:
    """What several communities said and the place above has joined lies there."""
    if not isinstance(ask.thing, Suggestion) or at_desk_or_above.why_not(Question(ask.actor, ask.thing, ask.today)):
        return False
    return at_desk.why_not(Question(ask.actor, ask.thing.dossier.lies_at, ask.today, ask.offices)) is None


#: The desk at which it was joined: of the place, or of the nearest one above all of them.
at_desk_of_all = Predicate(
    lambda ask: _where_it_was_joined(ask) is None,
    _("合并时的工作台：本地，几个地方的由共同的上级"),
    lambda ask: _where_it_was_joined(ask) or "",
)
#: The desk of the place above at which the matter lies.
where_it_lies = Predicate(
    _where_it_lies,
    _("这件事现在所在的上级工作台"),
    _("这一步由本地的工作人员办理；这件事报送上级、由上级合并的，由上级办理。"),
)


def _has_it(ask: Question) -> bool:
    """Whether somebody acts for the place that a matter was passed on to; of a place, for that place."""
    here: object = ask.thing
    if isinstance(getattr(ask.thing, "dossier", None), Dossier):
        here = lies_across(ask.thing.dossier, ask.thing.place)
    return at_desk.why_not(Question(ask.actor, here, ask.today, ask.offices)) is None


#: The desk of the place a matter was passed on to.
where_it_was_sent = Predicate(_has_it, _("承接的地方工作台"), _("这一步由承接的地方办理。"))


def _unit_has_it(ask: Question) -> bool:
    """Whether somebody acts for the unit that a matter was passed on to and that has not answered."""
    if not isinstance(getattr(ask.thing, "dossier", None), Dossier) or not isinstance(ask.actor, Person):
        return False
    mine = {one.organisation_id for one in units_of(ask.actor, ask.today)}
    if not mine:
        return False
    sent = waiting_referral(ask.thing.dossier, ReferralKind.ACROSS, ask.thing.place)
    return sent is not None and sent.unit_id in mine


#: Whoever acts for the unit it was passed on to.
the_unit_has_it = Predicate(
    _unit_has_it,
    _("承接单位的联络人"),
    _("这一步由承接单位的联络人办理；不是转给您单位的，或已经答复的，不能办理。"),
)

#: What people say is received, screened and answered all the year round; only tabling waits for its season.
MAY: Permissions = {
    "suggestion.submit": anyone,
    "suggestion.take_down": at_desk,
    "suggestion.black_out": at_desk,
    "suggestion.strike": at_desk,
    "suggestion.settle": at_desk,
    "session.hold": at_desk,
    "session.amend": at_desk,
    "import.hand_in": at_desk | the_operator,
    "import.empty": at_desk | the_clock,
    "suggestion.import": at_desk | the_operator,
    "import.go_on": at_desk | the_clock | the_operator,
    "suggestion.screen": at_desk,
    "suggestion.correct": at_desk,
    "suggestion.correct_contact": at_desk,
    "session.withdraw": at_desk,
    "import.undo": at_desk | the_operator,
    "suggestion.screen_again": at_desk,
    "suggestion.supplement": anyone,
    "suggestion.merge": at_desk | at_desk_or_above,
    "suggestion.unmerge": at_desk_of_all,
    "suggestion.keep_apart": at_desk | at_desk_or_above,
    "suggestion.split": at_desk,
    "suggestion.unsplit": at_desk,
    "suggestion.classify": at_desk_or_above,
    "suggestion.set_special": at_desk_or_above,
    "suggestion.assign": at_desk | where_it_lies,
    "suggestion.answer": at_desk | where_it_lies,
    "suggestion.answer_many": at_desk,
    "suggestion.answer_interim": at_desk | where_it_lies,
    "suggestion.pass_on": at_desk | where_it_lies,
    "suggestion.note_reply": at_desk | where_it_was_sent,
    "suggestion.reply": the_unit_has_it,
    "suggestion.send_back": at_desk | where_it_was_sent | the_unit_has_it,
    "organisation.suggest": acts_for_it | at_desk,
    "suggestion.lapse": the_clock | the_operator,
    "suggestion.appeal": anyone,
    "suggestion.decide_appeal": leads_here,
    "suggestion.export": heads_above,
    "suggestion.forget": the_operator | oneself,
    "category.load": the_operator,
    "category.revise": heads_the_district | the_operator,
}

read_by(reads_here, Suggestion, SolicitationSession)
