"""Those who will do it go there and hear who proposed it; the draft goes to every proposer; every word stays."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories import meetings
from tests.factories import proposals as P
from tests.factories.suggestions import ALL_PASS, many_alike
from yishiting.doors.web.shared.happened import walked
from yishiting.doors.web.shared.matters import matter_of
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import why_not_now
from yishiting.ground.files.models import Attachment
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message, Way
from yishiting.ground.seasons.actions import adopt_rulebook
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.year.proposals.actions import amend_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.actions import merge_suggestions, screen_suggestion
from yishiting.year.suggestions.queries.receipts import slip_token
from yishiting.year.suggestions.states import State
from yishiting.year.visits.actions import (
    ask_proposers,
    hear_proposer,
    note_reply,
    note_visit,
    reply_to_draft,
    reply_with_receipt,
    withdraw_reply,
    withdraw_visit,
)
from yishiting.year.visits.models import Reply, SentDraft, Stance
from yishiting.year.visits.queries import (
    drafts_to_reply_to,
    not_replied,
    proposers_of,
    replies_of,
    visits_of,
)

pytestmark = pytest.mark.django_db


def a_photo() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "JPEG")
    return SimpleUploadedFile("绿地.jpg", drawn.getvalue(), "image/jpeg")


def theirs(cast: Cast, **facts: object) -> Proposal:
    """A draft that rests on a suggestion of 陆阿姨."""
    return P.drafted(cast, suggestions=[P.valid(cast, by=cast.lu, **facts)])


def steps(proposal: Proposal) -> list[str]:
    return [str(one.step.title) for one in walked(matter_of(proposal))]


def test_a_visit_stands_in_the_file_and_its_photograph_is_for_the_desk(cast: Cast) -> None:
    proposal = theirs(cast)
    visit = note_visit(
        proposal, by=cast.liu, visited_on=TODAY, people="城建科赵敏、陆阿姨", found="绿地宽6米", photos=[a_photo()]
    )
    assert list(visits_of(proposal)) == [visit]
    assert Attachment.objects.get(subject_id=str(visit.pk)).public is False
    assert "实地踏勘" in steps(proposal)
    entry = Entry.objects.get(verb="proposal.visit")
    assert "赵敏" not in str(entry.facts)


def test_a_visit_noted_by_mistake_is_taken_back_with_the_reason_and_stays_in_the_path(cast: Cast) -> None:
    proposal = theirs(cast)
    visit = note_visit(proposal, by=cast.liu, visited_on=TODAY, people="赵敏", found="绿地宽6米")
    withdraw_visit(visit, by=cast.liu, reason="记到别的建议案上了")
    assert not visits_of(proposal)
    assert steps(proposal)[-2:] == ["实地踏勘", "撤销踏勘记录"]
    with pytest.raises(Refused, match="已经撤销"):
        withdraw_visit(visit, by=cast.liu, reason="再撤一次")


def test_the_draft_goes_to_every_proposer_those_of_merged_ones_too(cast: Cast) -> None:
    main, other = many_alike(cast)
    merge_suggestions(main, by=cast.liu, others=[other])
    main = screen_suggestion(type(main).objects.get(pk=main.pk), by=cast.wang, **ALL_PASS, result=State.VALID)
    proposal = P.drafted(cast, suggestions=[main])
    draft = ask_proposers(proposal, by=cast.liu)
    assert {one.pk for one in proposers_of(proposal)} == {main.pk, other.pk}
    sent = Message.objects.filter(template__startswith="proposal.ask_proposers", way=Way.SMS)
    assert sorted(one.address for one in sent) == sorted(one.proposer_phone for one in (main, other))
    assert len(not_replied(draft)) == 2
    note_reply(draft, by=cast.liu, suggestion=other, stance=Stance.AGREES, replied_on=TODAY)
    assert [one.pk for one in not_replied(draft)] == [main.pk]


def test_yes_on_conditions_and_no_are_all_kept_and_say_why(cast: Cast) -> None:
    proposal = theirs(cast)
    draft = ask_proposers(proposal, by=cast.liu)
    assert list(drafts_to_reply_to(cast.lu)) == [draft]
    with pytest.raises(Refused, match="条件或理由") as refusal:
        reply_to_draft(draft, by=cast.lu, stance=Stance.CONDITIONAL)
    assert refusal.value.field == "words"
    first = reply_to_draft(draft, by=cast.lu, stance=Stance.DISAGREES, words="救护车还是进不来")
    second = reply_to_draft(draft, by=cast.lu, stance=Stance.CONDITIONAL, words="东侧留出通道就行")
    assert list(replies_of(proposal)) == [first, second]
    assert not drafts_to_reply_to(cast.lu)
    assert steps(proposal)[-2:] == ["提出人答复草案：不同意", "提出人答复草案：有条件同意"]


def test_nobody_replies_for_another(cast: Cast) -> None:
    draft = ask_proposers(theirs(cast), by=cast.liu)
    for other in (cast.liming, cast.liu):
        with pytest.raises(Refused, match="请提出这件事的人本人答复"):
            reply_to_draft(draft, by=other, stance=Stance.AGREES)
    assert not Reply.objects.exists()


def test_a_draft_that_was_changed_is_sent_again_and_the_earlier_words_stay(cast: Cast) -> None:
    proposal = theirs(cast)
    first = ask_proposers(proposal, by=cast.liu)
    reply_to_draft(first, by=cast.lu, stance=Stance.DISAGREES, words="通道太窄")
    with pytest.raises(Refused, match="已经征求过"):
        ask_proposers(proposal, by=cast.liu)
    amend_proposal(proposal, by=cast.liu, measures="东侧留出4米通道。", reason="听取提出人意见")
    second = ask_proposers(Proposal.objects.get(pk=proposal.pk), by=cast.liu)
    assert [one.measures for one in SentDraft.objects.all()] == [first.measures, "东侧留出4米通道。"]
    assert list(drafts_to_reply_to(cast.lu)) == [second]
    told = Message.objects.filter(to=cast.lu, template="proposal.ask_proposers.2").values_list("body", flat=True)
    assert any("东侧留出4米通道" in one for one in told), "a second draft of the same day is told of too"


def test_what_was_said_before_there_was_a_draft_is_kept_beside_it(cast: Cast) -> None:
    proposal = theirs(cast)
    said = hear_proposer(
        proposal, by=cast.liu, suggestion=proposal.suggestions.get(), words="只要救护车进得来", replied_on=TODAY
    )
    assert (said.stance, said.draft) == ("", None)
    draft = ask_proposers(proposal, by=cast.liu)
    assert len(not_replied(draft)) == 1, "what was said before is no reply to the draft"
    with pytest.raises(Refused, match="征求意见以后"):
        note_reply(
            draft,
            by=cast.liu,
            suggestion=said.suggestion,
            stance=Stance.AGREES,
            replied_on=date(2026, 3, 4),
        )


def test_the_desk_takes_back_what_it_noted_never_what_somebody_said_themselves(cast: Cast) -> None:
    proposal = theirs(cast)
    draft = ask_proposers(proposal, by=cast.liu)
    own = reply_to_draft(draft, by=cast.lu, stance=Stance.AGREES)
    with pytest.raises(Refused, match="提出人自己答复的"):
        withdraw_reply(own, by=cast.liu, reason="录错了")
    noted = note_reply(
        draft, by=cast.liu, suggestion=own.suggestion, stance=Stance.DISAGREES, words="听错了", replied_on=TODAY
    )
    withdraw_reply(noted, by=cast.liu, reason="听错了")
    assert list(replies_of(proposal)) == [own]


def test_where_the_rulebook_says_so_a_draft_waits_for_its_proposers(cast: Cast, clock: Clock) -> None:
    adopt_rulebook(cast.district, by=cast.sun, year=2026, changes={"proposal.ask_proposers": True}, in_force_from=TODAY)
    proposal = theirs(cast)
    meetings.planned(cast)
    assert "请先“请提出人看草案”" in str(why_not_now("proposal.table", proposal))
    draft = ask_proposers(proposal, by=cast.liu)
    assert "还有1位提出人没有答复草案，等到2026年3月12日" in str(why_not_now("proposal.table", proposal))
    reply_to_draft(draft, by=cast.lu, stance=Stance.DISAGREES, words="通道太窄")
    assert why_not_now("proposal.table", proposal) is None, "a no is heard; it stops nobody"
    Reply.objects.all().delete()
    clock.to(date(2026, 3, 13))
    assert why_not_now("proposal.table", proposal) is None, "the days for it are over"


def test_a_subdistrict_asks_before_it_tables_and_a_community_need_not(cast: Cast) -> None:
    asks = [rules_for(one).values["proposal.ask_proposers"] for one in (cast.zaobei, cast.maizidian, cast.district)]
    assert asks == [False, True, False]


def test_whoever_has_no_account_is_named_by_the_number_of_the_slip(cast: Cast, sign_in) -> None:
    theirs = P.valid(cast, phone="13900000031")
    proposal = P.drafted(cast, suggestions=[theirs])
    ask_proposers(proposal, by=cast.liu)
    page = sign_in(cast.liu).get(f"/desk/proposals/{proposal.pk}/").content.decode()
    (waiting,) = re.findall(r"<p[^>]*>([^<]*还有1位提出人没有答复.*?)</p>", page, re.DOTALL)
    assert reverse("desk-suggestion", args=[theirs.pk]) in waiting
    assert re.sub(r"<[^>]+>", "", waiting).strip().endswith(spoken(theirs.receipt))


def test_the_proposer_reads_the_draft_and_replies_on_a_page(cast: Cast, sign_in) -> None:
    proposal = theirs(cast)
    draft = ask_proposers(proposal, by=cast.liu)
    client = sign_in(cast.lu)
    assert "等您答复的草案" in client.get("/me/").content.decode()
    page = client.get(f"/me/drafts/{draft.pk}/").content.decode()
    assert proposal.measures in page
    assert f"/do/draft.reply/{draft.pk}/" in page
    told = {"stance": "conditional", "words": "东侧留出通道", "revision": draft.token}
    assert client.post(f"/do/draft.reply/{draft.pk}/", told).status_code == 302
    assert "东侧留出通道" in client.get(f"/me/drafts/{draft.pk}/").content.decode()
    public = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "有条件同意" in public
    assert sign_in(cast.liming).get(f"/me/drafts/{draft.pk}/").status_code == 403


def test_the_desk_asks_about_the_newest_draft_alone_and_sees_whose_reply_it_is(
    cast: Cast, clock: Clock, sign_in
) -> None:
    proposal = theirs(cast)
    ask_proposers(proposal, by=cast.liu)
    amended = amend_proposal(proposal, by=cast.liu, reason="写清楚", measures="先清理，再划线。")
    newest = ask_proposers(amended, by=cast.liu)
    address = reverse("desk-proposal", args=[proposal.pk])
    page = sign_in(cast.liu).get(address).content.decode()
    assert (page.count("还有1位提出人没有答复"), page.count("答复期限")) == (1, 0)
    clock.to(newest.due + timedelta(days=1))
    page = sign_in(cast.liu).get(address).content.decode()
    assert page.count("已经过了，还有1位提出人没有答复") == 1
    reply = reply_to_draft(newest, by=cast.lu, stance=Stance.AGREES)
    page = sign_in(cast.liu).get(address).content.decode()
    assert page.count(spoken(reply.suggestion.receipt) + "</span></a>") == 1
    assert "没有答复" not in page


def test_a_proposer_without_an_account_replies_with_the_receipt(cast: Cast, client, sign_in) -> None:
    said = P.valid(cast, phone="13900000021")
    draft = ask_proposers(P.drafted(cast, suggestions=[said]), by=cast.liu)
    follow = reverse("follow-one", args=[slip_token(said)])
    assert "请您看办理草案" in client.get(follow).content.decode()
    page = reverse("follow-draft", args=[slip_token(said)])
    assert draft.measures in client.get(page).content.decode()
    answer = {"stance": "conditional", "words": "留出轮椅的路", "tail": "9999"}
    assert client.post(page, answer).status_code == 422
    assert client.post(page, {**answer, "words": "", "tail": "0021"}).status_code == 422
    assert client.post(page, {**answer, "tail": "0021"}).status_code == 302
    reply = Reply.objects.get()
    assert (reply.stance, reply.words, reply.by_desk, reply.draft) == (Stance.CONDITIONAL, "留出轮椅的路", False, draft)
    assert not_replied(draft) == []
    shown = client.get(follow).content.decode()
    assert "留出轮椅的路" in shown
    client.post(page, {"stance": "agrees", "tail": "0021"})
    assert [one.stance for one in Reply.objects.order_by("created_at")] == [Stance.CONDITIONAL, Stance.AGREES]
    assert sign_in(cast.liu).post(page, {"stance": "agrees"}).status_code == 422


def test_nobody_is_asked_where_no_draft_was_sent_or_it_is_decided(cast: Cast, client) -> None:
    said = P.valid(cast, phone="13900000021")
    page = reverse("follow-one", args=[slip_token(said)])
    assert "请您看办理草案" not in client.get(page).content.decode()
    with pytest.raises(Refused, match="没有要征求您意见"):
        reply_with_receipt(said, by=Visitor(), stance=Stance.AGREES, tail="0021")


def test_the_draft_is_printed_for_whoever_has_no_telephone(cast: Cast, sign_in) -> None:
    draft = ask_proposers(theirs(cast), by=cast.liu)
    shown = sign_in(cast.liu).get(reverse("paper-draft", args=[draft.pk])).content.decode()
    for words in (draft.measures, "□ 有条件同意", "本人签名和日期"):
        assert words in shown
    assert (
        reverse("paper-draft", args=[draft.pk])
        in sign_in(cast.liu).get(reverse("desk-proposal", args=[draft.proposal_id])).content.decode()
    )
