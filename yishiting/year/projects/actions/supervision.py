"""Findings that stay open until answered, and acceptance by signature."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import record
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.methods.workdays import add_workdays
from yishiting.year.councils.queries import seats_of
from yishiting.year.projects import rules
from yishiting.year.projects.models import AcceptanceSignature, Finding, Project
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.queries import group_size, open_findings, rectify_by, signatures_now, supervisor_of
from yishiting.year.projects.states import FINDING_LIFECYCLE, LIFECYCLE, State


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
    record(finding, rules=book.label, project=str(project.pk), due=finding.due.isoformat(), private={"text": text})
    return finding


@verb("finding.answer", "答复监督意见", MAY)
def answer_finding(finding: Finding, *, by: Actor, answer: str) -> Finding:
    """Say what was done about a finding."""
    if not answer.strip():
        raise Refused("请写明怎样整改的。", field="answer")
    FINDING_LIFECYCLE.advance(finding, "finding.answer")
    finding.answer, finding.answered_on = answer, timezone.localdate()
    finding.save(update_fields=["state", "answer", "answered_on"])
    record(finding, project=str(finding.project_id), private={"answer": answer})
    return finding


@verb("finding.confirm", "确认整改", MAY)
def confirm_finding(finding: Finding, *, by: Actor) -> Finding:
    """Confirm that a finding has been put right."""
    FINDING_LIFECYCLE.advance(finding, "finding.confirm")
    finding.save(update_fields=["state"])
    record(finding, project=str(finding.project_id))
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
    record(finding, rules=book.label, project=str(finding.project_id), private={"reason": reason})
    return finding


@verb("project.sign", "验收签字", MAY)
def sign_acceptance(project: Project, *, by: Person, meets_standard: bool, note: str = "") -> AcceptanceSignature:
    """A supervisor's word at acceptance: does the work meet the completion standard, yes or no."""
    if project.state != State.COMPLETED:
        raise WrongState("项目报告完工以后，监督小组才验收签字。")
    supervisor = supervisor_of(project, seats_of(by))
    if supervisor is None:
        raise Refused("您不在这个项目的监督小组里。")
    if not meets_standard and not note.strip():
        raise Refused("认为没有达到标准的，请写明差在哪里。", field="note")
    try:
        with transaction.atomic():
            signature = AcceptanceSignature.objects.create(
                project=project,
                place=project.place,
                supervisor=supervisor,
                attempt=project.acceptance_attempts + 1,
                meets_standard=meets_standard,
                note=note,
                signed_on=timezone.localdate(),
            )
    except IntegrityError:
        raise Refused("您已经签过字了。") from None
    record(signature, project=str(project.pk), meets_standard=meets_standard, private={"note": note})
    return signature


@verb("project.accept", "验收结论", MAY)
def accept_project(project: Project, *, by: Actor) -> Project:
    """Conclude acceptance from the signatures: the standard is met, or the work is put right within the time set."""
    today = timezone.localdate()
    signatures = list(signatures_now(project).values_list("meets_standard", flat=True))
    concluded = rules.accept(signatures, group_size(project, today), open_findings(project).count())
    if isinstance(concluded, str):
        raise Refused(concluded)
    LIFECYCLE.advance(project, "project.accept", to=State.ACCEPTED if concluded.accepted else State.RECTIFYING)
    project.acceptance_attempts += 1
    project.accepted_on = today if concluded.accepted else None
    project.rectify_by = None if concluded.accepted else rectify_by(project, today)
    project.save(update_fields=["state", "acceptance_attempts", "accepted_on", "rectify_by"])
    record(project, accepted=concluded.accepted, says=concluded.sentence, rectify_by=str(project.rectify_by or ""))
    return project
