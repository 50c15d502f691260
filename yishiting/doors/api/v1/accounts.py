"""Accounts of staff, for the three administrators; which there are is read at /lists/desk-accounts."""

from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema

from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.models import AccessToken, AccountJoin, Passkey, SignOn

router = Router(tags=["账号 accounts"])
links_router = Router(tags=["统一登录 sign-on"])
joins_router = Router(tags=["账号 accounts"])
tokens_router = Router(tags=["接口令牌 tokens"])


class AccountOut(Schema):
    """An account of a member of staff, without anything one could come in with."""

    id: UUID
    login: str | None
    name: str
    administration: str
    is_active: bool
    password_changed_at: datetime | None
    totp_confirmed_at: datetime | None
    last_login: datetime | None


class TokenOut(Schema):
    """A token; its text is shown once, in the answer that issues it."""

    id: UUID
    name: str
    expires_on: date
    revoked_at: datetime | None


class SignOnOut(Schema):
    """To whom the sign-on service's subject is linked."""

    id: UUID
    person_id: UUID
    issuer: str


class AccountJoinOut(Schema):
    """Two accounts of one person that a desk has joined; never whose."""

    id: UUID
    proof: str
    count: int
    created_at: datetime
    undone_at: datetime | None


SHAPES[AccountJoin] = AccountJoinOut
SHAPES[SignOn] = SignOnOut
SHAPES[Person] = AccountOut
SHAPES[AccessToken] = TokenOut
operations(router, Person, done=("token.issue", "message.read_all", "suggestion.forget"))
operations(tokens_router, AccessToken, related=("person",))
operations(router, Passkey, related=("person",))
operations(links_router, SignOn, related=("person",))
operations(joins_router, AccountJoin, related=("place", "person", "former"))
