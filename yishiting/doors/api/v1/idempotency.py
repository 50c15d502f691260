"""Every writing request: on what the caller saw (`If-Match`), and once (`Idempotency-Key`).

What is kept of a request names the things it led to, never what was said or answered: an answer may hold
names, or a token that is shown only once.
"""

import functools
import hashlib
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models
from django.http import HttpRequest
from django.http.request import RawPostDataException
from ninja import Status

from yishiting.doors.api.models import TakenRequest
from yishiting.doors.api.v1.base import SAFE, actor_of
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.transactions import in_transaction
from yishiting.ground.common.verbs import as_seen, spoken
from yishiting.ground.files.preparing import PreparedFile, prepare

Endpoint = Callable[..., Any]
SHORTEST, LONGEST = 16, 200
USUAL = 0
FILES_MOST = 20


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a request, scoped to who sends it, and what it asks."""

    once: uuid.UUID
    fingerprint: str


def untraced(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose requests leave no row, with a key or without: what somebody thinks is nobody's to trace."""
    return _marked(endpoint, "untraced")


def takes_files(endpoint: Endpoint) -> Endpoint:
    """An endpoint with files: they are examined and drawn anew before any transaction is open; see `files_of`."""
    return _marked(endpoint, "takes_files")


def _marked(endpoint: Endpoint, mark: str) -> Endpoint:
    """The endpoint with a mark that `once` reads."""
    setattr(endpoint, mark, True)
    return endpoint


def files_of(request: HttpRequest) -> dict[str, list[PreparedFile]]:
    """The files of a request by their names, as they will be kept. Refused with the name of the part at fault."""
    kept: dict[str, list[PreparedFile]] | None = getattr(request, "prepared_files", None)
    if kept is None:
        if sum(len(given) for _name, given in request.FILES.lists()) > FILES_MOST:
            raise Refused(f"一次最多交 {FILES_MOST} 个文件。")
        kept = {name: [_prepared(name, one) for one in request.FILES.getlist(name)] for name in request.FILES}
        request.prepared_files = kept  # type: ignore[attr-defined]  # read again by the endpoint
    return kept


def _prepared(name: str, upload: Any) -> PreparedFile:
    try:
        return prepare(upload)
    except Refused as refusal:
        raise Refused(refusal.sentence, field=name) from None


def once(endpoint: Endpoint) -> Endpoint:
    """The endpoint, so that a stale caller is refused and a request sent twice is done once."""

    if getattr(endpoint, "untraced", False):
        return endpoint

    @functools.wraps(endpoint)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method in SAFE:
            return endpoint(request, *args, **kwargs)
        with as_seen(_seen(request)):
            key = _key(request)
            if getattr(endpoint, "takes_files", False):
                files_of(request)  # now, while no transaction is open
            act = functools.partial(endpoint, request, *args, **kwargs)
            return act() if key is None else _act_once(key, act)

    return run


def _act_once(key: Key, act: Callable[[], Any]) -> Any:
    def take() -> Any:
        taken = TakenRequest.objects.create(once=key.once, fingerprint=key.fingerprint)
        answer = act()
        _remember(taken, answer)
        return answer

    try:
        return in_transaction(take)
    except IntegrityError as error:
        first = TakenRequest.objects.filter(once=key.once).first()
        if first is None:
            raise spoken(error) from error
        return _answer_again(first, key)


def _remember(taken: TakenRequest, answer: Any) -> None:
    taken.status, told = (answer.status_code, answer.value) if isinstance(answer, Status) else (USUAL, answer)
    taken.several = isinstance(told, list)
    things = told if isinstance(told, list) else [told]
    if things and all(isinstance(thing, models.Model) for thing in things):
        taken.model = things[0]._meta.label
        taken.things = [str(thing.pk) for thing in things]
    taken.save()


def _answer_again(first: TakenRequest, key: Key) -> Any:
    """The things the first request led to, as they are now."""
    if first.fingerprint != key.fingerprint:
        raise Refused("这个 Idempotency-Key 已经用在另一个请求上。每个新的请求请换一个新的。", field="Idempotency-Key")
    if not first.model:
        raise WrongState("这个请求已经办过一次，没有再办。它的回答不保存，请查询最新情况。")
    rows = apps.get_model(first.model)._base_manager.in_bulk(first.things)
    kept = [thing for pk, thing in sorted(rows.items(), key=lambda row: first.things.index(str(row[0])))]
    if len(kept) < len(first.things):
        raise WrongState("这个请求已经办过一次，它所涉及的内容后来已不存在。")
    told = kept if first.several else kept[0]
    return told if first.status == USUAL else Status(first.status, told)


def _key(request: HttpRequest) -> Key | None:
    given = request.headers.get("Idempotency-Key", "")
    if not given:
        return None
    if not SHORTEST <= len(given) <= LONGEST:
        raise Refused(f"Idempotency-Key 要有{SHORTEST}到{LONGEST}个字符，例如一个 UUID。", field="Idempotency-Key")
    actor = actor_of(request)
    asked = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + _body(request)).hexdigest()
    return Key(uuid.uuid5(uuid.NAMESPACE_OID, f"{actor.actor_kind}:{actor.actor_id}:{given}"), asked)


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RawPostDataException:  # a file that has been read already: its length stands for it
        return request.headers.get("Content-Length", "").encode()


def _seen(request: HttpRequest) -> str | None:
    """The revision the caller had before them, quoted or not: a number for the thing of the address, or its token."""
    given = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not given:
        return None
    if not re.fullmatch(r"(\w+:[\w-]+:)?\d{1,10}", given, flags=re.ASCII):
        raise Refused("If-Match 请写您看到的版次，例如 If-Match: 3。", field="If-Match")
    return given
