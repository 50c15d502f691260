"""Where the next action of each waiting thing is done."""

from django.urls import reverse
from django.utils.http import urlencode

from yishiting.doors.web.shared.nouns import address_by_key
from yishiting.overview.cycle.shapes import Wait

#: kind of thing → the page that shows it, with its buttons.
PAGES = {
    "suggestion": "desk-suggestion",
    "public_notice": "desk-notice",
    "poll": "desk-tally",
    "meeting": "desk-meeting",
    "reviews": "desk-reviews",
    "proposal": "desk-proposal",
    "project": "desk-project",
    "payment": "desk-payment",
    "term": "desk-election",
    "candidates": "desk-candidates",
    "by_election": "desk-by-election",
    "consultation": "desk-consultation",
    "agreement": "desk-agreement",
    "inquiry": "desk-inquiry",
    "council_question": "desk-council-question",
    "sitting": "desk-sitting",
    "needs_report": "desk-needs-report",
    "works_plan": "desk-works-plan",
    "matter": "desk-matter",
    "assessment": "desk-assessment",
    "unit_sheet": "desk-unit-sheet",
    "mark": "desk-mark",
    "questionnaire": "desk-questionnaire",
    "score_round": "desk-score-round",
    "budget_vote": "desk-budget-vote",
}

#: Where the next action itself has a page of its own.
STRAIGHT = {
    "invitation.sign_in": "my-meeting",
    "project.sign": "my-project",
    "finding.confirm": "my-project",
}

#: Where one of several answers has to be chosen, the page of the thing shows them all.
TO_CHOOSE_THERE = ("proposal.bring_back",)

#: Several things of a kind together lead to their list.
LISTS = {
    "suggestion.screen": "desk-screening",
    "suggestion.decide_appeal": "desk-appeals",
    "call.note": "desk-calls",
    "sitting.call": "desk-sittings",
    "works_plan.draft": "desk-works-plans",
}
#: Of the district's matters, in which state many of a kind stand in their list; the others lead to the whole of it.
STATES = {
    "matter.screen": "received",
    "opinion.ask": "prepared",
    "opinion.lapse": "prepared",
    "matter.propose": "prepared",
    "matter.pass_on": "proposed",
    "matter.approve": "reviewed",
    "matter.table": "approved",
    "matter.consult": "approved",
    "special.call": "pending",
    "special.record": "pending",
    "matter.endorse": "agreed",
    "matter.decide": "endorsed",
    "matter.publicise": "decided",
    "matter.dispatch": "publicised",
    "matter.reopen": "publicised",
    "dispatch.rule": "dispatched",
    "matter.close": "answered",
    "matter.take_up": "planned",
}
#: Many of a kind at a unit stand in the list of its own.
OF_A_UNIT = ("dispatch.countersign", "matter.plan", "matter.answer", "matter.note_contact")
LISTS |= {
    "matter.take_in": "desk-to-take-in",
    "matter.remind": "desk-oversight",
    **dict.fromkeys(STATES, "desk-matters"),
}
#: What is not there yet is begun at its place, as the kind it is.
BEGUN = {"meeting.plan": ("meeting-plan", "kind")}
#: What of such a list waits.
OF_THESE = {
    "suggestion.classify": "?state=valid",
    "suggestion.answer": "?state=valid",
    "matter.remind": "?late=yes",
    **{verb: f"?state={state}" for verb, state in STATES.items()},
}


def way_to(wait: Wait) -> str:
    """The address behind a line of the list that waits."""
    if wait.verb in BEGUN:
        page, asked = BEGUN[wait.verb]
        return f"{reverse(page, args=[wait.place.code])}?{urlencode({asked: wait.pk})}"
    if wait.count > 1 and wait.verb in OF_A_UNIT:
        return reverse("desk-in-hand")
    if wait.count > 1 or not wait.pk:
        return reverse(LISTS.get(wait.verb, "desk-suggestions"), args=[wait.place.code]) + OF_THESE.get(wait.verb, "")
    straight = address_by_key(wait.verb, wait.kind, wait.pk)
    if straight and wait.verb not in TO_CHOOSE_THERE:
        return straight
    name = STRAIGHT.get(wait.verb) or PAGES[wait.kind]
    address = reverse(name, args=[wait.pk])
    return f"{address}?next={reverse('desk-home')}" if wait.kind == "poll" else address


def page_of(wait: Wait) -> str:
    """The page of the thing behind a line, for whoever only looks at it; where it has none, where its act is done."""
    name = PAGES.get(wait.kind)
    return reverse(name, args=[wait.pk]) if name is not None and wait.pk and wait.count == 1 else way_to(wait)
