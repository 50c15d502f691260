"""From the votes to what is published: the map where there are enough people, the counts always."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.year.consultations.models import Consultation
from yishiting.year.consultations.queries import limits_at, votes_of
from yishiting.year.consultations.rules import Limits, answers_needed, tally, why_no_map
from yishiting.year.consultations.states import StatementState


@dataclass(frozen=True, slots=True)
class Charted:
    """What a consultation came to; `result` is plain JSON, `picture` SVG or empty."""

    result: dict[str, Any]
    picture: str


def charted(consultation: Consultation) -> Charted:
    """Counts of every shown statement; the opinion map and its picture, or why there is none. Only after closing."""
    votes = votes_of(consultation)
    rows = list(consultation.statements.order_by("number"))
    shown = [row for row in rows if row.state == StatementState.SHOWN]
    said: dict[int, list[int]] = defaultdict(list)
    for _who, number, choice in votes:
        said[number].append(choice)
    counts = [
        {"number": row.number, "text": row.text, "seeded": row.seeded, **tally(said[row.number])} for row in shown
    ]
    aside = [{"number": row.number, "reason": row.reason} for row in rows if row.state == StatementState.SET_ASIDE]
    reason, drawn, picture = _map_of(votes, {row.number: row.text for row in shown}, limits_at(consultation.place))
    return Charted({"counts": counts, "set_aside": aside, "map": drawn, "no_map": reason}, picture)


def _map_of(
    votes: list[tuple[int, int, int]], texts: dict[int, str], limits: Limits
) -> tuple[str, dict[str, Any] | None, str]:
    from yishiting.methods import opinions

    options = opinions.Options()
    needed = answers_needed(len(texts), options.least_votes)
    given = Counter(who for who, number, _choice in votes if number in texts)
    people = sum(1 for many in given.values() if many >= needed)
    reason = why_no_map(people, len(texts), limits)
    if reason:
        return reason, None, ""
    cast = tuple(opinions.Vote(str(who), str(number), choice) for who, number, choice in votes)
    aside = frozenset(str(number) for _who, number, _choice in votes if number not in texts)
    try:
        drawn = opinions.opinion_map(opinions.Consultation(cast, aside), options)
    except Unusable as problem:
        return str(problem.chinese), None, ""
    wording = {str(number): text for number, text in texts.items()}
    return "", drawn.as_dict(people=False), opinions.draw(drawn, wording)
