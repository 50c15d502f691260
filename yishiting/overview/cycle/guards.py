"""In a place that is closed nothing begins; what is open there is finished by the desk that goes on."""

from typing import Any

from django.utils.translation import gettext as _

from yishiting.ground.common.days import said
from yishiting.ground.common.predicates import Sentence, place_of
from yishiting.ground.common.verbs import guards

#: Verbs by which something begins at a place or its council. A test asks of every other one why it may still be done.
BEGINNING = (
    "suggestion.submit", "suggestion.take_down", "suggestion.import", "import.hand_in", "session.hold",
    "organisation.register", "estate.list", "place.list_contacts", "appointment.make", "account.join",
    "season.set_window", "season.open_special", "rulebook.adopt", "council.found", "council.name_organisers",
    "term.begin", "term.enter", "by_election.call", "meeting.plan", "questionnaire.draft", "proposal.draft",
    "place.register_person", "place.list_residents_representatives", "sitting.call", "hearing.announce", "needs_report.draft", "works_plan.draft",
    "inquiry.ask", "score_round.open", "budget_vote.open", "project.enter",
    "assessment.draft", "fund.open",
)  # fmt: skip


@guards(*BEGINNING)
def in_a_closed_place(thing: Any) -> Sentence | None:
    """Where a place is closed, the sentence that names the one to go to."""
    place = place_of(thing)
    if place is None or place.run_by_id is None:
        return None
    day = said(place.valid_to, "plain") if place.valid_to else ""
    words = {"place": place.name, "day": day, "there": place.acting.name}
    return _("%(place)s已于%(day)s停用，新的事请到%(there)s办理；原来没办完的照常在这里办完。") % words
