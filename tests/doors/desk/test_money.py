"""The money of a place and of a project on the pages: at the desk with what may be done, for everyone to the fen, masked."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.funds import asked, clerks, handed_down
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.spending.actions import approve, enter_gift, pay
from yishiting.year.spending.models import Contract, GiftKind

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: object, **query: object) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_the_clerk_pays_from_the_home_and_everybody_reads_it(cast: Cast, client: Client) -> None:
    who = clerks(cast)
    payment = asked(cast, who)
    project = payment.contract.project
    worker = {"giver": "钱大妈", "private_giver": True, "what": "搬运"}
    enter_gift(project, by=cast.liu, kind=GiftKind.HOURS, hours=16, **worker)
    Contract.objects.update(payee="王二麻", private_payee=True)
    day = payment.asked_on
    assert "payment.approve" in {one.verb for one in waiting_for(cast.wang, day)}
    approve(payment, by=cast.wang)
    assert {one.verb for one in waiting_for(who.tian, day)} == {"payment.pay"}
    assert {one.verb for one in waiting_for(who.meng, day)} == {"payment.pay"}
    assert not waiting_for(who.he, day)
    client.force_login(who.tian)
    assert "登记支付" in page(client, "desk-home")
    desk = page(client, "desk-project", project.pk)
    assert "王二麻" in desk
    assert "登记支付" in desk
    pay(payment, by=who.tian, voucher="2026-1")
    fund = project.place.funds.get(source="special")
    for name, args in (("desk-money", [cast.zaobei.code]), ("desk-fund", [fund.pk]), ("desk-funds", [cast.zaobei.code]),
                       ("desk-postings", [cast.zaobei.code]), ("desk-payments", [cast.zaobei.code])):  # fmt: skip
        assert "经费" in page(client, name, *args)
    assert "7,650元" in page(client, "desk-fund", fund.pk)
    client.logout()
    public = page(client, "public-project", project.pk)
    assert all(words in public for words in ("王**", "16小时", "9,600.50元"))
    assert not any(words in public for words in ("王二麻", "钱大妈"))
    assert "5,000元" in page(client, "place-money", cast.zaobei.code)
    assert "2027年这里还没有设立资金" in page(client, "place-money", cast.zaobei.code, year=2027)
    assert page(client, "place-money", cast.district.code)
    assert client.get(reverse("desk-money", args=[cast.zaobei.code])).status_code in (302, 403)


def test_a_stranger_reads_no_accounts(cast: Cast, client: Client) -> None:
    who = clerks(cast)
    fund = handed_down(cast, who)[-1]
    client.force_login(cast.lu)
    assert client.get(reverse("desk-fund", args=[fund.pk])).status_code == 403
    client.force_login(cast.qian)
    assert client.get(reverse("desk-fund", args=[fund.pk])).status_code == 403
    client.force_login(who.he)
    assert "枣营北里社区" in page(client, "desk-fund", fund.pk)
