"""The council of a community is asked about the draft of the place above it (必要时召开社区议事协商会讨论)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import Day, OneOf, Ref, Refs, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import in_one_statement, tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import told_of
from yishiting.ground.organisations.models import Appointment
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.meetings.models import Meeting
from yishiting.year.proposals.models import Proposal
from yishiting.year.visits.models import CouncilQuestion, Stance
from yishiting.year.visits.permissions import MAY
from yishiting.year.visits.queries import councils_below, held_meetings
from yishiting.year.visits.states import QUESTION_LIFECYCLE as LIFECYCLE


def _there_are_councils(proposal: Proposal) -> Sentence | None:
    if proposal.place.level == Level.COMMUNITY:
        return _("社区（村）的建议案由本社区（村）的议事协商会审议，请“列入会议议程”。")
    if councils_below(proposal.place).exists():
        return None
    return _("下面的社区（村）都还没有登记议事协商会。请社区（村）先“登记议事协商会”。")


def _where_it_comes_from(proposal: Proposal) -> list[int]:
    """The communities whose suggestions it rests on."""
    from_there = proposal.suggestions.values("place")
    return list(councils_below(proposal.place).filter(pk__in=from_there).values_list("pk", flat=True))


COUNCILS = Refs(
    _("请哪些社区（村）的议事协商会讨论"),
    lambda proposal: councils_below(proposal.place),
    key="code",
    called=lambda place: place.name,
    initial=_where_it_comes_from,
    least=1,
    missing=_("请至少选一个社区（村）。"),
)
QUESTION = Text(
    _("请讨论什么"),
    rows=4,
    hint=_("例如：施工要占用楼前空地三个月，居民能不能接受，车停到哪里。"),
    missing=_("请写明请协商会讨论什么。"),
)


@verb(
    "proposal.ask_council",
    _("请社区议事协商会讨论"),
    MAY,
    conditions=(_there_are_councils,),
    before=lambda proposal: f"{proposal.situation}\n\n{proposal.measures}",
    done=lambda proposal: format_lazy("{}{}", _("已请社区（村）议事协商会讨论。"), told_of(*_askings(proposal)).words),
)
def ask_councils(
    proposal: Proposal,
    *,
    by: Actor,
    councils: Annotated[Sequence[Place], COUNCILS],
    question: Annotated[str, QUESTION],
) -> Proposal:
    """Ask the councils of communities about the draft as it reads today; it waits on their homes, by a day."""
    book, today = rules_for(proposal.place), timezone.localdate()
    due = due_after(today, book.number("proposal.council_reply_workdays"))
    for place in councils:
        asked = CouncilQuestion.objects.create(
            proposal=proposal,
            place=proposal.place,
            asked_at=place,
            title=proposal.title,
            measures=proposal.measures,
            question=question,
            asked_on=today,
            due=due,
        )
        write_entry(
            asked,
            rules=book.label,
            proposal=str(proposal.pk),
            place=place.code,
            due=due.isoformat(),
            private={"question": question},
        )
        _tell(asked, "ask", place, _asked_in_words(asked))
    return proposal


@in_chinese
def _asked_in_words(asked: CouncilQuestion) -> str:
    return (
        f"{asked.place}请{asked.asked_at}议事协商会讨论“{asked.title}”，"
        f"请在{chinese(asked.due, 'plain')}以前答复：{asked.question}"
    )


MEETING = Ref(
    _("在哪一次会议上讨论的"),
    lambda asked: held_meetings(asked.asked_at),
    called=lambda meeting: f"{meeting.title}（{meeting.day:%Y-%m-%d}）",
    hint=_("会议在系统里办理的，请选。没有的不选，写明讨论日期。"),
)
DISCUSSED_ON = Day(_("讨论日期"), past=True, missing=_("请写明哪一天讨论的。"))
STANCE = OneOf(_("议事协商会的态度"), Stance, missing=_("请选同意、有条件同意或者不同意。"))
ANSWER = Text(
    _("议事协商会的意见"),
    rows=5,
    hint=_("会公开。写明多少人同意、什么条件、担心什么。不要写居民的姓名、电话和住址。"),
    missing=_("请写明议事协商会怎么说。"),
)


@verb(
    "council_question.answer",
    _("答复议事协商会意见"),
    MAY,
    before=lambda asked: f"{asked.question}\n\n{asked.measures}",
    done=lambda asked: format_lazy("{}{}", _("意见已答复。"), told_of(_step(asked, "answer")).words),
)
def answer_question(
    asked: CouncilQuestion,
    *,
    by: Actor,
    stance: Annotated[Stance, STANCE],
    answer: Annotated[str, ANSWER],
    discussed_on: Annotated[date, DISCUSSED_ON],
    meeting: Annotated[Meeting | None, MEETING] = None,
) -> CouncilQuestion:
    """Answer what the council said of the draft, on which day, at which meeting; the place above and everybody read it."""
    if discussed_on < asked.asked_on:
        raise Refused(_("讨论日期不能早于征求的那一天。"), field="discussed_on")
    LIFECYCLE.advance(asked, "council_question.answer")
    asked.stance, asked.answer, asked.meeting = str(stance), answer, meeting
    asked.discussed_on, asked.answered_on = discussed_on, timezone.localdate()
    asked.save(update_fields=["state", "stance", "answer", "meeting", "discussed_on", "answered_on"])
    write_entry(
        asked,
        proposal=str(asked.proposal_id),
        stance=str(stance),
        day=discussed_on.isoformat(),
        private={"answer": answer},
    )
    said = f"{asked.asked_at}议事协商会对“{asked.title}”：{asked.get_stance_display()}。{answer}"
    _tell(asked, "answer", asked.place, said)
    return asked


@verb(
    "council_question.withdraw",
    _("不再征求"),
    MAY,
    kind="danger",
    done=lambda asked: format_lazy("{}{}", _("已撤回。"), told_of(_step(asked, "withdraw")).words),
)
def withdraw_question(
    asked: CouncilQuestion, *, by: Actor, reason: Annotated[str, line(_("原因"), missing=_("请写明为什么不再征求。"))]
) -> CouncilQuestion:
    """Take back a question that need not be discussed any more; the community reads why."""
    LIFECYCLE.advance(asked, "council_question.withdraw")
    asked.withdrawn_because = reason
    asked.save(update_fields=["state", "withdrawn_because"])
    write_entry(asked, proposal=str(asked.proposal_id), private={"reason": reason})
    _tell(asked, "withdraw", asked.asked_at, f"{asked.place}不再请议事协商会讨论“{asked.title}”：{reason}")
    return asked


def _step(asked: CouncilQuestion, step: str) -> str:
    return f"council_question.{step}:{asked.pk}"


def _askings(proposal: Proposal) -> list[str]:
    """The steps of the questions asked last."""
    rows: QuerySet[CouncilQuestion] = proposal.council_questions.order_by("-created_at")
    newest = rows.first()
    same = [one for one in rows if newest is not None and one.asked_on == newest.asked_on]
    return [_step(one, "ask") for one in same]


@in_chinese
def _tell(asked: CouncilQuestion, step: str, place: Place, body: str) -> None:
    """The heads of a place are told; its home shows it to the whole desk."""
    heads = Appointment.objects.in_force(timezone.localdate()).filter(place=place, office__in=DESKS[place.level].heads)
    with in_one_statement():
        for head in heads.select_related("person"):
            tell(
                head.person,
                once=_step(asked, step),
                template=f"council_question.{step}",
                subject="征求社区议事协商会意见",
                body=body,
                audience=Audience.DESK,
                about=asked,
                place_code=place.code,
            )
