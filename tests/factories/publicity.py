"""Notices and objections, made by the verbs."""

from typing import Any

from tests.cast import Cast
from tests.put_back import kept
from yishiting.ground.accounts.actors import Actor, Visitor
from yishiting.instruments.publicity.actions import post_notice, raise_objection
from yishiting.instruments.publicity.models import NoticeKind, Objection, PublicNotice


@kept
def a_notice(cast: Cast, **facts: Any) -> PublicNotice:
    """Candidates of 枣营北里 posted by Secretary Wang."""
    given = {"kind": NoticeKind.CANDIDATES, "title": "第三届议事代表候选人公示", "body": "现将候选人名单公示如下。"}
    return post_notice(facts.pop("place", cast.zaobei), by=facts.pop("by", cast.wang), **{**given, **facts})


def an_objection(notice: PublicNotice, by: Actor | None = None, **facts: Any) -> Objection:
    """A resident without account objects."""
    given = {"text": "二号楼的候选人不住在本社区。", "contact": "13900000009"}
    return raise_objection(notice, by=by or Visitor(), **{**given, **facts})
