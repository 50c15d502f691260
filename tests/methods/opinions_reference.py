"""What is asked of red-dwarf: its figures for given votes and groups, everything it says about them."""

PROGRAM = """
import json, sys, warnings
warnings.filterwarnings("ignore")
from reddwarf.utils.consensus import select_consensus_statements
from reddwarf.utils.matrix import generate_raw_matrix, simple_filter_matrix
from reddwarf.utils.reducer.base import run_reducer
from reddwarf.utils.stats import calculate_comment_statistics_dataframes, select_representative_statements

question = json.load(sys.stdin)
aside = question["set_aside"]
table = generate_raw_matrix([
    {"participant_id": person, "statement_id": statement, "vote": choice}
    for person, statement, choice in question["votes"]
])
groups = {int(person): group for person, group in question["groups"].items()}
inside = table.loc[[person for person in table.index if person in groups]]
labels = [groups[person] for person in inside.index]
figures, across = calculate_comment_statistics_dataframes(inside, labels)
places, _, _ = run_reducer(simple_filter_matrix(table, aside).values, svd_solver="full")
print(json.dumps({
    "figures": {f"{group} {statement}": dict(row) for (group, statement), row in figures.to_dict("index").items()},
    "across": {str(statement): row for statement, row in across.to_dict("index").items()},
    "representative": {str(g): rows for g, rows in select_representative_statements(figures, aside).items()},
    "consensus": select_consensus_statements(table, aside),
    "places": {str(person): list(map(float, place)) for person, place in zip(table.index, places)},
}, default=lambda number: number.item()))
"""


def question(votes, groups, set_aside=()):
    """Votes without duplicates, because the reference stumbles over them; groups numbered from 0."""
    names = sorted(set(groups.values()))
    return {
        "votes": [[int(person), int(statement), choice] for (person, statement), choice in votes.items()],
        "groups": {person: names.index(group) for person, group in groups.items()},
        "set_aside": [int(statement) for statement in set_aside],
    }
