"""A file handed in, looked through, brought in, and its reasons taken home."""

import io
from http import HTTPStatus

import openpyxl
import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.year.suggestions.test_importing import ROWS, as_csv
from yishiting.year.suggestions.models import ImportBatch, ImportFile, Suggestion


def upload(browser, cast: Cast, content: bytes, name: str = "工单.csv"):
    file = io.BytesIO(content)
    file.name = name
    return browser.post(reverse("import-hand-in", args=[cast.zaobei.code]), {"channel": "hotline", "file": file})


def test_look_through_then_bring_in_then_take_the_reasons(cast: Cast, sign_in) -> None:
    browser = sign_in(cast.liu)
    check = upload(browser, cast, as_csv(ROWS)).url
    page = browser.get(check)
    assert [stat.value for stat in page.context["stats"]] == [7, 3, 1, 3]
    assert "（作为建议内容）" in page.content.decode()
    assert not Suggestion.objects.exists()
    result = browser.post(check, {"once": str(page.context["once"])}).url
    batch = ImportBatch.objects.get()
    assert result == reverse("desk-import", args=[batch.pk])
    page = browser.get(result).content.decode()
    assert "内容与已收的不同" in page
    sheet = openpyxl.load_workbook(
        io.BytesIO(browser.get(reverse("import-annotated", args=[batch.pk])).content)
    ).worksheets[0]
    reasons = [row[-1] for row in sheet.iter_rows(values_only=True)]
    assert reasons[0] == "未收原因"
    assert [bool(reason) for reason in reasons[1:]] == [False, False, False, True, True, True, True]
    assert browser.get(check).url == result
    listed = browser.get(reverse("desk-suggestions", args=[cast.zaobei.code]), {"batch": str(batch.pk)})
    assert len(listed.context["list"].rows) == 3


def test_what_to_check_in_rows_that_are_taken_stands_on_the_page(cast: Cast, sign_in) -> None:
    browser = sign_in(cast.liu)
    content = as_csv([["灯不亮", "wx_lihua", "是"]], ["建议内容", "电话", "希望联系"])
    page = browser.get(upload(browser, cast, content).url).content.decode()
    assert "照收，但请核对" in page
    assert "“wx_lihua”打不通" in page


def test_a_double_click_brings_in_once(cast: Cast, sign_in) -> None:
    browser = sign_in(cast.liu)
    check = upload(browser, cast, as_csv(ROWS)).url
    once = str(browser.get(check).context["once"])
    for _ in range(2):
        browser.post(check, {"once": once})
    assert ImportBatch.objects.count() == 1
    assert Suggestion.objects.count() == 3


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"%PDF-1.7", "x.pdf", "这是 PDF"),
        ("姓名,电话\n张三,1".encode(), "x.csv", "缺少“建议内容”"),
        (b"\x81\xff\x00\x01" * 50, "x.csv", "编码不对"),
        (b" ", "x.csv", "文件是空的"),
    ],
)
def test_a_wrong_file_is_said_in_one_sentence(cast: Cast, sign_in, content: bytes, name: str, says: str) -> None:
    page = upload(sign_in(cast.liu), cast, content, name)
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in str(page.context["form"].errors["file"])
    assert not ImportFile.objects.exists()


def test_the_template_names_our_columns(cast: Cast, sign_in) -> None:
    answer = sign_in(cast.liu).get(reverse("import-template"))
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in page[1]][:3] == ["原编号", "标题", "建议内容"]


def test_only_the_desk_of_the_place_sees_a_file(cast: Cast, sign_in) -> None:
    browser = sign_in(cast.liu)
    check = upload(browser, cast, as_csv(ROWS)).url
    browser.post(check)
    batch = ImportBatch.objects.get()
    stranger = sign_in(cast.qian)
    for url in (check, reverse("desk-import", args=[batch.pk]), reverse("import-annotated", args=[batch.pk])):
        assert stranger.get(url).status_code == HTTPStatus.FORBIDDEN
    assert stranger.get(reverse("desk-imports", args=[cast.zaobei.code])).status_code == HTTPStatus.FORBIDDEN
    assert "工单.csv" in browser.get(reverse("desk-imports", args=[cast.zaobei.code])).content.decode()


def test_the_file_is_emptied_and_its_result_stays(cast: Cast, sign_in) -> None:
    browser = sign_in(cast.liu)
    browser.post(upload(browser, cast, as_csv(ROWS)).url)
    batch = ImportBatch.objects.get()
    result = reverse("desk-import", args=[batch.pk])
    url = reverse("do", args=["import.empty", batch.file_id])
    assert url in browser.get(result).content.decode()
    assert browser.post(url, {"revision": batch.file.revision}).status_code == HTTPStatus.FOUND
    page = browser.get(result).content.decode()
    assert url not in page
    assert "内容与已收的不同" in page
    assert browser.get(reverse("import-annotated", args=[batch.pk])).status_code == HTTPStatus.NOT_FOUND
