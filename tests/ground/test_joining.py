"""Two accounts of one person: joined at the desk, everything of the old one with it, and undone where it was wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from tests.cast import Cast, person
from tests.conftest import Clock
from tests.factories import agreements, consultations, projects
from tests.factories.suggestions import a_suggestion
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.entrance.actions import enter_code, erase, join_accounts, send_code, undo_join
from yishiting.ground.entrance.models import AccountJoin, Proof
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message, Way
from yishiting.ground.notices.queries import last_text_message
from yishiting.year.agreements.actions import report_breach
from yishiting.year.consultations.actions import answer_statement
from yishiting.year.councils.models import Representative
from yishiting.year.projects.actions import raise_finding
from yishiting.year.suggestions.models import Suggestion

NEW = "13800000055"
#: Names a person for how they come in, or for what was agreed to: it stays where it is.
OF_THE_ACCOUNT = {
    "AccessToken.person", "RecoveryCode.person", "Passkey.person", "SignOn.person", "Consent.person",
    "NumberPassed.person", "NumberPassed.former", "AccountJoin.person", "AccountJoin.former",
}  # fmt: skip
#: Names a person for what they did in an office, where no account of theirs is ever joined: it stays too.
OF_AN_OFFICE = {
    "AcceptanceSignature.entered_by", "Amendment.amended_by", "Answer.answered_by", "Appeal.decided_by",
    "Appointment.person", "BatchKeying.entered_by", "Call.called_by", "ImportBatch.imported_by",
    "ImportFile.handed_in_by", "Keying.entered_by", "Meeting.minutes_approved_by", "Outreach.noted_by",
    "Payment.approved_by", "Payment.asked_by", "PlannedWork.responsible", "Present.person", "Progress.recorded_by", "Project.confirmed_by", "Project.handler", "Project.responsible",
    "Proposal.drafted_by", "Proposal.responsible", "Response.entered_by", "Screening.screened_by", "Sitting.chaired_by",
    "SittingItem.responsible", "SolicitationSession.recorded_by", "Suggestion.recorded_by", "Suggestion.responsible",
    "Tally.entered_by", "Term.confirmed_by", "Unlike.decided_by",
}  # fmt: skip


@pytest.fixture
def new(cast: Cast) -> Person:
    return person("lu2", "", NEW, staff=False)


def joined(cast: Cast, **facts: Any) -> AccountJoin:
    given = {"name": "陆桂芳", "phone": NEW, "former_phone": "13800000001", "proof": Proof.ID_CARD}
    return join_accounts(cast.zaobei, by=cast.liu, **{**given, **facts})


def test_every_row_that_names_a_person_moves_with_the_account_or_says_that_it_stays() -> None:
    """A new foreign key to a person is entered here or at its model: nothing of the old account is left behind unseen."""
    kinds = [one for one in apps.get_models() if issubclass(one, BaseRecord)]
    names = {
        f"{kind.__name__}.{one.name}": one.name in kind.MOVES_WITH_ACCOUNT
        for kind in kinds
        for one in kind._meta.concrete_fields
        if one.related_model is Person
    }
    assert {name for name, moves in names.items() if not moves} == OF_THE_ACCOUNT | OF_AN_OFFICE
    declared = {f"{kind.__name__}.{field}" for kind in kinds for field in kind.MOVES_WITH_ACCOUNT}
    assert declared == {name for name, moves in names.items() if moves}


def test_seat_suggestions_and_messages_come_along_and_both_numbers_are_told(cast: Cast, new: Person) -> None:
    seat = projects.seated_council(cast)[0]
    said = a_suggestion(cast, by=cast.liming)
    join = joined(cast, name="李明", former_phone="138 0000 0002")
    assert Suggestion.objects.get(pk=said.pk).proposer == new
    assert Representative.objects.get(pk=seat.pk).person == new
    assert not cast.liming.messages.exists()
    cast.liming.refresh_from_db()
    assert (cast.liming.is_active, cast.liming.phone) == (False, "")
    new.refresh_from_db()
    assert new.name == "李明"
    told = {one.address for one in Message.objects.filter(way=Way.SMS, template="account.join")}
    assert told == {NEW, "13800000002"}
    entry = Entry.objects.get(verb="account.join")
    assert entry.facts["moved"] == join.count > 1
    assert set(entry.facts["private"]) == {"former", "person"}


def test_what_they_saw_broken_and_what_they_found_at_the_work_come_along(cast: Cast, new: Person, clock: Clock) -> None:
    finding = raise_finding(projects.underway(cast, clock), by=cast.liming, text="灯罩松了")
    joined(cast, name="李明", former_phone="13800000002")
    finding.refresh_from_db()
    assert finding.found_by == new
    breach = report_breach(
        agreements.agreed(cast, projects.adopted_proposal(cast, title="少放音乐")), by=cast.lu, text="还在放"
    )
    joined(cast, phone=person("lu4", "", "13800000066", staff=False).phone)
    breach.refresh_from_db()
    assert breach.reported_by.login == "lu4"


def test_it_is_undone_whole(cast: Cast, new: Person) -> None:
    """Whoever says something, sits in the council and was written to has all of it again, and is told."""
    seat = projects.seated_council(cast)[0]
    said = a_suggestion(cast, by=cast.liming)
    theirs = set(cast.liming.messages.values_list("pk", flat=True))
    assert theirs
    join = joined(cast, name="李明", former_phone="13800000002")
    undo_join(join, by=cast.liu, reason="不是同一个人")
    assert Suggestion.objects.get(pk=said.pk).proposer == cast.liming
    assert Representative.objects.get(pk=seat.pk).person == cast.liming
    assert theirs <= set(cast.liming.messages.values_list("pk", flat=True))
    assert not theirs & set(new.messages.values_list("pk", flat=True))
    told = Message.objects.filter(way=Way.SMS, template="account_join.undo")
    assert {one.address for one in told} == {NEW, "13800000002"}
    cast.liming.refresh_from_db()
    assert (cast.liming.is_active, cast.liming.phone) == (True, "13800000002")
    with pytest.raises(Refused, match="已经撤销"):
        undo_join(join, by=cast.liu, reason="再撤一次")
    assert joined(cast, name="李明", former_phone="13800000002").count >= join.count


def test_undone_the_name_and_the_address_are_the_old_accounts_alone_again(cast: Cast, new: Person) -> None:
    """Of whoever was joined by mistake nothing stays with somebody else."""
    a_suggestion(cast, by=cast.lu)
    Person.objects.filter(pk=cast.lu.pk).update(name="陆桂芳", email="lu@example.org")
    Person.objects.filter(pk=new.pk).update(name="", email="")
    join = joined(cast)
    new.refresh_from_db()
    assert (new.name, new.email, join.filled_in) == ("陆桂芳", "lu@example.org", ["name", "email"])
    Person.objects.filter(pk=new.pk).update(email="mine@example.org")
    undo_join(AccountJoin.objects.get(), by=cast.liu, reason="不是同一个人")
    new.refresh_from_db()
    assert (new.name, new.email) == ("", "mine@example.org"), "what its owner wrote there since stays"


def test_two_columns_of_one_table_go_back_each_where_it_was(
    cast: Cast, new: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What moved is kept by the column: one row may name its proposer, another who wrote it down."""
    monkeypatch.setattr(Suggestion, "MOVES_WITH_ACCOUNT", ("proposer", "recorded_by"))
    said, noted = a_suggestion(cast, by=cast.lu), a_suggestion(cast)
    Suggestion.objects.filter(pk=noted.pk).update(recorded_by=cast.lu)
    join = joined(cast)
    assert Suggestion.objects.get(pk=noted.pk).recorded_by == new
    undo_join(join, by=cast.liu, reason="不是同一个人")
    assert Suggestion.objects.get(pk=said.pk).proposer == cast.lu
    assert Suggestion.objects.get(pk=noted.pk).recorded_by == cast.lu


