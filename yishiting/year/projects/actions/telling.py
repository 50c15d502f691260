"""Telling everyone whose words a project goes back to, at every step to the end. Not verbs: verbs call these."""

from yishiting.year.projects.models import Project
from yishiting.year.proposals.actions.telling import tell_sources


def tell_all(project: Project, step: str, body: str) -> None:
    """Every proposer is told once, those of merged suggestions too."""
    tell_sources(project.proposal, f"project.{step}", body)
