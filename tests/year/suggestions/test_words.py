"""Words cleaned, titled and cut into bigrams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.year.suggestions.words import Phrase, bigrams, clean, phrases, shortened, title_from


def test_clean_takes_away_only_what_machines_added() -> None:
    assert clean("\ufeff \t_x000D_\n楼道灯坏了_x000D_\r\n请修\x00一下😀 \u3000") == "楼道灯坏了\n\n请修一下😀"


@given(st.text())
def test_clean_twice_is_clean_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="楼道灯坏了，。修一下abc12\n 　"))
def test_clean_changes_no_word(text: str) -> None:
    assert "".join(clean(text).split()) == "".join(text.split())


def test_a_title_is_the_first_sentence_shortened() -> None:
    assert title_from("楼道灯坏了。请修。") == "楼道灯坏了"
    assert title_from("。。。路灯") == "。。。路灯"
    assert len(title_from("长" * 500)) == 40
    assert title_from("长" * 500).endswith("…")


def test_shortened_keeps_what_fits() -> None:
    assert shortened("四个字呀", 4) == "四个字呀"
    assert shortened("五个字呀呀", 4) == "五个字…"


def test_bigrams_of_chinese_letters_and_numbers() -> None:
    assert bigrams("停车位", "A7县") == "停车 车位 位 a7 县"
    assert bigrams("😀，。") == ""


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("停车位", [Phrase(("停车", "车位"), open_end=False)]),
        ("车", [Phrase(("车",), open_end=True)]),
        ("A7县 噪音", [Phrase(("a7", "县"), open_end=True), Phrase(("噪音",), open_end=False)]),
        ("春华A", [Phrase(("春华", "华", "a"), open_end=True)]),
        ("！ “”", []),
    ],
)
def test_phrases(typed: str, wanted: list[Phrase]) -> None:
    assert phrases(typed) == wanted


@given(st.text(alphabet="停车位电梯abc12， ", min_size=1, max_size=30), st.data())
def test_every_piece_of_a_text_is_found_in_its_index(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    if piece[0].isascii() and start and text[start - 1].isalnum() and text[start - 1].isascii():
        return  # the middle of a Latin word or a number is not looked for
    held = f" {bigrams(text)} "
    for phrase in phrases(piece):
        sought = " ".join(phrase.tokens)
        assert f" {sought}" in held if phrase.open_end else f" {sought} " in held
