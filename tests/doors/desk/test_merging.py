"""同项合并 over HTTP: what is proposed, one key to decide, nothing asked twice, everything undone."""

import re
from typing import Any

from django.urls import reverse

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.suggestions import a_slip, a_suggestion, a_valid_one, many_alike
from yishiting.year.suggestions.actions import merge_suggestions
from yishiting.year.suggestions.models import Suggestion, Unlike
from yishiting.year.suggestions.queries.likeness import alike
from yishiting.year.suggestions.states import State


def bench(cast: Cast) -> str:
    return reverse("desk-merging", args=[cast.zaobei.code])


def said(page: Any) -> str:
    return page.content.decode()


def keys(some: list[Suggestion]) -> list[str]:
    return [str(one.pk) for one in some]


def test_a_group_is_proposed_with_reasons_and_merged_by_one_key(cast: Cast, sign_in) -> None:
    some = many_alike(cast, 3)
    a_slip(cast, text="希望在东门建一个老年食堂")
    desk = sign_in(cast.liu)
    page = said(desk.get(bench(cast)))
    assert "第 1 组，共 1 组" in page
    assert "编号一致" in page
    assert "老年食堂" not in page
    sent = {"decide": "merge", "group": keys(some), "main": str(some[0].pk), "same": keys(some)}
    after = said(desk.post(bench(cast), sent, follow=True))
    assert "已把2条并入" in after
    assert "没有可能重复的建议" in after
    assert set(Suggestion.objects.filter(merged_into=some[0]).values_list("pk", flat=True)) == {
        some[1].pk,
        some[2].pk,
    }


def test_what_is_different_is_remembered_and_not_proposed_again(cast: Cast, sign_in) -> None:
    some = many_alike(cast, 2)
    desk = sign_in(cast.liu)
    assert len(alike(cast.zaobei)) == 1
    sent = {"decide": "apart", "group": keys(some), "main": str(some[0].pk), "same": keys(some)}
    assert "不再一起提出" in said(desk.post(bench(cast), sent, follow=True))
    assert Unlike.objects.count() == 1
    assert alike(cast.zaobei) == []


def test_one_left_unticked_is_kept_apart_from_the_main_one(cast: Cast, sign_in) -> None:
    some = many_alike(cast, 3)
    sent = {"decide": "merge", "group": keys(some), "main": str(some[0].pk), "same": [str(some[1].pk)]}
    sign_in(cast.liu).post(bench(cast), sent)
    assert {Unlike.objects.get().one, Unlike.objects.get().other} == {some[0], some[2]}
    assert alike(cast.zaobei) == []


def test_a_conflict_is_shown_and_not_ticked(cast: Cast, sign_in) -> None:
    one = a_suggestion(cast, text="3号楼2单元楼道灯坏了", where="3号楼2单元")
    other = a_suggestion(cast, text="5号楼1单元楼道灯坏了", where="5号楼1单元", phone="13900000029")
    address = f"{reverse('suggestion-merge', args=[one.pk])}?with={other.pk}"
    page = said(sign_in(cast.liu).get(address))
    assert "编号不同" in page
    (tick,) = re.findall(rf'<input type="checkbox"[^>]*value="{other.pk}"[^>]*>', page)
    assert "checked" not in tick


def test_a_suggestion_is_merged_by_hand_with_one_named_by_its_number(cast: Cast, sign_in) -> None:
    one, other = a_suggestion(cast), a_slip(cast)
    desk, address = sign_in(cast.liu), reverse("suggestion-merge", args=[one.pk])
    assert "受理号" in said(desk.get(address))
    page = said(desk.get(address, {"with": other.receipt}))
    assert other.text in page
    sent = {"decide": "merge", "group": keys([one, other]), "main": str(one.pk), "same": [str(other.pk)]}
    desk.post(f"{address}?with={other.receipt}", sent)
    other.refresh_from_db()
    assert other.merged_into == one


def test_nothing_ticked_is_told(cast: Cast, sign_in) -> None:
    some = many_alike(cast, 2)
    sent = {"decide": "merge", "group": keys(some), "main": str(some[0].pk), "same": []}
    page = sign_in(cast.liu).post(bench(cast), sent)
    assert page.status_code == 422
    assert "请勾选和主案是同一件事的建议" in said(page)
    assert not Suggestion.objects.filter(state=State.MERGED).exists()


def test_one_handled_meanwhile_is_told_and_nothing_is_merged(cast: Cast, sign_in) -> None:
    some = many_alike(cast, 3)
    merge_suggestions(some[0], by=cast.wang, others=[some[2]])
    sent = {"decide": "merge", "group": keys(some), "main": str(some[2].pk), "same": keys(some)}
    page = sign_in(cast.liu).post(bench(cast), sent)
    assert page.status_code == 422
    assert "刚被别人处理过" in said(page)


def test_a_merge_is_undone_from_the_page_of_the_main_one(cast: Cast, sign_in) -> None:
    main, other = many_alike(cast, 2)
    merge_suggestions(main, by=cast.liu, others=[other])
    desk = sign_in(cast.liu)
    page = said(desk.get(reverse("desk-suggestion", args=[main.pk])))
    undo = reverse("do", args=["suggestion.unmerge", other.pk])
    assert undo in page
    assert "2条建议，来自2户" in page
    assert desk.post(undo, {"reason": ""}).status_code == 422
    desk.post(undo, {"reason": "是另一盏灯"})
    other.refresh_from_db()
    assert (other.state, other.merged_into) == (State.RECEIVED, None)


def test_a_mixed_one_is_split_and_put_together_again(cast: Cast, sign_in) -> None:
    whole = a_valid_one(cast, text="楼道灯坏了。另外车棚漏雨。")
    desk, address = sign_in(cast.liu), reverse("suggestion-split", args=[whole.pk])
    assert desk.post(address, {"part_1": "楼道灯坏了"}).status_code == 422
    page = said(desk.post(address, {"part_1": "楼道灯坏了", "part_2": "车棚漏雨"}, follow=True))
    assert "拆成的几条" in page
    assert "已拆成2条" in page
    desk.post(reverse("do", args=["suggestion.unsplit", whole.pk]), {"reason": "其实是一件事"})
    whole.refresh_from_db()
    assert whole.state == State.VALID
    assert set(whole.parts.values_list("state", flat=True)) == {State.STRUCK}


def test_new_words_join_the_groups_known_already(cast: Cast) -> None:
    many_alike(cast, 2)
    assert [len(group) for group in alike(cast.zaobei)] == [2]
    a_suggestion(cast, text="3号楼2单元楼道灯坏了，晚上看不见路", phone="13900000055")
    assert [len(group) for group in alike(cast.zaobei)] == [3]


def test_the_queries_do_not_grow_with_the_groups(cast: Cast, sign_in) -> None:
    desk = sign_in(cast.liu)
    many_alike(cast, 2)
    few = queries_of(desk, bench(cast))
    a_suggestion(cast, text="希望修好3号楼2单元楼道灯", phone="13900000061")
    a_slip(cast, text="东门口乱停车，堵了消防通道"), a_slip(cast, text="东门口总有车乱停，堵消防通道")
    assert queries_of(desk, bench(cast)) == few
    assert few <= 15
