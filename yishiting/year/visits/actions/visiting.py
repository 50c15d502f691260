"""Going there, sending a draft to those who proposed it, and what they reply."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import A, Day, Files, OneOf, Ref, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.year.proposals.actions.telling import tell_sources
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import mains_of
from yishiting.year.suggestions.actions.screening import TAIL, prove_own
from yishiting.year.suggestions.actions.telling import told_in_words
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.visits.models import Reply, SentDraft, SiteVisit, Stance
from yishiting.year.visits.permissions import MAY
from yishiting.year.visits.queries import UNDECIDED, draft_asked_of, proposers_of, sent_as_it_reads

Row = TypeVar("Row", SiteVisit, Reply)

VISITED_ON = Day(_("踏勘日期"), past=True, initial=lambda _proposal: timezone.localdate())
PEOPLE = line(
    _("参加人"),
    most=200,
    hint=_("责任领导、科室、提出人、社区，例如：副主任李强、城建科赵敏、提出人1位、社区书记王芳。"),
    missing=_("请写明谁去的。"),
)
FOUND = Text(
    _("现场情况"), rows=5, hint=_("看到了什么，量了什么，难在哪里。居民看得到。"), missing=_("请写明现场情况。")
)
AGREED = Text(_("现场商定的改动"), rows=3, hint=_("没有的不填。"))
PHOTOS = Files(_("照片"), hint=_("照片里的位置信息会去掉，只有工作人员能看到。"))
MISTAKE = Text(_("撤销原因"), hint=_("例如：记到别的建议案上了。"), missing=_("请写明撤销原因。"))


@verb("proposal.visit", _("记录踏勘"), MAY, done=_("踏勘记录已保存。"))
def note_visit(
    proposal: Proposal,
    *,
    by: Actor,
    visited_on: Annotated[date, VISITED_ON],
    people: Annotated[str, PEOPLE],
    found: Annotated[str, FOUND],
    agreed: Annotated[str, AGREED] = "",
    photos: Annotated[Sequence[Any], PHOTOS] = (),
) -> SiteVisit:
    """Note who went to the place of a matter, what they found and what was agreed there."""
    visit = SiteVisit.objects.create(
        proposal=proposal, place=proposal.place, visited_on=visited_on, people=people, found=found, agreed=agreed
    )
    write_entry(
        visit,
        proposal=str(proposal.pk),
        day=visited_on.isoformat(),
        private={"people": people, "found": found, "agreed": agreed},
    )
    for photo in photos:
        attach(visit, photo, by=by, purpose="photo")
    return visit


def _stands(row: SiteVisit | Reply) -> Sentence | None:
    return None if row.withdrawn_on is None else _("这一条已经撤销，不用再撤销。")


@verb("visit.withdraw", _("撤销踏勘记录"), MAY, done=_("已撤销。"), conditions=(_stands,), kind="danger")
def withdraw_visit(visit: SiteVisit, *, by: Actor, reason: Annotated[str, MISTAKE]) -> SiteVisit:
    """Take back a visit that was noted by mistake; the row and the reason stay on file."""
    return _withdraw(visit, reason)


def _withdraw(row: Row, reason: str) -> Row:
    row.withdrawn_on, row.withdrawn_because = timezone.localdate(), reason
    row.save(update_fields=["withdrawn_on", "withdrawn_because"])
    write_entry(row, proposal=str(row.proposal_id), private={"reason": reason})
    return row


def _of_a_proposal(thing: Proposal | SentDraft) -> "QuerySet[Suggestion]":
    proposal = thing.proposal if isinstance(thing, SentDraft) else thing
    return Suggestion.objects.filter(pk__in=[one.pk for one in proposers_of(proposal)]).order_by("receipt")


def _called(suggestion: Suggestion) -> str:
    return f"{spoken(suggestion.receipt)}　{suggestion.title}"


WHOSE = Ref(
    _("哪一条建议的提出人"),
    _of_a_proposal,
    hint=_("同项合并的，每一条的提出人都在这里。"),
    called=_called,
    initial=lambda thing: _the_only_one(_of_a_proposal(thing)),
)
#: Everybody reads the words, nobody the name.
OPEN = _("写的话会公开，不显示提出人的姓名。")
SAID = Text(_("提出人的意见"), rows=4, hint=OPEN, missing=_("请写明提出人怎么说。"))
CONDITION = Text(
    _("条件或理由"),
    rows=4,
    hint=format_lazy("{}{}", _("同意的可以不写。有条件同意、不同意的，请写明条件或理由。"), OPEN),
)
STANCE = OneOf(_("对草案的态度"), Stance, missing=_("请选同意、有条件同意或者不同意。"))
REPLIED_ON = Day(_("答复日期"), past=True, initial=lambda _thing: timezone.localdate())


def _the_only_one(rows: Iterable[Suggestion]) -> Suggestion | None:
    found = list(rows)
    return found[0] if len(found) == 1 else None


@verb("proposal.hear", _("记录提出人意见"), MAY, done=_("提出人的意见已记录。"))
def hear_proposer(
    proposal: Proposal,
    *,
    by: Actor,
    suggestion: Annotated[A[Suggestion], WHOSE],
    words: Annotated[str, SAID],
    replied_on: Annotated[date, REPLIED_ON],
) -> Reply:
    """Note what a proposer said of the matter, before there was a draft or beside it."""
    return _keep(proposal, suggestion, words=words, on=replied_on, by_desk=True)


def _somebody_to_ask(proposal: Proposal) -> Sentence | None:
    if sent_as_it_reads(proposal) is not None:
        return _("现在的文本已经征求过提出人的意见。改了文本，再“请提出人看草案”。")
    return None if mains_of(proposal).exists() else _("这份建议案没有来源建议，没有提出人可以征求。")


@verb(
    "proposal.ask_proposers",
    _("请提出人看草案"),
    MAY,
    conditions=(_somebody_to_ask,),
    before=lambda proposal: f"{proposal.situation}\n\n{proposal.measures}",
    done=lambda draft: told_in_words(_asking(draft), proposers_of(draft.proposal)),
)
def ask_proposers(proposal: Proposal, *, by: Actor) -> SentDraft:
    """Send the draft, as it reads today, to everybody who proposed the matter; they say yes, on conditions, or no."""
    book, today = rules_for(proposal.place), timezone.localdate()
    draft = SentDraft.objects.create(
        proposal=proposal,
        place=proposal.place,
        version=proposal.amendments.count() + 1,
        title=proposal.title,
        situation=proposal.situation,
        measures=proposal.measures,
        asked_on=today,
        due=due_after(today, book.number("proposal.reply_workdays")),
    )
    write_entry(draft, rules=book.label, proposal=str(proposal.pk), due=draft.due.isoformat())
    tell_sources(proposal, _asking(draft), _draft_in_words(draft))
    return draft


def _asking(draft: SentDraft) -> str:
    return f"proposal.ask_proposers.{draft.version}"


@in_chinese
def _draft_in_words(draft: SentDraft) -> str:
    return (
        f"您提的事有了办理草案“{draft.title}”：{draft.measures}\n请在{chinese(draft.due, 'plain')}前说说同意、"
        "有条件同意还是不同意。凭受理号和手机号后四位，在“查进展”里就能答复，不用注册；登录的在“我的”里答复，"
        f"也可以打电话或当面告诉{draft.place.word_in_reply}。"
    )


def _not_decided(draft: SentDraft) -> Sentence | None:
    if draft.proposal.state in UNDECIDED:
        return None
    return _("这份建议案已经有了决定，不再征求意见。有话要说，可以另提一条建议。")


@verb(
    "draft.reply",
    _("说说对草案的意见"),
    MAY,
    conditions=(_not_decided,),
    before=lambda draft: f"{draft.situation}\n\n{draft.measures}",
    done=_("您的意见已记录，会同草案一起交会议讨论。"),
    in_person=True,
)
def reply_to_draft(
    draft: SentDraft, *, by: Person, stance: Annotated[Stance, STANCE], words: Annotated[str, CONDITION] = ""
) -> Reply:
    """A proposer says of the draft: yes, on conditions, or no."""
    mine = next(one for one in proposers_of(draft.proposal) if one.proposer_id == by.pk)
    return _keep(draft.proposal, mine, draft, stance, words, on=timezone.localdate())


def _asked(suggestion: Suggestion) -> Sentence | None:
    return None if draft_asked_of(suggestion) is not None else _("现在没有要征求您意见的办理草案。")


def _draft_before(suggestion: Suggestion) -> Sentence:
    draft = draft_asked_of(suggestion)
    return "" if draft is None else f"{draft.situation}\n\n{draft.measures}"


@verb(
    "suggestion.reply_to_draft",
    _("说说对草案的意见"),
    MAY,
    conditions=(_asked,),
    before=_draft_before,
    done=_("您的意见已记录，会同草案一起交会议讨论。"),
    in_person=True,
)
def reply_with_receipt(
    suggestion: Suggestion,
    *,
    by: Actor,
    stance: Annotated[Stance, STANCE],
    words: Annotated[str, CONDITION] = "",
    tail: Annotated[str, TAIL] = "",
) -> Reply:
    """A proposer without an account says of the draft: yes, on conditions, or no; the four digits show who it is."""
    if isinstance(by, Person) and by.is_staff_member and by.pk != suggestion.proposer_id:
        raise NotAllowed(_("这里由提出人本人答复。电话或当面问到的，请在建议案页“代录提出人意见”。"))
    prove_own(suggestion, by, tail)
    draft = draft_asked_of(suggestion)
    if draft is None:
        raise Refused(_("现在没有要征求您意见的办理草案。"))
    return _keep(draft.proposal, suggestion, draft, stance, words, on=timezone.localdate())


@verb("draft.note", _("代录提出人意见"), MAY, conditions=(_not_decided,), done=_("提出人的意见已记录。"))
def note_reply(
    draft: SentDraft,
    *,
    by: Actor,
    suggestion: Annotated[A[Suggestion], WHOSE],
    stance: Annotated[Stance, STANCE],
    words: Annotated[str, CONDITION] = "",
    replied_on: Annotated[date, REPLIED_ON],
) -> Reply:
    """Note what a proposer said of the draft by telephone or in person."""
    if replied_on < draft.asked_on:
        raise Refused(_("征求意见以后才能答复草案。以前说的，请用“记录提出人意见”。"), field="replied_on")
    return _keep(draft.proposal, suggestion, draft, stance, words, on=replied_on, by_desk=True)


def _keep(
    proposal: Proposal,
    suggestion: Suggestion,
    draft: SentDraft | None = None,
    stance: Stance | str = "",
    words: str = "",
    *,
    on: date,
    by_desk: bool = False,
) -> Reply:
    if not words and stance != Stance.AGREES:
        raise Refused(_("有条件同意或不同意的，请写明条件或理由。"), field="words")
    reply = Reply.objects.create(
        proposal=proposal,
        place=proposal.place,
        draft=draft,
        suggestion=suggestion,
        stance=stance,
        words=words,
        replied_on=on,
        by_desk=by_desk,
    )
    write_entry(reply, proposal=str(proposal.pk), stance=str(stance), day=on.isoformat(), private={"words": words})
    return reply


def _noted_by_the_desk(reply: Reply) -> Sentence | None:
    return None if reply.by_desk else _("这是提出人自己答复的，工作台不能撤销。本人可以再答复一次，两次都留着。")


@verb(
    "reply.withdraw",
    _("撤销代录的意见"),
    MAY,
    done=_("已撤销。"),
    conditions=(_stands, _noted_by_the_desk),
    kind="danger",
)
def withdraw_reply(reply: Reply, *, by: Actor, reason: Annotated[str, MISTAKE]) -> Reply:
    """Take back what the desk noted by mistake; the row and the reason stay on file."""
    return _withdraw(reply, reason)
