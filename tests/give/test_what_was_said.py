"""What people said: told once, undone whole, without signs nobody sees, numbers hidden."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories import proposals
from tests.factories import suggestions as S
from yishiting.ground.common.masking import public_words
from yishiting.ground.common.refused import Refused
from yishiting.ground.notices.models import Message
from yishiting.year.suggestions.actions import (
    answer_suggestion,
    merge_suggestions,
    split_suggestion,
    unmerge_suggestion,
)
from yishiting.year.suggestions.models import AnswerKind, Suggestion

pytestmark = pytest.mark.django_db


def test_one_person_is_told_once(cast: Cast) -> None:
    phones = ("13900000021", "139 0000 0021", "+86 13900000021")
    a, b, c = (S.a_suggestion(cast, text=f"楼道灯坏了{n}", phone=phone) for n, phone in enumerate(phones))
    merge_suggestions(a, by=cast.liu, others=[b, c])
    S.screen_suggestion(Suggestion.objects.get(pk=a.pk), by=cast.liu, **S.ALL_PASS, result="valid")
    proposals.drafted(cast, suggestions=[Suggestion.objects.get(pk=a.pk)])
    assert Message.objects.filter(template="proposal.draft").count() == 1


def test_taken_out_again_is_unanswered_again(cast: Cast) -> None:
    a = S.a_valid_one(cast, text="楼道灯坏了", phone="13900000021")
    b = S.a_valid_one(cast, text="电梯异响", phone="13900000022")
    merge_suggestions(Suggestion.objects.get(pk=a.pk), by=cast.liu, others=[b])
    answer_suggestion(Suggestion.objects.get(pk=a.pk), by=cast.liu, kind=AnswerKind.values[0], text="灯换好了。")
    unmerge_suggestion(Suggestion.objects.get(pk=b.pk), by=cast.liu, reason="是电梯")
    assert Suggestion.objects.get(pk=b.pk).answered_on is None


def test_what_a_proposal_rests_on_is_not_split_away(cast: Cast) -> None:
    a = S.a_valid_one(cast, text="楼道灯坏了；另外车棚漏雨。", phone="13900000021")
    proposals.drafted(cast, suggestions=[a])
    with pytest.raises(Refused):
        split_suggestion(Suggestion.objects.get(pk=a.pk), by=cast.liu, parts=["楼道灯坏了", "车棚漏雨"])


def test_one_merge_is_one_happening(cast: Cast) -> None:
    a, b, c = S.many_alike(cast, 3)
    merge_suggestions(a, by=cast.liu, others=[b, c])
    assert "同项合并（3次）" not in Client().get(f"/suggestions/{a.pk}/").content.decode()


@pytest.mark.parametrize("text", ["\u202e\u200b\u2060 \u00a0", "\u2060\u2060", "\u202d\u202c"])
def test_invisible_words_are_no_words(cast: Cast, text: str) -> None:
    with pytest.raises(Refused):
        S.a_suggestion(cast, text=text)


def test_no_turning_characters_in_titles(cast: Cast) -> None:
    assert "\u202e" not in S.a_suggestion(cast, text="\u202e来人到没直一，修要灯路").title


@pytest.mark.parametrize("words", ["找我：138.1234.5678", "138—1234—5678", "家里电话010-64671234", "电话 64671234"])
def test_telephone_numbers_are_masked_however_written(words: str) -> None:
    assert public_words(words) != words
