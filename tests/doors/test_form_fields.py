"""What people type is read the way people write it; what cannot be read is answered with a sentence."""

import re
from datetime import date

import pytest
from django import forms
from django.db import models
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.doors.test_pieces import draw
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.fields import field_of
from yishiting.ground.common.parameters import Day, OneOf, line
from yishiting.ground.common.row_parameters import Rows

STOCK = [
    str(words)
    for kind in vars(forms.fields).values()
    if isinstance(kind, type) and issubclass(kind, forms.Field)
    for words in kind.default_error_messages.values()
]
TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-3-5", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026/03/05", date(2026, 3, 5)),
        ("2026.3.5", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("２０２６年３月５日（周四）", date(2026, 3, 5)),
        (" 3月 5日 ", date(2026, 3, 5)),
        ("3月5号", date(2026, 3, 5)),
        ("12月30日", date(2025, 12, 30)),
        ("明天", date(2026, 3, 6)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, meant: date) -> None:
    assert ours.DateField(today=lambda: TODAY).clean(typed) == meant


@pytest.mark.parametrize("typed", ["下礼拜", "2026-2-30", "13月1日", "2026", "3-5-7-9"])
def test_a_date_nobody_can_read_is_answered_with_examples(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="看不出是哪一天"):
        ours.DateField(today=lambda: TODAY).clean(typed)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_day_survives_being_written_and_read(day: date) -> None:
    for written in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}"):
        assert ours.read_date(written, TODAY) == day


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_day_without_a_year_is_the_nearest_one(day: date, today: date) -> None:
    found = ours.read_date(f"{day.month}月{day.day}日", today)
    assert found is not None
    assert (found.month, found.day) == (day.month, day.day)
    assert abs((found - today).days) <= 184 or (day.month, day.day) == (2, 29)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12350", 1_235_000),
        ("12,350.50", 1_235_050),
        ("1.235万", 1_235_000),
        ("¥860元", 86_000),
        ("０.５", 50),
        ("0", 0),
    ],
)
def test_money_becomes_fen(typed: str, fen: int) -> None:
    assert ours.MoneyField().clean(typed) == fen


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("很多", "看不出是多少钱"),
        ("1.005", "最多写到分"),
        ("-1", "不能少于 0"),
        ("NaN", "看不出"),
        ("60万", "不能超过 500000"),
    ],
)
def test_money_that_cannot_be_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError, match=sentence):
        ours.MoneyField(most=50_000_000).clean(typed)


@given(st.integers(0, 10**12))
def test_fen_survive_being_shown_and_read(fen: int) -> None:
    assert ours.MoneyField().clean(ours.MoneyInput().format_value(fen)) == fen


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("138 0000 0000", "13800000000"),
        ("+86-13800000000", "13800000000"),
        ("010-6500 1234", "01065001234"),
        ("12345", "12345"),
    ],
)
def test_telephone_numbers_are_kept_as_digits(typed: str, digits: str) -> None:
    assert ours.PhoneField().clean(typed) == digits


@pytest.mark.parametrize("typed", ["123", "23800000000", "abc", "1380000000"])
def test_a_wrong_telephone_number_is_explained(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="请检查电话号码"):
        ours.PhoneField().clean(typed)


class EveryKind(ours.Form):
    """One field of each kind a page may use, none with words of its own."""

    line = forms.CharField(max_length=3, min_length=2)
    number = forms.IntegerField(min_value=1, max_value=9)
    amount = forms.DecimalField(max_digits=3, decimal_places=1)
    one = forms.ChoiceField(choices=[("a", "甲")])
    some = forms.MultipleChoiceField(choices=[("a", "甲")])
    typed = forms.TypedChoiceField(choices=[("a", "甲")])
    agreed = forms.BooleanField()
    day = forms.DateField()
    mail = forms.EmailField()
    address = forms.RegexField(r"\w+")
    file = forms.FileField()
    code = ours.DigitsField(length=6)
    phone = ours.PhoneField()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {
            "line": "一二三四",
            "number": "10",
            "amount": "1234.5",
            "one": "b",
            "some": ["b"],
            "typed": "b",
            "day": "x",
            "code": "12",
        },
        {"line": "一", "number": "0", "amount": "1.25", "some": "b", "mail": "x", "address": "x y", "phone": "12"},
        {"line": "\x00一二", "number": "x", "amount": "x", "mail": "@", "code": "abcdef", "phone": "微信"},
    ],
)
def test_no_field_speaks_in_the_words_of_the_framework(typed: dict[str, object]) -> None:
    form = EveryKind(typed)
    said = [error for errors in form.errors.as_data().values() for one in errors for error in one.messages]
    assert said
    assert not [
        sentence
        for sentence in said
        if sentence in STOCK or "该变量" in sentence or sentence.startswith(("Enter", "Ensure"))
    ]


