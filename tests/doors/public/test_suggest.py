"""A resident's half minute: which community, three questions, a number; and following it without an account."""

import io
from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.suggestions import LAMP, a_slip, a_suggestion
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.places.models import Estate
from yishiting.ground.seasons.actions import open_special_intake
from yishiting.year.suggestions.actions import settle_suggestion, strike_suggestion
from yishiting.year.suggestions.actions.screening import prove_own
from yishiting.year.suggestions.hashes import spare_code
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.receipts import slip_token

WORDS = {"text": LAMP, "where": "3号楼2单元", "phone": "139 0000 0021", "name": "", "naming": "anonymous"}


def here(cast: Cast) -> str:
    return reverse("suggest-here", args=[cast.zaobei.code])


def test_the_community_is_asked_first_by_name_or_initials(cast: Cast, client: Client) -> None:
    assert "哪个社区" in client.get(reverse("suggest")).content.decode()
    answer = client.get(reverse("suggest"), {"place": "枣营北里"})
    assert answer.url == here(cast)
    cast.zaobei.initials = "zybl"
    cast.zaobei.save()
    assert client.get(reverse("suggest"), {"place": "zybl"}).url == here(cast)
    assert client.get(reverse("suggest"), {"place": "月球"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_suggestion_in_one_form_and_a_receipt_without_personal_data(cast: Cast, client: Client) -> None:
    answer = client.post(here(cast), WORDS)
    one = Suggestion.objects.get()
    assert answer.status_code == HTTPStatus.FOUND
    page = client.get(answer.url).content.decode()
    assert f"{one.receipt[:2]} {one.receipt[2:6]} {one.receipt[6:]}" in page
    assert "2026年3月19日" in page
    assert "<svg" in page
    assert not any(personal in page for personal in ("13900000021", "139 0000", "0021<"))


def test_the_last_community_is_offered_next_time(cast: Cast, client: Client) -> None:
    client.post(here(cast), WORDS)
    assert "给枣营北里社区提建议" in client.get(reverse("suggest")).content.decode()


def test_a_double_click_suggests_once(cast: Cast, client: Client) -> None:
    once = str(client.get(here(cast)).context["once"])
    answers = [client.post(here(cast), {**WORDS, "once": once}) for _ in range(2)]
    assert Suggestion.objects.count() == 1
    assert answers[0].url == answers[1].url


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"text": ""}, "请写下您想说的事"),
        ({"phone": "123"}, "请检查电话号码"),
        ({"text": "长" * 10_001}, "写了 10001 字"),
        ({"naming": "full"}, "怎么称呼您"),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(cast: Cast, client: Client, words, says: str) -> None:
    page = client.post(here(cast), {**WORDS, **words})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in page.content.decode()
    assert "3号楼2单元" in page.content.decode()
    assert not Suggestion.objects.exists()


def test_a_script_tag_stays_words(cast: Cast, client: Client) -> None:
    answer = client.post(here(cast), {**WORDS, "text": "<script>alert(1)</script>灯坏了"})
    assert "<script>alert" not in client.get(answer.url).content.decode()
    assert "&lt;script&gt;" in client.get(answer.url).content.decode()


def test_a_photo_hangs_on_it_and_a_wrong_file_undoes_nothing_half(cast: Cast, client: Client) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    client.post(here(cast), {**WORDS, "photos": named(picture.getvalue(), "灯.png")})
    one = Suggestion.objects.get()
    assert [file.purpose for file in attachments_of(one)] == ["suggestion"]
    page = client.post(here(cast), {**WORDS, "photos": named(b"MZ\x90program", "灯.exe")})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Suggestion.objects.count() == 1


