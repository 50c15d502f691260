"""What was put together with a suggestion: what was merged into it and what it was merged into, in other places too."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from yishiting.doors.web.shared.requests import Request
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import common_place
from yishiting.year.dossiers.queries import living
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of, head_of, households


@dataclass(frozen=True, slots=True)
class Joined:
    """What a suggestion was merged into; `above`: the place that put several places' words together."""

    main: Suggestion
    url: str
    above: Place | None
    lies_at: Place


@dataclass(frozen=True, slots=True)
class Part:
    """One that was merged into it: its page where the reader may open it, the way to undo it for whoever may."""

    suggestion: Suggestion
    url: str
    undo: str


def joined_with(request: Request, suggestion: Suggestion) -> dict[str, Any]:
    """What the page of a suggestion says of what it was merged with."""
    cluster = cluster_of(suggestion)
    lies_at = suggestion.dossier.lies_at
    lifted = any(one.place_id != suggestion.place_id for one in cluster) and lies_at != suggestion.place
    return {
        "cluster": cluster,
        "households": households(cluster),
        "merged_here": [_part(request, suggestion, one) for one in cluster if one.merged_into_id == suggestion.pk],
        "joined": _joined(request, suggestion) if suggestion.merged_into is not None else None,
        "lifted": lies_at if lifted else None,
    }


def _part(request: Request, main: Suggestion, one: Suggestion) -> Part:
    one.merged_into = main  # as loaded already
    undo = VERBS["suggestion.unmerge"].may.why_not(Question(request.actor, one)) is None
    reads = reads_here.why_not(Question(request.actor, one)) is None
    return Part(
        one,
        reverse("desk-suggestion", args=[one.pk]) if reads else "",
        reverse("do", args=["suggestion.unmerge", one.pk]) if undo else "",
    )


def _joined(request: Request, suggestion: Suggestion) -> Joined:
    """Whoever does not read the desk of the main one reads its public page."""
    main = head_of(suggestion)
    room = "desk" if reads_here.why_not(Question(request.actor, main)) is None else "public"
    above = common_place([suggestion.place, main.place])
    return Joined(
        main,
        reverse(f"{room}-suggestion", args=[main.pk]),
        above if main.place_id != suggestion.place_id else None,
        living(main.dossier).lies_at,
    )
