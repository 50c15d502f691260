"""Making an agreement of what was adopted, reviewing it, and answering where it was broken."""

import calendar
from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Day, OneOf, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.agreements.models import Agreement, AgreementReview, Breach, ReviewOutcome
from yishiting.year.agreements.permissions import MAY
from yishiting.year.agreements.states import BREACH_LIFECYCLE, LIFECYCLE, State
from yishiting.year.proposals.actions.telling import tell_all, told_words
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import LIFECYCLE as LIFECYCLE_OF_PROPOSAL

MONTHS = Whole(
    _("几个月后回顾"),
    least=1,
    most=60,
    initial=lambda proposal: rules_for(proposal.place).number("agreement.review_months"),
)
WHOLE_TEXT = Text(
    _("公约内容"),
    rows=6,
    hint=_("一条写一件事，写清楚时间、地点、怎么做。例如：每晚九点以后广场上不放音乐。"),
    missing=_("请写明大家要遵守什么。"),
    initial=lambda proposal: proposal.measures,
)


def _no_agreement_yet(proposal: Proposal) -> Sentence | None:
    made = Agreement.objects.filter(proposal=proposal).exists()
    return _("这件建议案已立为公约，不用再立。要改或终止，请在公约的页面“回顾公约”。") if made else None


def _made(made: Agreement) -> Sentence:
    return str(_("公约已公开，到了回顾的日子会提醒。")) + told_words(made.proposal, "agreed")


def _reviewed(one: Agreement) -> Sentence:
    return str(_("已登记。")) + told_words(one.proposal, "agreement_reviewed")


@verb(
    "agreement.make",
    _("立为公约"),
    MAY,
    before=_("审议通过的事不是要做的工程，而是大家要遵守的约定，就立为公约，不列入实事项目。"),
    done=_made,
    conditions=(_no_agreement_yet,),
)
def make_agreement(
    proposal: Proposal,
    *,
    by: Actor,
    text: Annotated[str, WHOLE_TEXT],
    kept_by: Annotated[str, line(_("谁来遵守"), hint=_("例如：广场舞队全体队员"), missing=_("请写明谁来遵守。"))],
    looked_after_by: Annotated[
        str, line(_("谁来照看"), hint=_("例如：楼门长张大爷和物业值班"), missing=_("请写明谁来照看。"))
    ],
    in_force_from: Annotated[date, Day(_("从哪一天起"), initial=lambda proposal: timezone.localdate())],
    review_months: Annotated[int | None, MONTHS] = None,
) -> Agreement:
    """Let what was adopted hold as an agreement: what, for whom, from when, and who looks after it."""
    LIFECYCLE_OF_PROPOSAL.advance(proposal, "agreement.make")
    months = review_months or rules_for(proposal.place).number("agreement.review_months")
    agreement = Agreement.objects.create(
        place=proposal.place,
        proposal=proposal,
        title=proposal.title,
        text=text,
        kept_by=kept_by,
        looked_after_by=looked_after_by,
        in_force_from=in_force_from,
        review_months=months,
        review_due=months_after(in_force_from, months),
    )
    write_entry(
        agreement,
        proposal=str(proposal.pk),
        in_force_from=in_force_from.isoformat(),
        due=agreement.review_due.isoformat(),
        private={"text": text, "kept_by": kept_by, "looked_after_by": looked_after_by},
    )
    tell_all(proposal, "agreed", f"建议案“{proposal.title}”已立为公约：{text}")
    return agreement


@verb(
    "agreement.review",
    _("回顾公约"),
    MAY,
    before=lambda one: one.text,
    done=_reviewed,
)
def review_agreement(
    agreement: Agreement,
    *,
    by: Actor,
    outcome: Annotated[ReviewOutcome, OneOf(_("回顾结果"), ReviewOutcome)],
    reason: Annotated[str, Text(_("为什么"), rows=3, missing=_("请写明执行得怎么样，为什么这样定。"))],
    text: Annotated[str, Text(_("修改后的内容"), rows=6, hint=_("修改后执行的才填。"), initial=lambda one: "")] = "",
    review_months: Annotated[int | None, Whole(_("几个月后再回顾"), least=1, most=60)] = None,
) -> Agreement:
    """Look back after some months: it is kept, changed or ended; the text that held until then stays on file."""
    if (outcome == ReviewOutcome.CHANGED) != bool(text):
        raise Refused(_("修改后执行的，请写修改后的内容；继续执行或终止的，不用写。"), field="text")
    ends, today = outcome == ReviewOutcome.ENDED, timezone.localdate()
    LIFECYCLE.advance(agreement, "agreement.review", to=State.ENDED if ends else State.IN_FORCE)
    AgreementReview.objects.create(
        agreement=agreement, outcome=outcome, text_before=agreement.text, reason=reason, reviewed_on=today
    )
    agreement.text = text or agreement.text
    agreement.review_months = review_months or agreement.review_months
    agreement.review_due = months_after(today, agreement.review_months)
    agreement.ended_on = today if ends else None
    agreement.save(update_fields=["state", "text", "review_months", "review_due", "ended_on"])
    due = "" if ends else agreement.review_due.isoformat()
    write_entry(agreement, outcome=str(outcome), due=due, private={"reason": reason, "text": text})
    said = f"公约“{agreement.title}”回顾后{outcome.label}。{reason}"
    tell_all(agreement.proposal, "agreement_reviewed", f"{said}{f'修改后的内容：{text}' if text else ''}")
    return agreement


@verb("breach.report", _("反映没有遵守"), MAY, done=_("已收到，工作人员答复以后会通知您。"))
def report_breach(
    agreement: Agreement,
    *,
    by: Person,
    text: Annotated[
        str, Text(_("看到了什么"), hint=_("写时间、地点和情况，不要写别人的姓名。"), missing=_("请写明看到了什么。"))
    ],
) -> Breach:
    """Say where an agreement was broken; the desk answers."""
    breach = Breach.objects.create(
        agreement=agreement, place=agreement.place, text=text, reported_by=by, reported_on=timezone.localdate()
    )
    write_entry(breach, agreement=str(agreement.pk), private={"text": text})
    return breach


@verb("breach.answer", _("答复反映"), MAY, before=lambda breach: breach.text, done=_("已答复。"))
def answer_breach(
    breach: Breach, *, by: Actor, answer: Annotated[str, Text(_("答复"), rows=4, missing=_("请写明怎么处理的。"))]
) -> Breach:
    """Answer whoever reported that an agreement was broken."""
    BREACH_LIFECYCLE.advance(breach, "breach.answer")
    breach.answer, breach.answered_on = answer, timezone.localdate()
    breach.save(update_fields=["state", "answer", "answered_on"])
    write_entry(breach, agreement=str(breach.agreement_id), private={"answer": answer})
    if breach.reported_by is not None:
        tell(
            breach.reported_by,
            once=f"breach.answer:{breach.pk}",
            template="breach.answer",
            subject="您反映的情况有了答复",
            body=f"公约“{breach.agreement.title}”：{answer}",
            audience=Audience.PUBLIC,
            about=breach.agreement,
            place_code=breach.place.code,
        )
    return breach


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
