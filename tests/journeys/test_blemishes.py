"""The crawl sees what is wrong on a page, and only that."""

import pytest

from tests.journeys.blemishes import blemishes

KEY = "0192d1f0-7a3c-7c31-9d0e-3f1f5c0a9b11"


@pytest.mark.parametrize(
    "wrong",
    [
        "<p>枣营北里社区，</p>",
        "<p>枣营北里社区，<span></span></p>",
        "<ul><li>3月5日，，已通过</li></ul>",
        "<td>None</td>",
        f"<p>编号{KEY}</p>",
        f"<p><code>{KEY}</code></p>",
        "<p>%(count)s件</p>",
        "<p>理由（）</p>",
        "<p>，已通过</p>",
        "枣营北里社区，<br>已通过",
    ],
)
def test_what_is_wrong_is_seen(wrong: str) -> None:
    assert len(blemishes(f"<main>{wrong}</main>")) == 1


@pytest.mark.parametrize(
    "right",
    [
        "<p>枣营北里社区，<a href='/'>已通过</a></p>",
        "<p>主办：</p><p>Nonesuch</p>",
        f"<a href='/x/{KEY}/'>看</a><script>var a = '，，{KEY}'</script>",
        "<p>共3件，<strong>都办完了</strong>。</p>",
    ],
)
def test_what_is_right_is_not(right: str) -> None:
    assert blemishes(f"<main>{right}</main>") == []
