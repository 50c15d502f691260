"""Acceptance by the supervision group: each member's word, by their own account or on paper, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import Text, YesNo
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.ledger.actions import write_entries, write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.queries import seats_of
from yishiting.year.projects import rules
from yishiting.year.projects.actions.planning import standard_in_words
from yishiting.year.projects.actions.telling import answer_accepted, tell_all
from yishiting.year.projects.models import AcceptanceSignature, Project, Supervisor
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.queries import (
    group_size,
    open_findings,
    rectify_by,
    signatures_now,
    supervisor_of,
    to_sign_still,
)
from yishiting.year.projects.states import LIFECYCLE, State


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What one member of the supervision group wrote and signed on the acceptance sheet."""

    supervisor: UUID
    meets_standard: bool
    note: str = ""


MEETS = YesNo(_("对照完成标准，您认为"), yes=_("达到标准"), no=_("没有达到标准"))
WHERE_NOT = Text(_("意见"), rows=3, hint=_("认为没有达到的，请写明差在哪里。"), initial=lambda project: "")


def _the_standard(project: Project) -> Sentence:
    return format_lazy(_("完成标准：{standard}"), standard=project.completion_standard)


@verb("project.sign", _("验收签字"), MAY, before=_the_standard, done=_("您的意见已记录。"), in_person=True)
def sign_acceptance(
    project: Project,
    *,
    by: Person,
    meets_standard: Annotated[bool, MEETS],
    note: Annotated[str, WHERE_NOT] = "",
) -> AcceptanceSignature:
    """A supervisor's word at acceptance: does the work meet the completion standard, yes or no."""
    supervisor = supervisor_of(project, seats_of(by))
    if supervisor is None:
        raise Refused("您不在这个项目的监督小组里。")
    signature = _signed(project, supervisor, meets_standard, note, signed_on=timezone.localdate())
    write_entry(signature, project=str(project.pk), meets_standard=meets_standard, private={"note": note})
    return signature


def _somebody_has_to_sign(project: Project) -> Sentence | None:
    """Only while a member's signature lacks; then the conclusion is next."""
    lacking = to_sign_still(project, timezone.localdate()).exists()
    return None if lacking else _("监督小组的人都签过字了，不用再登记。下一步“作出验收结论”。")


@verb(
    "project.note_signatures",
    _("登记纸质签字"),
    MAY,
    done=_("已按签字单登记。"),
    conditions=(_somebody_has_to_sign,),
)
def note_signatures(
    project: Project, *, by: Person, said: Sequence[OnPaper], signed_on: date, sheet: Attachment
) -> list[AcceptanceSignature]:
    """Enter what members signed on paper, with the sheet on file; those with an account are told what was entered."""
    waiting = {one.pk: one for one in to_sign_still(project, timezone.localdate())}
    if not said:
        raise Refused("请至少登记一个人的意见。")
    if any(one.supervisor not in waiting for one in said):
        raise Refused("登记的人里，有的不在这个项目的监督小组里，或已经签过字，或不再任职。请核对。")
    if not project.completed_on or not project.completed_on <= signed_on <= timezone.localdate():
        raise Refused("签字日期应在报告完工以后、今天以前，请核对签字单。", field="signed_on")
    if sheet not in attachments_of(project) or sheet.purpose != rules.SHEET:
        raise Refused("请上传这个项目的验收签字单。", field="sheet")
    signed = [
        _signed(
            project,
            waiting[one.supervisor],
            one.meets_standard,
            one.note,
            signed_on=signed_on,
            entered_by=by,
            sheet=sheet,
        )
        for one in said
    ]
    for one in signed:
        _tell_what_was_entered(one)
    facts = [(one, {"project": str(project.pk), "meets_standard": one.meets_standard}) for one in signed]
    write_entries(project, facts, sheet=str(sheet.pk), signatures=len(signed), on=signed_on.isoformat())
    return signed


def _conclusion(project: Project) -> rules.Acceptance | str:
    signatures = list(signatures_now(project).values_list("meets_standard", flat=True))
    book, members = rules_for(project.place), group_size(project, timezone.localdate())
    least, by = book.number("project.supervisors_min"), book.text("project.acceptance")
    return rules.accept(signatures, members, open_findings(project).count(), least=least, by=by)


def _can_be_concluded(project: Project) -> Sentence | None:
    concluded = _conclusion(project)
    return concluded if isinstance(concluded, str) else None


def _by_the_standard_publicised(project: Project) -> Sentence | None:
    if project.entered_on is not None:
        return None  # it was never publicised here: the level above has confirmed it
    if project.notice is not None and f"\n{standard_in_words(project)}\n" in project.notice.body:
        return None
    return _("完成标准和公示的不一样，不能验收。请监督小组对照方案公示“提出监督意见”，查明是谁改的。")


@verb(
    "project.accept",
    _("作出验收结论"),
    MAY,
    before=_("验收结论按监督小组的签字得出，马上公开，不能收回。"),
    done=_("验收结论已公开。"),
    conditions=(_can_be_concluded, _by_the_standard_publicised),
)
def accept_project(project: Project, *, by: Actor) -> Project:
    """Conclude acceptance from the signatures: the standard is met, or the work is put right within the time set."""
    today, concluded = timezone.localdate(), _conclusion(project)
    if isinstance(concluded, str):
        raise Refused(concluded)
    LIFECYCLE.advance(project, "project.accept", to=State.ACCEPTED if concluded.accepted else State.RECTIFYING)
    project.acceptance_attempts += 1
    project.accepted_on = today if concluded.accepted else None
    project.rectify_by = None if concluded.accepted else rectify_by(project, today)
    project.save(update_fields=["state", "acceptance_attempts", "accepted_on", "rectify_by"])
    write_entry(
        project,
        accepted=concluded.accepted,
        signatures=concluded.signed,
        meet_standard=concluded.say_met,
        rectify_by=str(project.rectify_by or ""),
    )
    if concluded.accepted:
        told = f"实事项目“{project.title}”已经完工，监督小组{concluded.signed}人验收签字，{concluded.say_met}人认为达到标准。"
        answer_accepted(project, by, told)
    else:
        tell_all(project, "accept", f"“{project.title}”验收不合格，限期整改：{concluded.sentence}。")
    return project


def _signed(
    project: Project, supervisor: Supervisor, meets_standard: bool, note: str, **more: Any
) -> AcceptanceSignature:
    if not meets_standard and not note.strip():
        raise Refused("认为没有达到标准的，请写明差在哪里。", field="note")
    try:
        with transaction.atomic():
            return AcceptanceSignature.objects.create(
                project=project,
                place=project.place,
                supervisor=supervisor,
                attempt=project.acceptance_attempts + 1,
                meets_standard=meets_standard,
                note=note,
                **more,
            )
    except IntegrityError:
        raise Refused("您已经签过字了。") from None


def _tell_what_was_entered(signature: AcceptanceSignature) -> None:
    person, project = signature.supervisor.representative.person, signature.project
    if person is None:
        return
    word = "达到标准" if signature.meets_standard else f"没有达到标准（{signature.note}）"
    day, here = chinese(signature.signed_on, "short"), project.place.word
    tell(
        person,
        once=f"project.note_signatures:{signature.pk}",
        template="project.note_signatures",
        subject=f"您的验收签字已登记：{project.title}",
        body=f"{here}按{day}的纸质签字单登记了您的意见：{word}。与您的意思不符的，请马上告诉{here}，或提出监督意见。",
        audience=Audience.REPRESENTATIVE,
        about=project,
        place_code=project.place.code,
    )
