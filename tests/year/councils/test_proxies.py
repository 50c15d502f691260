"""Somebody present votes for who has not come, on a written authority: off unless the rules allow it, and counted."""

import pytest

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories.councils import VOTERS, an_assembly, an_electing_term
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.seasons.actions import adopt_rulebook
from yishiting.year.councils.actions import amend_assembly, note_proxies, open_round, sign_in_voters
from yishiting.year.councils.models import Assembly, ElectionRound
from yishiting.year.councils.rules import represented

pytestmark = pytest.mark.django_db
HERE = VOTERS - 4


def allowed(cast: Cast, clock: Clock, most: int = 2) -> Assembly:
    """An assembly to which the last four have not come."""
    changes = {"election.proxies_max": most}
    adopt_rulebook(cast.district, by=cast.sun, year=2026, in_force_from=TODAY, changes=changes)
    return an_assembly(cast, an_electing_term(cast, clock), present=HERE)


def row(voter: object, holder: object) -> dict[str, str]:
    return {"voter": str(voter), "holder": str(holder)}


def test_it_is_off_where_no_rule_allows_it(cast: Cast, clock: Clock) -> None:
    assembly = an_assembly(cast, an_electing_term(cast, clock), present=HERE)
    with pytest.raises((Refused, WrongState), match="没有开放委托"):
        note_proxies(assembly, by=cast.liu, proxies=[row(VOTERS, 1)])


def test_who_may_give_and_hold(cast: Cast, clock: Clock) -> None:
    assembly = allowed(cast, clock)
    absent, other, third = VOTERS, VOTERS - 1, VOTERS - 2
    for rows, words in (
        ([row(1, 2)], "已经到会"),
        ([row(absent, other)], "没有登记到会"),
        ([row(absent, 1), row(absent, 2)], "写了两次"),
        ([row(absent, 1), row(other, 1), row(third, 1)], "超过了2人"),
        ([row("不在名册的人", 1)], "名册里没有"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            note_proxies(assembly, by=cast.liu, proxies=rows)
        assert refused.value.field == "proxies"
    candidate = ElectionRound.objects.filter(constituency__term=assembly.term).first().candidates.first()
    assembly.voters[0]["name"] = candidate.name
    assembly.save(update_fields=["voters"])
    with pytest.raises(Refused, match="是候选人"):
        note_proxies(assembly, by=cast.liu, proxies=[row(absent, 1)])


def test_they_are_counted_and_stand_on_the_result_sheet(cast: Cast, clock: Clock, sign_in) -> None:
    assembly = allowed(cast, clock)
    note_proxies(assembly, by=cast.liu, proxies=[row(VOTERS, 1), row(assembly.voters[VOTERS - 2]["name"], 1)])
    assert (assembly.present, assembly.proxies) == (HERE, 2)
    election_round = ElectionRound.objects.filter(constituency__term=assembly.term).first()
    open_round(election_round, by=cast.liu)
    poll = election_round.poll
    assert (poll.entitled_count, poll.present_count, represented(poll.entitled)) == (VOTERS, HERE + 2, 2)
    sheet = sign_in(cast.liu).get(f"/desk/rounds/{election_round.pk}/sheet/").content.decode()
    assert "其中书面委托" in sheet
    assert f"（书面委托{assembly.voters[0]['name']}）" in sheet
    with pytest.raises((Refused, WrongState), match="已经开始投票"):
        note_proxies(assembly, by=cast.liu)


def test_who_comes_after_all_votes_for_themselves(cast: Cast, clock: Clock) -> None:
    assembly = allowed(cast, clock)
    note_proxies(assembly, by=cast.liu, proxies=[row(VOTERS, 1), row(VOTERS - 1, 2)])
    roll = "\n".join(f"{one['name']} {one['unit']}" for one in reversed(assembly.voters))
    amend_assembly(assembly, by=cast.liu, roll=roll, reason="次序反了")
    assert assembly.proxies == 2
    assert assembly.voters[0]["proxy"] == str(VOTERS), "the numbers of the new roll"
    here = [one["key"] for one in assembly.voters if one["present"]]
    sign_in_voters(assembly, by=cast.liu, present=[*here, "1"])
    assert assembly.proxies == 1
    sign_in_voters(assembly, by=cast.liu, present=[key for key in here if key != str(VOTERS - 1)])
    assert assembly.proxies == 0, "neither without who holds it"


def test_by_page(cast: Cast, clock: Clock, sign_in) -> None:
    assembly = allowed(cast, clock)
    desk, page = sign_in(cast.liu), f"/do/assembly.note_proxies/{assembly.pk}/"
    assert page in desk.get(f"/desk/terms/{assembly.term_id}/election/").content.decode()
    assert "每人最多接受2人委托" in desk.get(page).content.decode()
    sent = {"proxies-rows": "2", "proxies-0-voter": str(VOTERS), "proxies-0-holder": "1"}
    assert desk.post(page, sent).status_code == 302
    assert Assembly.objects.get(pk=assembly.pk).proxies == 1
