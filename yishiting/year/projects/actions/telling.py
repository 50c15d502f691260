"""Telling everyone whose words a project goes back to, at every step to the end. Not verbs: verbs call these."""

from collections.abc import Iterable

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.predicates import Sentence
from yishiting.year.projects.models import Project
from yishiting.year.projects.queries import basis_of, others_of
from yishiting.year.proposals.actions.telling import answer_mains, tell_mains
from yishiting.year.proposals.queries import mains_of
from yishiting.year.suggestions.actions.telling import told_in_words
from yishiting.year.suggestions.models import AnswerKind, Suggestion
from yishiting.year.suggestions.queries.clusters import clusters_of


def tell_all(project: Project, step: str, body: str) -> None:
    """Everybody behind any of its proposals is told once, those of merged suggestions too."""
    tell_mains(mains_of(*basis_of(project)), f"project.{step}", body, of=str(project.pk))


def answer_accepted(project: Project, by: Actor, body: str) -> None:
    """Work that was accepted settles what it goes back to, unless another project of the same proposal still goes on."""
    proposals = basis_of(project)
    settled = [one for one in proposals if not others_of(one, project).exists()]
    if settled:
        answer_mains(mains_of(*settled), by, AnswerKind.SETTLED, "proposal.accepted", body, of=str(project.pk))
    if waiting := [one for one in proposals if one not in settled]:
        more = f"{body}还有项目没有完成，完成后再告诉您。"
        tell_mains(mains_of(*waiting), "project.accept", more, of=str(project.pk))


def told_those_of(template: str, mains: Iterable[Suggestion]) -> Sentence:
    """Which of those behind these suggestions were really told."""
    return told_in_words(template, [one for cluster in clusters_of(mains).values() for one in cluster])