def test_two_numbers_that_end_alike_are_both_told_and_in_chinese(cast: Cast) -> None:
    person("lu3", "", "13900000001", staff=False)
    a_suggestion(cast, by=cast.lu)
    with override("en"):
        joined(cast, phone="13900000001")
    sent = Message.objects.filter(way=Way.SMS, template="account.join")
    assert {one.address for one in sent} == {"13900000001", "13800000001"}
    assert {one.body[:6] for one in sent} == {"您的两个账号"}


def test_after_a_day_it_is_the_security_administrators(cast: Cast, new: Person) -> None:
    a_suggestion(cast, by=cast.lu)
    join = joined(cast)
    AccountJoin.objects.update(created_at=timezone.now() - timedelta(days=2))
    join.refresh_from_db()
    with pytest.raises(NotAllowed, match="超过一天"):
        undo_join(join, by=cast.liu, reason="不是同一个人")
    assert undo_join(join, by=cast.security, reason="核对有误").undone_at


def test_a_number_that_passed_on_leads_back_to_its_old_account(cast: Cast) -> None:
    said = a_suggestion(cast, by=cast.lu)
    Person.objects.filter(pk=cast.lu.pk).update(last_login=timezone.now() - timedelta(days=200))
    send_code("13800000001", by=Visitor())
    code = last_text_message("13800000001").removeprefix("验证码")[:6]
    entered = enter_code("13800000001", by=Visitor(), code=code)
    assert entered.begun_anew
    joined(cast, phone="13800000001", former_phone="")
    assert Suggestion.objects.get(pk=said.pk).proposer == entered.person


