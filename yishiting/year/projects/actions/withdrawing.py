"""What was noted of the work by mistake is taken back before anything rests on it; it stays on record, with the reason."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import withdraw_attachment
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.projects.models import AcceptanceSignature, Progress, Project
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.queries import signatures_now
from yishiting.year.projects.rules import FULL
from yishiting.year.projects.states import AT_WORK, LIFECYCLE, State

WHY = line(
    _("为什么撤回"),
    most=200,
    hint=_("会公开。例如：进度填错了，应为20%；写到别的项目上了"),
    missing=_("请写明为什么撤回，会公开。"),
)


def _is_not_rested_on(entry: Progress) -> Sentence | None:
    """An entry stands when the work was reported finished on it."""
    project, day = entry.project, timezone.localdate(entry.created_at)
    if entry.withdrawn_on is not None:
        return _("这条进展已经撤回，不用再“撤回进展”。")
    if project.state == State.COMPLETED:
        return _("项目已经报告完工，进展是验收的依据，不能撤回。还没有人签字的，请先“撤回完工报告”。")
    if project.state not in AT_WORK:
        return _("项目现在是“%(state)s”，不能再“撤回进展”。") % {"state": project.get_state_display()}
    if project.completed_on is not None and day <= project.completed_on:
        return _("%(day)s报告过完工，以前的进展是验收的依据，不能撤回。写错的，请再“记录进展”说明。") % {
            "day": chinese(project.completed_on, "plain")
        }
    return None


@verb(
    "progress.withdraw",
    _("撤回进展"),
    MAY,
    before=lambda entry: entry.text,
    done=lambda entry: _("进展已撤回，项目进度回到%(percent)s%%。") % {"percent": entry.project.percent},
    kind="danger",
    conditions=(_is_not_rested_on,),
)
def withdraw_progress(entry: Progress, *, by: Actor, reason: Annotated[str, WHY]) -> Progress:
    """Take back an entry of progress; the percentage falls back to what the entries that stand say."""
    _take_back(entry, by, reason)
    _fall_back(entry.project)
    write_entry(entry, project=str(entry.project_id), percent=entry.project.percent, private={"reason": reason})
    return entry


def _nobody_has_signed(project: Project) -> Sentence | None:
    signed = [one.supervisor.representative.name for one in signatures_now(project)]
    if not signed:
        return None
    return _("%(names)s已经在验收单上签字，不能撤回完工报告。请按签字“作出验收结论”。") % {"names": "、".join(signed)}


@verb(
    "project.withdraw_completion",
    _("撤回完工报告"),
    MAY,
    done=_("完工报告已撤回，项目继续实施。"),
    kind="danger",
    conditions=(_nobody_has_signed,),
)
def withdraw_completion(project: Project, *, by: Actor, reason: Annotated[str, WHY]) -> Project:
    """Take back the report that the work is finished, before anybody has signed."""
    LIFECYCLE.advance(
        project, "project.withdraw_completion", to=State.RECTIFYING if project.rectify_by else State.UNDERWAY
    )
    finished = project.progress.filter(withdrawn_on=None, percent=FULL).order_by("-created_at")
    if (said := finished.first()) is not None:
        _take_back(said, by, reason)
    earlier = finished.first()
    project.completed_on = earlier.happened_on if earlier is not None and project.rectify_by else None
    project.save(update_fields=["state", "completed_on"])
    _fall_back(project)
    write_entry(project, percent=project.percent, private={"reason": reason})
    return project


def _is_from_paper(signature: AcceptanceSignature) -> Sentence | None:
    """Who signed with their own account has said their word."""
    if signature.entered_by_id is None:
        return _("这是本人用自己的账号签的，不能代为“撤回签字登记”。")
    project = signature.project
    if project.state != State.COMPLETED or signature.attempt != project.acceptance_attempts + 1:
        return _("验收结论已经按这些签字作出，不能再“撤回签字登记”。")
    return None


@verb(
    "signature.withdraw",
    _("撤回签字登记"),
    MAY,
    before=_("撤回后请对照签字单重新登记。签字单本身还在。"),
    done=_("登记已撤回，请对照签字单重新登记。"),
    kind="danger",
    conditions=(_is_from_paper,),
)
def withdraw_signature(signature: AcceptanceSignature, *, by: Actor, reason: Annotated[str, WHY]) -> None:
    """Take back what was entered wrongly from the acceptance sheet, before anything is concluded from it."""
    stood = {"reason": reason, "note": signature.note}
    write_entry(
        signature,
        project=str(signature.project_id),
        meets_standard=signature.meets_standard,
        on=signature.signed_on.isoformat(),
        private=stood,
    )
    signature.delete()


def _take_back(entry: Progress, by: Actor, reason: str) -> None:
    entry.withdrawn_on, entry.withdraw_reason = timezone.localdate(), reason
    entry.save(update_fields=["withdrawn_on", "withdraw_reason"])
    for file in attachments_of(entry):
        withdraw_attachment(file, by=by, reason=reason)


def _fall_back(project: Project) -> None:
    """What the entries that stand say: the percentage of the last dated one, and the latest day."""
    standing = list(project.progress.filter(withdrawn_on=None).order_by("happened_on", "created_at"))
    project.percent = standing[-1].percent if standing else 0
    days = [one.happened_on for one in standing]
    project.last_progress_on = max(days, default=project.started_on)
    project.save(update_fields=["percent", "last_progress_on"])
