"""The rules written as they are defined, in fractions and without any haste: what the fast ones must equal."""

from fractions import Fraction

from yishiting.methods.budgeting import Election, Project
from yishiting.methods.budgeting.election import natural


def votes(election: Election, project: Project) -> int:
    return sum(ballot.count for ballot in election.ballots if project.id in ballot.choices)


def order(election: Election):
    return lambda project: (project.cost, -votes(election, project), natural(project.id))


def price(purses, project, utility):
    """The lowest price at which the supporters pay exactly the cost; None where they cannot."""
    supporters = sorted(((purse, count) for ballot, purse, count in purses if project.id in ballot.choices))
    if not supporters or sum(purse * count for purse, count in supporters) < project.cost:
        return None
    rest, payers = project.cost, sum(count for _, count in supporters)
    for purse, count in supporters:
        if rest <= purse * payers:
            return rest / payers / utility
        rest, payers = rest - purse * count, payers - count
    raise AssertionError("money sufficed and yet nobody could pay")


def equal_shares(election: Election, endowment: Fraction, satisfaction: str, rivals=()) -> list[str]:
    purses = [[ballot, endowment, ballot.count] for ballot in election.ballots if ballot.choices]
    open_, bought = list(election.projects), []
    while True:
        priced = []
        for project in open_:
            utility = project.cost if satisfaction == "cost" and project.cost else Fraction(1)
            asked = price(purses, project, utility)
            if asked is not None:
                priced.append((asked, order(election)(project), project, utility))
        if not priced:
            return bought
        asked, _, chosen, utility = min(priced, key=lambda entry: entry[:2])
        for purse in purses:
            if chosen.id in purse[0].choices:
                purse[1] -= min(purse[1], asked * utility)
        bought.append(chosen.id)
        barred = {name for group in rivals if chosen.id in group for name in group} | {chosen.id}
        open_ = [project for project in open_ if project.id not in barred]


def add_one(election: Election, satisfaction: str, *, exhaustive: bool, rivals=()) -> list[str]:
    cost = {project.id: project.cost for project in election.projects}
    wanted = {project.id for project in election.projects if votes(election, project)}
    endowment = election.budget / election.voters
    bought = equal_shares(election, endowment, satisfaction, rivals)
    while True:
        left = election.budget - sum(cost[name] for name in bought)
        barred = {name for group in rivals if set(group) & set(bought) for name in group} | set(bought)
        open_ = wanted - barred
        if not open_ or (exhaustive and all(cost[name] > left for name in open_)):
            return bought
        endowment += 1
        following = equal_shares(election, endowment, satisfaction, rivals)
        if sum(cost[name] for name in following) > election.budget:
            return bought
        bought = following


def phragmen(election: Election) -> list[str]:
    loads = {at: Fraction(0) for at in range(len(election.ballots))}
    left, bought = election.budget, []
    open_ = [p for p in election.projects if votes(election, p) and p.cost <= election.budget]
    while open_:
        due = {}
        for project in open_:
            spent = sum(b.count * loads[at] for at, b in enumerate(election.ballots) if project.id in b.choices)
            due[project.id] = (spent + project.cost) / votes(election, project)
        first = [project for project in open_ if due[project.id] == min(due.values())]
        if any(project.cost > left for project in first):
            break
        chosen = min(first, key=order(election))
        for at, ballot in enumerate(election.ballots):
            if chosen.id in ballot.choices:
                loads[at] = due[chosen.id]
        left -= chosen.cost
        bought.append(chosen.id)
        open_.remove(chosen)
    return bought
