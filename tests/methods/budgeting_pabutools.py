"""Run where pabutools is installed: elections as JSON on stdin, the winners of every rule as JSON on stdout."""

import json
import re
import sys
import time

from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Cost_Sat, Instance, Project
from pabutools.fractions import str_as_frac
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen
from pabutools.tiebreaking import TieBreakingRule

SATISFACTIONS = {"cost": Cost_Sat, "cardinality": Cardinality_Sat}


def natural(name):
    """ "2" before "10"."""
    return [(0, int(part), part) if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", name)]


def prepared(election):
    """Their instance and profile, and our order of ties."""
    projects = {name: Project(name, str_as_frac(cost)) for name, cost in election["cost"].items()}
    instance = Instance(projects.values(), budget_limit=str_as_frac(election["budget"]))
    marks = [[projects[choice] for choice in choices] for choices, count in election["ballots"] for _ in range(count)]
    profile = ApprovalProfile([ApprovalBallot(mark) for mark in marks])
    votes = {name: sum(count for choices, count in election["ballots"] if name in choices) for name in projects}
    ties = TieBreakingRule(lambda _, __, project: (project.cost, -votes[project.name], natural(project.name)))
    return instance, profile, {"tie_breaking": ties}


def winners(election, name):
    """Project ids, in their order; a rule is named "greedy", "phragmen", "mes cost", "add1-exhaustive cardinality"."""
    instance, profile, more = prepared(election)
    if name == "greedy":
        return named(greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, **more))
    if name == "phragmen":
        return named(sequential_phragmen(instance, profile, **more))
    rule, satisfaction = name.split()
    more |= {"sat_class": SATISFACTIONS[satisfaction]}
    more |= {"voter_budget_increment": 1} if rule == "add1-exhaustive" else {}
    return named(method_of_equal_shares(instance, profile.as_multiprofile(), **more))


def named(allocation):
    return [str(project) for project in allocation]


def timed(election, name):
    begun = time.process_time()
    found = winners(election, name)
    return {"winners": found, "seconds": time.process_time() - begun}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump([{name: timed(election, name) for name in asked["rules"]} for election in asked["elections"]], sys.stdout)
