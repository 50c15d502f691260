"""Budgets: which projects win within a budget, by greedy rules, equal shares or Phragmén, and why the others do not."""

from yishiting.methods.budgeting.ballot_accounts import BallotAccount, Share, accounts, shares
from yishiting.methods.budgeting.comparing import BudgetComparison, compare_outcomes
from yishiting.methods.budgeting.counting import Counting, choose
from yishiting.methods.budgeting.election import Ballot, Election, Project, grouped
from yishiting.methods.budgeting.explaining import Counterfactual, Loss, losses
from yishiting.methods.budgeting.outcome import NextStep, Outcome, Purchase, Tie
from yishiting.methods.budgeting.pabulib import Reading, parse, read
from yishiting.methods.budgeting.pabulib_lines import BadLine
from yishiting.methods.budgeting.pabulib_writing import write, written
from yishiting.methods.budgeting.reasons import Reason
from yishiting.methods.budgeting.rule import COMPLETIONS, MEASURES, RULES, SATISFACTIONS, Rule

__all__ = [
    "COMPLETIONS",
    "MEASURES",
    "RULES",
    "SATISFACTIONS",
    "BadLine",
    "Ballot",
    "BallotAccount",
    "BudgetComparison",
    "Counterfactual",
    "Counting",
    "Election",
    "Loss",
    "NextStep",
    "Outcome",
    "Project",
    "Purchase",
    "Reading",
    "Reason",
    "Rule",
    "Share",
    "Tie",
    "accounts",
    "choose",
    "compare_outcomes",
    "grouped",
    "losses",
    "parse",
    "read",
    "shares",
    "write",
    "written",
]
