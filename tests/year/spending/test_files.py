"""Money in files: a list of allotments goes out whole or not at all; payments are matched row by row."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tests.cast import Cast
from tests.factories.funds import PAPER, asked, clerks, handed_down
from yishiting.ground.common.refused import Refused
from yishiting.instruments.funds.queries import left_in
from yishiting.year.spending.actions import allot_many, approve
from yishiting.year.spending.models import Payment
from yishiting.year.spending.states import State

pytestmark = pytest.mark.django_db
HEAD = ["项目编号", "合同编号", "第几期", "收款人", "金额（元）", "支付日期", "凭证号"]


def workbook(*rows: list[Any]) -> list[SimpleUploadedFile]:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return [SimpleUploadedFile("清单.xlsx", out.getvalue())]


def test_a_list_is_handed_down_whole_or_not_at_all(cast: Cast) -> None:
    who = clerks(cast)
    top = handed_down(cast, who)[0]
    head = ["地方", "金额（元）"]
    for rows, words in (
        ([head, ["麦子店街道", 100.5], ["望京", 1]], "第3行：“望京”不是朝阳区直接下辖的地方"),
        ([head, ["安贞街道", -5]], "第2行：金额要大于0"),
        ([head, ["安贞街道", "1.005"]], "多于两位小数"),
        ([head, ["安贞街道", 10], ["合计", 11]], "各行加起来是10元，合计写的是11元，相差1元"),
        ([head, ["安贞街道", 70_000], ["麦子店街道", "0.01"]], "还差0.01元"),
        ([["地方", "年度", "金额（元）"], ["安贞街道", "2025", 1]], "清单写的是2025年，这笔资金是2026年的"),
        ([["名称", "钱"]], "没有找到表头"),
        ([head], "只有表头"),
    ):
        with pytest.raises(Refused, match=words):
            allot_many(top, by=who.he, files=workbook(*rows), basis=PAPER)
        assert left_in(top) == 7_000_000
    rows = [["2026年专项资金下达清单"], head, ["麦子店街道", 100.5], ["110105008", "2万"], ["合计", 20_100.5]]
    allot_many(top, by=who.he, files=workbook(*rows), basis=PAPER)
    assert left_in(top) == 7_000_000 - 2_010_050


def test_payments_are_matched_and_what_does_not_match_comes_back(cast: Cast, client: Client) -> None:
    who = clerks(cast)
    payment = approve(asked(cast, who), by=cast.wang)
    project = payment.contract.project
    fine = [project.number, "枣北合〔2026〕3号", 1, "朝阳光明照明有限公司", 5000, "2026-03-05", "2026-7"]
    rows = [fine, fine, [*fine[:2], 2, *fine[3:4], 4600.5, *fine[5:]], [*fine[:4], 4999, *fine[5:]], ["没有", *fine[1:]],
            [*fine[:3], "<script>", *fine[4:]], [*fine[:6], ""]]  # fmt: skip
    client.force_login(who.tian)
    page = client.post(
        reverse("do", args=["payment.take_in", cast.zaobei.code]), {"files": workbook(HEAD, *rows)}, follow=True
    )
    assert page.status_code == 200, page.content.decode()[:2000]
    text = page.content.decode()
    for says in (
        "已登记支付",
        "已经支付过",
        "还没有审批",
        "金额对不上",
        "没有编号是“没有”",
        "收款人对不上",
        "没有写凭证号",
    ):
        assert says in text, says
    assert "<script>," not in text
    payment.refresh_from_db()
    assert payment.state == State.PAID
    kept = cast.zaobei.payment_files.get()
    assert (kept.matched, kept.unmatched) == (1, 6)
    back = client.get(reverse("desk-payment-file-back", args=[kept.pk]))
    sheet = list(load_workbook(io.BytesIO(back.content)).worksheets[0].iter_rows(values_only=True))
    assert sheet[0] == (*HEAD, "办理结果")
    assert [row[-1] for row in sheet[1:]] == [one["says"] for one in kept.lines]
    assert sheet[1][6] == "2026-7"
    assert Payment.objects.filter(state=State.PAID).count() == 1