def named(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def test_known_estates_are_offered(cast: Cast, client: Client) -> None:
    Estate.objects.create(place=cast.zaobei, name="枣营北里5号院")
    assert '<option value="枣营北里5号院">' in client.get(here(cast)).content.decode()


def test_out_of_season_words_are_taken_and_the_page_says_when_the_council_hears_them(
    cast: Cast, client: Client, clock: Clock
) -> None:
    clock.to(date(2026, 12, 20))
    page = client.get(here(cast)).content.decode()
    assert "2027年1月1日" in page
    assert "照常受理" in page
    client.post(here(cast), WORDS)
    assert Suggestion.objects.get().received_on == date(2026, 12, 20)


def test_a_special_intake_opens_the_form_with_its_reason(cast: Cast, client: Client, clock: Clock) -> None:
    clock.to(date(2026, 7, 20))
    open_special_intake(
        cast.zaobei, by=cast.wang, reason="暴雨后地下室积水", opens=date(2026, 7, 19), closes=date(2026, 7, 31)
    )
    page = client.get(here(cast)).content.decode()
    assert "暴雨后地下室积水" in page
    assert "<textarea" in page


def test_private_matters_are_pointed_to_their_door_and_still_taken(cast: Cast, client: Client) -> None:
    answer = client.post(here(cast), {**WORDS, "text": "装修公司老板拖欠工资三个月"})
    assert "12333" in client.get(answer.url).content.decode()
    assert "找谁更快" in client.get(here(cast)).content.decode()


def test_a_subdistrict_asks_for_the_community(cast: Cast, client: Client) -> None:
    assert client.get(reverse("suggest-here", args=[cast.maizidian.code])).url == reverse("suggest")


def test_number_and_four_digits_lead_to_it(cast: Cast, client: Client) -> None:
    one = a_suggestion(cast, name="陆桂芳")
    answer = client.post(reverse("follow"), {"receipt": f"{one.receipt[:2]} {one.receipt[2:]}", "tail": "0021"})
    page = client.get(answer.url).content.decode()
    assert LAMP in page
    assert "初审" in page
    assert "陆桂芳" not in page
    assert "13900000021" not in page


def test_without_a_phone_the_code_on_the_receipt_leads_to_it(cast: Cast, client: Client) -> None:
    answer = client.post(here(cast), {**WORDS, "phone": ""})
    one = Suggestion.objects.get()
    assert spare_code(one.receipt) in client.get(answer.url).content.decode()
    found = client.post(reverse("follow"), {"receipt": one.receipt, "tail": spare_code(one.receipt)})
    assert found.status_code == HTTPStatus.FOUND


def test_the_answer_is_read_there(cast: Cast, client: Client) -> None:
    one = a_suggestion(cast)
    settle_suggestion(one, by=cast.liu, text="灯泡已当场换好。")
    assert "灯泡已当场换好" in client.get(reverse("follow-one", args=[slip_token(one)])).content.decode()


def test_a_mistyped_number_and_wrong_digits_are_said_apart(cast: Cast, client: Client) -> None:
    one = a_suggestion(cast)
    wrong = str((int(one.receipt[-1]) + 1) % 10)
    page = client.post(reverse("follow"), {"receipt": one.receipt[:-1] + wrong, "tail": "0021"})
    assert "抄错了一位" in page.content.decode()
    page = client.post(reverse("follow"), {"receipt": one.receipt, "tail": "9999"})
    assert "对不上" in page.content.decode()


def test_digits_cannot_be_tried_out(cast: Cast, client: Client) -> None:
    one = a_suggestion(cast)
    for tail in ("1111", "2222", "3333", "4444", "5555"):
        client.post(reverse("follow"), {"receipt": one.receipt, "tail": tail})
    page = client.post(reverse("follow"), {"receipt": one.receipt, "tail": "0021"})
    assert "请过1分钟再查" in page.content.decode()


def test_a_strangers_tries_shut_the_owner_out_of_nothing(cast: Cast, client: Client, sign_in) -> None:
    """Neither by the digits from elsewhere, nor signed in, nor when it comes to supplementing and appealing."""
    one = a_suggestion(cast, by=cast.lu)
    for _n in range(9):
        client.post(reverse("follow"), {"receipt": one.receipt, "tail": "1111"}, REMOTE_ADDR="192.0.2.7")
    right = {"receipt": one.receipt, "tail": "0021"}
    assert client.post(reverse("follow"), right, REMOTE_ADDR="192.0.2.7").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(reverse("follow"), right, REMOTE_ADDR="192.0.2.8").status_code == HTTPStatus.FOUND
    own = sign_in(cast.lu).post(reverse("follow"), {"receipt": one.receipt, "tail": "0000"}, REMOTE_ADDR="192.0.2.7")
    assert own.status_code == HTTPStatus.FOUND


def test_many_numbers_cannot_be_tried_out_either(cast: Cast, client: Client) -> None:
    """Each number rests by itself; whoever goes through them all is slowed as well, with the right digits too."""
    ones = [a_suggestion(cast) for _n in range(7)]
    for one in ones[:6]:
        for tail in ("1111", "2222", "3333", "4444"):
            client.post(reverse("follow"), {"receipt": one.receipt, "tail": tail})
    page = client.post(reverse("follow"), {"receipt": ones[6].receipt, "tail": "0021"})
    assert "分钟再查" in page.content.decode()


def test_wrong_digits_with_a_supplement_count_too(cast: Cast) -> None:
    one = a_suggestion(cast)
    for _n in range(5):
        with pytest.raises(NotAllowed):
            prove_own(one, Visitor(), "1111")
    with pytest.raises(Refused, match="分钟再查"):
        prove_own(one, Visitor(), "0021")


def test_a_forged_or_struck_slip_leads_nowhere(cast: Cast, client: Client) -> None:
    one = a_slip(cast)
    address = reverse("follow-one", args=[slip_token(one)])
    assert client.get(address).status_code == HTTPStatus.OK
    strike_suggestion(one, by=cast.liu)
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.get(reverse("follow-one", args=["2600000011:forged"])).status_code == HTTPStatus.NOT_FOUND
