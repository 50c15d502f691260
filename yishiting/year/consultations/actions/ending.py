"""Closing a consultation, and publishing what it came to; or declaring it void."""

import random
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.closing import BEFORE_PUBLISHING, before_closing
from yishiting.ground.common.parameters import Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.methods import merkle
from yishiting.year.consultations.charting import charted
from yishiting.year.consultations.models import Consultation, Participant
from yishiting.year.consultations.permissions import MAY
from yishiting.year.consultations.queries import table_text, totals_of
from yishiting.year.consultations.rules import hash_of
from yishiting.year.consultations.states import LIFECYCLE, State, StatementState

AT_ONCE = 500


def _nothing_waits(consultation: Consultation) -> Sentence | None:
    waiting = consultation.statements.filter(state=StatementState.PROPOSED).count()
    return _("还有 %(n)s 条看法没有审核，请先“审核看法”，展示或搁置，再截止。") % {"n": waiting} if waiting else None


@verb(
    "consultation.close",
    _("截止意见征求"),
    MAY,
    before=lambda consultation: before_closing(consultation.closes, _("编号随即打乱，谁答了什么再也查不出来。")),
    done=_("已截止，编号已打乱，表态表已封存。"),
    conditions=(_nothing_waits,),
)
def close_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """End the answering: number the participants at random, forget who they were, seal the table of answers."""
    LIFECYCLE.advance(consultation, "consultation.close", to=State.CLOSED)
    _forget_who(consultation)
    consultation.totals, consultation.closed_on = totals_of(consultation), timezone.localdate()
    consultation.table_hash = hash_of(table_text(consultation))
    consultation.save(update_fields=["state", "totals", "closed_on", "table_hash"])
    write_entry(consultation, rules=consultation.rules_label, table=consultation.table_hash, **consultation.totals)
    return consultation


def _forget_who(consultation: Consultation) -> None:
    people = list(consultation.participants.all())
    random.SystemRandom().shuffle(people)
    for number, one in enumerate(people, start=1):
        one.key, one.number = "", number
    Participant.objects.bulk_update(people, ["key", "number"], batch_size=AT_ONCE)
    consultation.statements.exclude(author_key="").update(author_key="", author=None)


@verb("consultation.publish", _("公布征求结果"), MAY, before=BEFORE_PUBLISHING, done=_("结果已公布。"))
def publish_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """Publish what people share, where they differ, what the few say, and the table to compute it from."""
    LIFECYCLE.advance(consultation, "consultation.publish", to=State.PUBLISHED)
    if hash_of(table_text(consultation)) != consultation.table_hash:
        raise Refused(_("表态表和截止时封存的不一致，不能公布。请联系系统管理员核对数据；查不清的，请“意见征求作废”。"))
    book, made = rules_for(consultation.place), charted(consultation)
    consultation.result, consultation.picture = made.result, made.picture
    consultation.published_on, consultation.rules_label = timezone.localdate(), book.label
    consultation.save(update_fields=["state", "result", "picture", "published_on", "rules_label"])
    counts = {str(row["number"]): [row["agree"], row["disagree"], row["pass"]] for row in made.result["counts"]}
    groups = [group["people"] for group in (made.result["map"] or {}).get("groups", [])]
    digest = merkle.leaf_hash(merkle.canonical({"counts": counts, "groups": groups})).hex()
    write_entry(
        consultation, rules=book.label, table=consultation.table_hash, counts=counts, groups=groups, result=digest
    )
    return consultation


WHY_VOID = Text(_("为什么作废"), rows=3, hint=_("居民会看到。"), missing=_("请写明为什么作废。"))


@verb("consultation.void", _("意见征求作废"), MAY, done=_("已作废，原因已公开。"), kind="danger")
def void_consultation(consultation: Consultation, *, by: Actor, reason: Annotated[str, WHY_VOID]) -> Consultation:
    """Declare a consultation void with the reason that everybody reads; who had answered is forgotten all the same."""
    if consultation.state == State.OPEN:
        _forget_who(consultation)
    LIFECYCLE.advance(consultation, "consultation.void")
    consultation.void_reason = reason
    consultation.save(update_fields=["state", "void_reason"])
    write_entry(consultation, private={"reason": reason})
    return consultation
