"""A wrong account is taken off a seat and does not come back; names are put right and told apart."""

import pytest

from tests.cast import Cast, person
from tests.factories import meetings
from tests.factories.projects import seated_council
from tests.year.councils.test_office import DailyClock
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.notices.models import Message
from yishiting.year.councils.actions import correct_representative, link_account, unlink_account
from yishiting.year.councils.choices import Route
from yishiting.year.councils.models import Candidate, Council, Representative
from yishiting.year.councils.queries import seats_of

pytestmark = pytest.mark.django_db
WHY = "号码记错了"


def linked(cast: Cast, phone: str = "13900000081") -> Representative:
    """A seat whose candidate left a number that turned out to be somebody else's."""
    seat = next(one for one in seated_council(cast) if one.person is None)
    whole = {"constituency": seat.constituency, "place": seat.place, "route": Route.NOMINATION}
    seat.candidate = Candidate.objects.create(**whole, name=seat.name, birth_year=1960, phone=phone)
    seat.save(update_fields=["candidate"])
    return link_account(seat, by=cast.liu) if give(phone) else seat


def give(phone: str) -> Person:
    return person("stranger", "别人", phone, staff=False)


def test_a_wrong_link_is_taken_back_and_the_clock_does_not_make_it_again(cast: Cast) -> None:
    seat = linked(cast)
    wrong = seat.person
    assert seats_of(wrong)
    with pytest.raises(NotAllowed):
        unlink_account(seat, by=cast.liu, reason=WHY)
    with pytest.raises(Refused, match="正是要取消"):
        unlink_account(seat, by=cast.wang, reason=WHY, phone=wrong.phone)
    unlink_account(seat, by=cast.wang, reason=WHY)
    assert not seats_of(Person.objects.get(pk=wrong.pk))
    assert Message.objects.get(to=wrong, template="representative.unlink").body
    with pytest.raises(Refused):
        link_account(seat, by=DailyClock())
    assert Representative.objects.get(pk=seat.pk).person is None
    with pytest.raises((Refused, WrongState), match="没有关联"):
        unlink_account(seat, by=cast.wang, reason=WHY)


def test_the_right_person_takes_over_the_invitation(cast: Cast) -> None:
    seat = linked(cast)
    meeting, _item = meetings.convened(cast, Council.objects.get())
    invited = meeting.invitations.get(representative=seat)
    assert invited.person == seat.person
    unlink_account(seat, by=cast.wang, reason=WHY, phone="13900000082")
    invited.refresh_from_db()
    assert invited.person is None
    right = person("right", seat.name, "13900000082", staff=False)
    link_account(seat, by=DailyClock())
    invited.refresh_from_db()
    assert invited.person == right


def test_two_of_one_name_are_told_apart(cast: Cast) -> None:
    first, second, *_others = seated_council(cast)
    with pytest.raises(Refused, match="注明"):
        correct_representative(second, by=cast.wang, name=f" {first.name} ", reason="写错了")
    meeting, _item = meetings.convened(cast, Council.objects.get())
    correct_representative(second, by=cast.wang, name=f"{first.name}（3号楼）", reason="同名")
    assert meeting.invitations.get(representative=second).name == f"{first.name}（3号楼）"
    with pytest.raises(Refused, match="没有变化"):
        correct_representative(second, by=cast.wang, name=f"{first.name}(3号楼)", reason="同名")


def test_by_page_for_who_may(cast: Cast, sign_in) -> None:
    seat = linked(cast)
    roster = f"/desk/p/{cast.zaobei.code}/representatives/"
    secretary, clerk = sign_in(cast.wang), sign_in(cast.liu)
    assert f"/do/representative.unlink/{seat.pk}/" in secretary.get(roster).content.decode()
    assert f"/do/representative.unlink/{seat.pk}/" not in clerk.get(roster).content.decode()
    assert secretary.post(f"/do/representative.unlink/{seat.pk}/", {"reason": WHY}).status_code == 302
    assert f"/do/representative.link/{seat.pk}/" in clerk.get(roster).content.decode()
