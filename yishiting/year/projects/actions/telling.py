"""Telling everyone whose words a project goes back to, at every step to the end. Not verbs: verbs call these."""

from yishiting.ground.notices.actions import in_one_statement
from yishiting.year.projects.models import Project
from yishiting.year.suggestions.actions.telling import tell_proposers


def tell_all(project: Project, step: str, body: str) -> None:
    """Every proposer is told once, those of merged suggestions too."""
    told: set[str] = set()
    with in_one_statement():
        for suggestion in project.proposal.suggestions.select_related("place", "proposer"):
            tell_proposers(suggestion, f"project.{step}", "您的建议有了进展", body, told)
