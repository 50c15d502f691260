"""Findings that stay open until answered, and acceptance by signature."""

from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.methods.workdays import add_workdays
from yishiting.year.projects.models import Finding, Project
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.states import FINDING_LIFECYCLE, State


@verb("finding.raise", "提出监督意见", MAY)
def raise_finding(project: Project, *, by: Person, text: str) -> Finding:
    """Note what the supervision found wrong; it stays open until put right and confirmed."""
    if project.state in (State.REVIEWED, State.STOPPED):
        raise WrongState("项目已经结束，监督意见请在下一年的评议中提出。")
    if not text.strip():
        raise Refused("请写明发现了什么问题。", field="text")
    book, today = rules_for(project.place), timezone.localdate()
    finding = Finding.objects.create(
        project=project,
        place=project.place,
        text=text,
        found_on=today,
        found_by=by,
        due=add_workdays(today, book.number("project.finding_answer_workdays"), holidays()),
    )
    write_entry(finding, rules=book.label, project=str(project.pk), due=finding.due.isoformat(), private={"text": text})
    return finding


@verb("finding.answer", "答复监督意见", MAY)
def answer_finding(finding: Finding, *, by: Actor, answer: str) -> Finding:
    """Say what was done about a finding."""
    if not answer.strip():
        raise Refused("请写明怎样整改的。", field="answer")
    FINDING_LIFECYCLE.advance(finding, "finding.answer")
    finding.answer, finding.answered_on = answer, timezone.localdate()
    finding.save(update_fields=["state", "answer", "answered_on"])
    write_entry(finding, project=str(finding.project_id), private={"answer": answer})
    return finding


@verb("finding.confirm", "确认整改", MAY)
def confirm_finding(finding: Finding, *, by: Actor) -> Finding:
    """Confirm that a finding has been put right."""
    FINDING_LIFECYCLE.advance(finding, "finding.confirm")
    finding.save(update_fields=["state"])
    write_entry(finding, project=str(finding.project_id))
    return finding


@verb("finding.reject", "退回整改", MAY)
def reject_finding(finding: Finding, *, by: Actor, reason: str) -> Finding:
    """Say that a finding has not been put right, and why; it is open again."""
    if not reason.strip():
        raise Refused("请写明哪里还没有整改到位。", field="reason")
    FINDING_LIFECYCLE.advance(finding, "finding.reject")
    book = rules_for(finding.place)
    finding.due = add_workdays(timezone.localdate(), book.number("project.finding_answer_workdays"), holidays())
    finding.save(update_fields=["state", "due"])
    write_entry(finding, rules=book.label, project=str(finding.project_id), private={"reason": reason})
    return finding
