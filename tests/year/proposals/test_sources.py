"""A source is taken out of a draft and put in again: who is told, in which file it lies, what stays in the path."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.factories import proposals
from yishiting.doors.web.shared.happened import walked
from yishiting.doors.web.shared.matters import matter_of
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.notices.models import Message
from yishiting.year.dossiers.queries import living
from yishiting.year.proposals.actions import add_source, remove_source
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion


def _walked(thing: Any) -> set[int]:
    return {number for one in walked(matter_of(thing)) for number in one.numbers}


def told(words: str) -> list[str]:
    return sorted(one.address for one in Message.objects.order_by("created_at") if words in one.body)


@pytest.fixture
def said(cast: Cast) -> list[Suggestion]:
    return [proposals.valid(cast, text=f"第{n}处路灯不亮", phone=f"1390000005{n}") for n in (1, 2)]


def test_out_and_in_again(cast: Cast, said: list[Suggestion]) -> None:
    draft = proposals.drafted(cast, suggestions=said)
    before = {one: _walked(one) for one in (draft, *said)}
    former = remove_source(draft, by=cast.liu, suggestion=said[0], reason="另一处的事")
    draft = Proposal.objects.select_related("dossier").get(pk=draft.pk)
    files = {one.pk: living(Suggestion.objects.get(pk=one.pk).dossier) for one in said}
    assert draft.dossier == files[said[1].pk] != files[said[0].pk]
    assert told("不再写入建议案") == ["13900000051"]
    done = VERBS["proposal.remove_source"].done
    assert callable(done)
    assert "已告知1人" in str(done(former))
    for one, was in before.items():
        assert was <= _walked(one)
    assert any(one.step.why == "另一处的事" for one in walked(matter_of(said[0])))
    with pytest.raises(Refused, match="不能移出"):
        remove_source(draft, by=cast.liu, suggestion=said[1], reason="都不要")
    add_source(draft, by=cast.liu, suggestion=Suggestion.objects.get(pk=said[0].pk))
    assert len(told("已写入建议案")) == 3, "told once more: in between they heard that it was out"
    assert living(Suggestion.objects.get(pk=said[0].pk).dossier) == draft.dossier
    for one, was in before.items():
        assert was <= _walked(one)


def test_what_was_taken_out_goes_into_another(cast: Cast, said: list[Suggestion]) -> None:
    draft = proposals.drafted(cast, suggestions=said)
    remove_source(draft, by=cast.liu, suggestion=said[1], reason="另一处的事")
    other = proposals.drafted(cast, suggestions=[Suggestion.objects.get(pk=said[1].pk)], title="另一处")
    assert other.dossier_id != draft.dossier_id
    assert [one.pk for one in matter_of(other).suggestions] == [said[1].pk]
