"""Suggestions on the same matter: a main one and what was merged into it, each with its own words."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from yishiting.ground.places.models import Place
from yishiting.year.dossiers.models import Dossier
from yishiting.year.suggestions.models import Suggestion, Unlike


def cluster_of(main: Suggestion) -> list[Suggestion]:
    """The main suggestion and everything merged into it, and into that; one query for each level of merging."""
    if not main.merged_here.exists():  # nearly always; asking this costs a fifth of asking for all of them
        return [main]
    found, layer = [main], [main.pk]
    while layer:
        below = list(
            Suggestion.objects.filter(merged_into__in=layer).order_by("receipt").select_related("place", "proposer")
        )
        found += below
        layer = [one.pk for one in below]
    return found


def clusters_of(mains: Iterable[Suggestion]) -> dict[object, list[Suggestion]]:
    """The clusters of many main suggestions, in as many queries as there are levels."""
    roots: dict[UUID | None, UUID] = {one.pk: one.pk for one in mains}
    found: dict[object, list[Suggestion]] = {one.pk: [one] for one in mains}
    layer = list(roots)
    while layer:
        below = list(
            Suggestion.objects.filter(merged_into__in=layer).order_by("receipt").select_related("place", "proposer")
        )
        for one in below:
            roots[one.pk] = roots[one.merged_into_id]
            found[roots[one.pk]].append(one)
        layer = [one.pk for one in below]
    return found


def head_of(suggestion: Suggestion) -> Suggestion:
    """The main suggestion of the cluster this one is in; itself when it was not merged."""
    here = suggestion
    while here.merged_into is not None:
        here = here.merged_into
    return here


def dossiers_of(suggestions: Iterable[Suggestion]) -> "QuerySet[Dossier]":
    """The files of these suggestions."""
    return Dossier.objects.filter(suggestion__in=suggestions)


def households(cluster: Iterable[Suggestion]) -> int:
    """How many households spoke, as far as they told where they live or how to reach them."""
    told = {one.household for one in cluster if one.household}
    return len(told) + sum(not one.household for one in cluster)


def kept_apart(place: Place) -> set[frozenset[object]]:
    """The pairs somebody looked at and found different, at this place or one below it."""
    return {
        frozenset(pair)
        for pair in Unlike.objects.filter(place__in=Place.objects.under(place)).values_list("one_id", "other_id")
    }
