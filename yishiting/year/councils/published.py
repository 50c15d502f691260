"""What of candidates and representatives is made public: only what they agreed to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from yishiting.ground.common.language import in_chinese
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.instruments.publicity.rules import mask_name
from yishiting.methods.strokes import by_strokes
from yishiting.year.councils.choices import Publishable
from yishiting.year.councils.models import Candidate, Constituency, ElectionRound, Representative
from yishiting.year.councils.states import CandidateState

NOTHING = "—"


def shown_name(candidate: Candidate) -> str:
    """The name, or the surname with stars where there is no consent."""
    return candidate.name if candidate.consents_to_publication else mask_name(candidate.name)


def representative_name(representative: Representative) -> str:
    """A representative's name as the roster shows it, during the term and after."""
    candidate = representative.candidate
    return representative.name if candidate is None else shown_name(candidate)


def shown(candidate: Candidate, what: str) -> str:
    """One particular of a candidate, or a dash where they did not agree to publish it."""
    if what not in candidate.publishes:
        return NOTHING
    if what == Publishable.BIRTH_YEAR:
        return f"{candidate.birth_year}年" if candidate.birth_year else NOTHING
    return str(getattr(candidate, what)) or NOTHING


@in_chinese
def candidates_table(candidates: Iterable[Candidate]) -> dict[str, Any]:
    """The table of a candidates' notice: by constituency, and in each by the strokes of the names; what nobody tells has no column."""
    ordered = sorted(candidates, key=lambda one: (one.constituency.position, by_strokes(one.name)))
    told = (Publishable.GENDER, Publishable.BIRTH_YEAR, Publishable.UNIT)
    kinds = [kind for kind in told if any(shown(one, kind) != NOTHING for one in ordered)]
    rows = [
        [one.constituency.name, shown_name(one), *(shown(one, kind) for kind in kinds), one.get_route_display()]
        for one in ordered
    ]
    columns = ["推选单位", "姓名", *(str(kind.label) for kind in kinds), "产生方式"]
    return {"columns": columns, "rows": rows}


def votes_of(election_round: ElectionRound) -> list[tuple[Candidate, int]]:
    """The candidates of a counted round with their votes, most votes first."""
    counts = election_round.poll.result.get("tally", {}).get("counts", [])
    votes = {count["name"]: count["in_favour"] for count in counts}
    labels = {option["key"]: option["label"] for option in election_round.poll.options}
    found = []
    for one in election_round.candidates.all():
        label = labels.get(str(one.person_id or one.pk), one.name)
        found.append((one, votes.get(label, 0)))
    return sorted(found, key=lambda pair: (-pair[1], by_strokes(pair[0].name)))


def results_table(rounds: Iterable[ElectionRound], elected: Iterable[Candidate]) -> dict[str, Any]:
    """The table of a result notice: every counted round with the votes, and who was elected."""
    won = {one.pk for one in elected}
    rows: list[list[str]] = []
    seen: set[object] = set()
    for one in rounds:
        for candidate, votes in votes_of(one):
            done = candidate.pk in won and candidate.pk not in seen and _won_here(one, candidate)
            seen |= {candidate.pk} if done else set()
            said = "当选" if done else NOTHING
            rows.append([one.constituency.name, one.get_kind_display(), shown_name(candidate), str(votes), said])
    rows += [
        [
            one.constituency.name,
            one.get_route_display(),
            shown_name(one),
            NOTHING,
            "就任" if one.constituency.is_sent else "当选",
        ]
        for one in elected
        if one.pk not in seen
    ]
    return {"columns": ["推选单位", "轮次", "姓名", "得票", "结果"], "rows": rows}


def _won_here(election_round: ElectionRound, candidate: Candidate) -> bool:
    key = str(candidate.person_id or candidate.pk)
    return key in election_round.poll.result.get("elected_keys", [])


def candidates_published(notice: PublicNotice) -> list[dict[str, Any]]:
    """The candidates a notice is about, by constituency, with what each agreed to say of themselves."""
    rows = Candidate.objects.exclude(state__in=(CandidateState.NOMINATED, CandidateState.DISQUALIFIED))
    if notice.subject_kind == "by_election":
        rows = rows.filter(by_election=UUID(notice.subject_id))
    else:
        rows = rows.filter(constituency__term=UUID(notice.subject_id), by_election=None)
    ordered = sorted(
        rows.select_related("constituency"), key=lambda one: (one.constituency.position, by_strokes(one.name))
    )
    groups: dict[Constituency, list[dict[str, Any]]] = {}
    for one in ordered:
        facts = {kind: shown(one, kind) for kind in Publishable.values}
        line = {"name": shown_name(one), "withdrawn": one.state == CandidateState.WITHDRAWN, **facts}
        groups.setdefault(one.constituency, []).append(line)
    return [{"constituency": constituency, "lines": lines} for constituency, lines in groups.items()]