def test_a_field_added_later_speaks_as_the_others_do() -> None:
    form = ours.Form({"added": "12345"})
    form.fields["added"] = forms.CharField(max_length=4, label="后加的")
    assert form.errors["added"] == ["最多4字，现在写了5字。"]


@pytest.mark.parametrize("typed", ["532 767", "５３２７６７", "532767\u200b", " 532-767 "])
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert ours.DigitsField(length=6).clean(typed) == "532767"


PLACES = {"1": "麦子店 枣营北里社区", "2": "麦子店 枣营南里社区", "3": "双井 九龙山社区"}


def find(words: str) -> list[tuple[str, str]]:
    return [(key, label) for key, label in PLACES.items() if words in label or words == key]


class WhereForm(ours.Form):
    where = ours.SearchField(label="在哪里", find=find)


@pytest.mark.parametrize(
    ("words", "key", "found"),
    [("九龙山", "", "3"), ("枣营", "2", "2"), ("麦子店 枣营北里社区", "1", "1"), ("九龙山", "1", "3")],
    ids=["one fits", "chosen among several", "picked while typing", "a stale choice does not count"],
)
def test_a_search_finds_the_one_thing_meant(words: str, key: str, found: str) -> None:
    form = WhereForm({"where": words, "where_key": key})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["where"] == found


def test_several_that_fit_come_back_as_choices() -> None:
    form = WhereForm({"where": "枣营"})
    assert form.problems() == [("id_where", "在哪里", "有几处都叫“枣营”，请在下面选一处。")]
    assert [key for key, _label in form["where"].field.widget.chosen] == ["1", "2"]


def test_nothing_found_says_what_to_try() -> None:
    assert "拼音首字母" in WhereForm({"where": "火星"}).errors["where"][0]


class KindForm(ours.Form):
    kind = forms.ChoiceField(label="结论", choices=[("a", "受理")], widget=ours.RadioCards())
    sure = forms.BooleanField(label="已念给本人听")
    own = forms.CharField(label="理由", error_messages={"required": "请写明理由。"})


def test_empty_fields_are_asked_for_kindly_and_the_summary_leads_to_them() -> None:
    assert KindForm({}).problems() == [
        ("id_kind_0", "结论", "请选一项。"),
        ("id_sure", "已念给本人听", "请确认后打勾。"),
        ("id_own", "理由", "请写明理由。"),
    ]


def test_a_day_already_there_is_written_as_people_write_it() -> None:
    field = ours.DateField()
    shown = field.widget.format_value(date(2026, 3, 5))
    assert shown == "2026年3月5日"
    assert field.clean(shown) == date(2026, 3, 5)
    with translation.override("en"):
        assert field.widget.format_value(date(2026, 3, 5)) == "2026-03-05"


DAYS_OFF = Rows(
    "放假的日子", {"day": Day("日期"), "name": line("名称")}, spare=2, optional=("name",), hint="每行一天。"
)


class DaysForm(ours.Form):
    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        self.fields["days"] = field_of(DAYS_OFF, needed=True, thing=None)


def test_every_row_of_a_table_says_its_number_and_what_may_stay_empty() -> None:
    page = draw("{% field form.days %}", form=DaysForm())
    assert re.findall(r"<legend>(第\d行)</legend>", page) == ["第1行", "第2行"]
    assert page.count("（选填）") == 2  # of the names
    assert re.search(r'<fieldset[^>]* id="id_days"[^>]* aria-describedby="id_days_helptext"', page)


def test_what_is_wrong_in_a_table_is_said_at_the_table_and_at_the_cell() -> None:
    form = DaysForm({"days-rows": "2", "days-1-day": "不知道"})
    assert not form.is_valid()
    page = draw("{% field form.days %}", form=form)
    assert 'aria-describedby="id_days_helptext id_days_error"' in page
    assert page.count('class="cell wrong"') == 1


class Sometimes(ours.Form):
    asked_sometimes = ("reason",)
    reason = forms.CharField(label="理由", required=False)
    other = forms.CharField(label="别的", required=False)


def test_what_another_answer_decides_about_is_not_called_optional() -> None:
    form = Sometimes()
    assert "选填" not in draw("{% field form.reason %}", form=form)
    assert "选填" in draw("{% field form.other %}", form=form)


@pytest.mark.parametrize(("many", "narrowed"), [(8, False), (9, True)])
def test_a_list_of_many_is_narrowed_by_what_one_types(many: int, narrowed: bool) -> None:
    kinds = models.TextChoices("Kinds", [(f"K{n}", (str(n), f"第{n}种")) for n in range(many)])
    asked = OneOf("选哪一项", kinds)
    field = field_of(asked, needed=True, thing=None)
    drawn = field.widget.render("which", None, {"id": "id_which"})
    assert ("data-narrow" in drawn) is narrowed
    assert drawn.count("第3种") == 1  # without scripts everything is there
