"""What may be done with a suggestion at the desk, and everything that was decided about it so far."""

from typing import Any

from django.urls import reverse

from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.year.proposals.queries import ready_suggestions
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of, households
from yishiting.year.suggestions.queries.screening import past_of
from yishiting.year.suggestions.states import State

#: State → verbs in the order of the desk; the first is the usual next one. Each names the page that asks what it needs.
NEXT: dict[str, tuple[str, ...]] = {
    State.RECEIVED: ("suggestion.screen", "suggestion.settle", "suggestion.merge", "suggestion.split"),
    State.MORE_WORK: ("suggestion.screen",),
    State.VALID: (
        "suggestion.answer",
        "suggestion.classify",
        "suggestion.assign",
        "suggestion.merge",
        "suggestion.split",
    ),
    State.TRANSFERRED: ("suggestion.answer",),
    State.NOT_ADMISSIBLE: ("suggestion.answer",),
    State.SETTLED: ("suggestion.answer",),
    State.APPEALED: ("suggestion.decide_appeal", "suggestion.answer"),
    State.MERGED: ("suggestion.unmerge",),
    State.SPLIT: ("suggestion.unsplit",),
}
DANGEROUS = {"suggestion.unmerge", "suggestion.unsplit"}


def verbs_of(request: Request, suggestion: Suggestion) -> list[Button]:
    """A button for each thing that can be done now; asleep with its reason where this person may not."""
    codes, draft = NEXT.get(suggestion.state, ()), _draft(request, suggestion)
    return draft + [_button(request, suggestion, code, first=code == codes[0] and not draft) for code in codes]


def decided(suggestion: Suggestion) -> dict[str, Any]:
    """What was decided: screenings, additions, appeals; what was merged into it; what it was split into."""
    screenings, supplements, appeals = past_of(suggestion)
    cluster = cluster_of(suggestion)
    return {
        "screenings": screenings,
        "supplements": supplements,
        "appeals": appeals,
        "cluster": cluster,
        "households": households(cluster),
        "merged_here": [one for one in cluster if one.merged_into_id == suggestion.pk],
        "parts": list(suggestion.parts.exclude(state=State.STRUCK)),
        "whole": suggestion.split_from,
    }


def _draft(request: Request, suggestion: Suggestion) -> list[Button]:
    """What is valid, classed and in no proposal yet goes into one: the usual next step."""
    place = suggestion.place
    if suggestion.state != State.VALID or why_not(request.actor, "proposal.draft", place) is not None:
        return []
    if not ready_suggestions(place).filter(pk=suggestion.pk).exists():
        return []
    address = f"{reverse('proposal-draft', args=[place.code])}?suggestion={suggestion.pk}"
    return [Button(VERBS["proposal.draft"].label, address, "primary", "get")]


def _button(request: Request, suggestion: Suggestion, code: str, *, first: bool) -> Button:
    address = code.replace(".", "-").replace("_", "-")
    return Button(
        VERBS[code].label,
        reverse(address, args=[suggestion.pk]),
        "danger" if code in DANGEROUS else "primary" if first else "plain",
        "get",
        why_not(request.actor, code, suggestion),
    )