def test_the_old_account_is_found_by_a_receipt(cast: Cast, new: Person) -> None:
    said = a_suggestion(cast, by=cast.lu)
    receipt = f"{said.receipt[:2]} {said.receipt[2:6]} {said.receipt[6:]}"
    assert joined(cast, former_phone="", receipt=receipt).former == cast.lu


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"phone": "13800000099"}, "还没有账号"),
        ({"former_phone": "13800000099"}, "没有找到"),
        ({"former_phone": NEW}, "没有找到"),
        ({"former_phone": "13800000004"}, "工作人员"),
        ({"receipt": "2600000000", "former_phone": ""}, "受理号"),
        ({"former_phone": "13800000002"}, "没有建议、席位"),
    ],
)
def test_what_cannot_be_joined(cast: Cast, new: Person, facts: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        joined(cast, **facts)


def test_two_seats_in_one_term_are_two_people(cast: Cast, new: Person) -> None:
    seat, *_rest = projects.seated_council(cast)
    other = seat.term.representatives.exclude(pk=seat.pk).filter(person=None).first()
    Representative.objects.filter(pk=other.pk).update(person=new)
    with pytest.raises(Refused, match="都是本届议事代表"):
        joined(cast, name="李明", former_phone="13800000002")


def test_the_name_on_the_papers_is_the_name_of_the_seat(cast: Cast, new: Person) -> None:
    projects.seated_council(cast)
    with pytest.raises(Refused, match="姓名"):
        joined(cast, name="李鸣", former_phone="13800000002")
    assert joined(cast, name="李　明", former_phone="13800000002").count


def test_nobody_answers_twice_by_being_joined(cast: Cast, new: Person) -> None:
    consultation = consultations.opened(cast)
    a_suggestion(cast, by=cast.lu)
    answer_statement(consultation.statements.all()[0], by=cast.lu, choice=1)
    with pytest.raises(Refused, match="正在进行"):
        joined(cast)


def test_whoever_is_forgotten_is_forgotten_with_the_old_account(cast: Cast, new: Person) -> None:
    a_suggestion(cast, by=cast.lu)
    join = joined(cast)
    erase(new, by=new)
    join.refresh_from_db()
    cast.lu.refresh_from_db()
    assert (join.name, join.former_phone, cast.lu.name) == ("", "", "")


def test_the_desk_joins_and_undoes_on_its_page(cast: Cast, new: Person) -> None:
    a_suggestion(cast, by=cast.lu)
    desk = Client()
    desk.force_login(cast.liu)
    page = f"/desk/p/{cast.zaobei.code}/account-joins/"
    assert "没有合并过账号" in desk.get(page).content.decode()
    told = {"name": "陆桂芳", "phone": NEW, "former_phone": "13800000001", "proof": "id_card"}
    answer = desk.post(f"/do/account.join/{cast.zaobei.code}/", told, follow=True)
    assert "已合并" in answer.content.decode()
    shown = desk.get(page).content.decode()
    assert "撤销合并" in shown
    assert "13800000001" not in shown
    join = AccountJoin.objects.get()
    desk.post(f"/do/account_join.undo/{join.pk}/", {"reason": "不是同一个人"}, follow=True)
    join.refresh_from_db()
    assert join.undone_at
