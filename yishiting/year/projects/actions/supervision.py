"""Findings that stay open until answered, and acceptance by signature."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Files, Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.projects.models import Finding, FindingRound, Project
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.states import FINDING_LIFECYCLE

FOUND = Text(
    _("发现了什么问题"), rows=5, hint=_("例如：7号楼门口的灯装好了，晚上不亮。"), missing=_("请写明发现了什么问题。")
)
SEEN = Files(_("照片"), hint=_("在现场拍下来最清楚。照片里的位置信息会去掉，只有监督小组和经办人能看到。"))
PUT_RIGHT = Text(_("怎样整改的"), missing=_("请写明怎样整改的。"), initial=lambda finding: "")
STILL_WRONG = Text(_("哪里还没有整改到位"), missing=_("请写明哪里还没有整改到位。"))


@verb(
    "finding.raise",
    _("提出监督意见"),
    MAY,
    done=lambda one: _("已记录，%(here)s会限期答复。") % {"here": one.place.word_in_reply},
)
def raise_finding(
    project: Project, *, by: Person, text: Annotated[str, FOUND], photos: Annotated[Sequence[Any], SEEN] = ()
) -> Finding:
    """Note what the supervision found wrong; it stays open until put right and confirmed."""
    book, today = rules_for(project.place), timezone.localdate()
    finding = Finding.objects.create(
        project=project,
        place=project.place,
        text=text,
        found_on=today,
        found_by=by,
        due=due_after(today, book.number("project.finding_answer_workdays")),
    )
    write_entry(finding, rules=book.label, project=str(project.pk), due=finding.due.isoformat(), private={"text": text})
    for photo in photos:
        attach(finding, photo, by=by, purpose="finding")
    return finding


def _still_wrong(finding: Finding) -> Sentence:
    """What was found, and why the last answer was sent back."""
    last = finding.rounds.last()
    if last is None or not last.sent_back_because:
        return finding.text
    told = {"text": finding.text, "reason": last.sent_back_because}
    return _("%(text)s（上次退回：%(reason)s）") % told


@verb(
    "finding.answer",
    _("答复监督意见"),
    MAY,
    before=_still_wrong,
    done=_("已答复，等监督小组确认。"),
)
def answer_finding(finding: Finding, *, by: Actor, answer: Annotated[str, PUT_RIGHT]) -> Finding:
    """Say what was done about a finding."""
    FINDING_LIFECYCLE.advance(finding, "finding.answer")
    finding.answer, finding.answered_on = answer, timezone.localdate()
    finding.save(update_fields=["state", "answer", "answered_on"])
    FindingRound.objects.create(finding=finding, place=finding.place, answer=answer, answered_on=finding.answered_on)
    write_entry(finding, project=str(finding.project_id), private={"answer": answer})
    return finding


@verb("finding.confirm", _("确认整改"), MAY, done=_("已确认整改。"))
def confirm_finding(finding: Finding, *, by: Actor) -> Finding:
    """Confirm that a finding has been put right."""
    FINDING_LIFECYCLE.advance(finding, "finding.confirm")
    finding.save(update_fields=["state"])
    write_entry(finding, project=str(finding.project_id))
    return finding


@verb(
    "finding.reject",
    _("还没整改到位"),
    MAY,
    before=lambda finding: finding.answer,
    done=lambda one: _("已退回，%(here)s会再次整改。") % {"here": one.place.word_in_reply},
)
def reject_finding(finding: Finding, *, by: Actor, reason: Annotated[str, STILL_WRONG]) -> Finding:
    """Say that a finding has not been put right, and why; it is open again."""
    FINDING_LIFECYCLE.advance(finding, "finding.reject")
    book = rules_for(finding.place)
    finding.due = due_after(timezone.localdate(), book.number("project.finding_answer_workdays"))
    finding.save(update_fields=["state", "due"])
    last = finding.rounds.last()
    if last is not None:
        last.sent_back_on, last.sent_back_because = timezone.localdate(), reason
        last.save(update_fields=["sent_back_on", "sent_back_because"])
    write_entry(finding, rules=book.label, project=str(finding.project_id), private={"reason": reason})
    return finding
