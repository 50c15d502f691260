"""Booking: an amount goes from one account to another, or nothing happens; what is wrong is reversed."""

from collections.abc import Sequence
from typing import Annotated

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.locks import hold
from yishiting.ground.common.money import amount
from yishiting.ground.common.parameters import MOST_FEN, Money, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.instruments.funds.models import WITH_SOMETHING_ELSE, Account, AccountKind, Fund, Posting, PostingKind
from yishiting.instruments.funds.permissions import MAY

AMOUNT = Money(
    gettext_lazy("金额（元）"),
    least=1,
    hint=gettext_lazy("写到分，例如 12800.50；也可以写 1.28万。"),
    missing=gettext_lazy("请写明金额。"),
)
BASIS = line(
    gettext_lazy("依据"),
    hint=gettext_lazy("文件名称和文号，或会议决议。会公开，不要写居民的姓名和电话。"),
    missing=gettext_lazy("请写明依据的文件或决议。"),
)


def account_of(fund: Fund, kind: AccountKind, subject: Model | None = None, title: str = "") -> Account:
    """The account of a fund, for one thing where money is for it; opened when it is first needed."""
    about = {"subject_id": str(subject.pk) if subject is not None else ""}
    more = {"subject_kind": labelled(subject) if subject is not None else "", "title": title}
    found, _made = Account.objects.get_or_create(fund=fund, kind=kind, **about, defaults=more)
    return found


def book(
    kind: PostingKind, moves: Sequence[tuple[Account, Account, int]], basis: str, *, reverses: Posting | None = None
) -> list[Posting]:
    """Book amounts, each out of an account into another; refused as a whole, with the figure, where one is overdrawn.

    `moves` are (out of, into, fen). The accounts are held and read anew first, so that two who book at once do it in turn.
    """
    rows = {one.pk: one for out_of, into, _fen in moves for one in (out_of, into)}
    hold(*rows.values())
    done = []
    for out_of, into, fen in moves:
        _move(rows[out_of.pk], rows[into.pk], fen)
        done.append(
            Posting.objects.create(
                place_id=(into if out_of.kind == AccountKind.ORIGIN else out_of).fund.place_id,
                kind=kind,
                debit=into,
                credit=out_of,
                fen=fen,
                booked_on=timezone.localdate(),
                basis=basis,
                reverses=reverses,
            )
        )
    return done


def _move(out_of: Account, into: Account, fen: int) -> None:
    if out_of.kind != AccountKind.ORIGIN and out_of.balance < fen:
        told = {"account": out_of, "left": amount(out_of.balance), "fen": amount(fen)}
        told["short"] = amount(fen - out_of.balance)
        raise Refused(_("“%(account)s”只有%(left)s，不够%(fen)s，还差%(short)s。这一笔没有办。") % told, field="fen")
    if abs(into.balance + fen) > MOST_FEN or abs(out_of.balance - fen) > MOST_FEN:
        raise Refused(_("金额不能超过 %(limit)s 元。") % {"limit": MOST_FEN // 100}, field="fen")
    out_of.balance -= fen
    into.balance += fen
    out_of.save(update_fields=["balance"])
    into.save(update_fields=["balance"])


def _not_yet(posting: Posting) -> Sentence | None:
    if posting.is_reversed:
        return gettext_lazy("这一笔已经冲正过，不能再冲一次。")
    if posting.kind in WITH_SOMETHING_ELSE:
        return gettext_lazy(
            "支付在项目页面“冲正支付”，捐助在项目页面“撤销捐助登记”，账目随着冲正；冲正的一笔不能再冲，请重新登记。"
        )
    return None


@verb(
    "posting.reverse",
    gettext_lazy("冲正"),
    MAY,
    before=lambda one: _("原来的一笔留在账上，另记一笔相反的：%(kind)s%(fen)s，依据：%(basis)s") % {
        "kind": one, "fen": amount(one.fen), "basis": one.basis,
    },
    done=gettext_lazy("已冲正。原来的一笔和冲正的一笔都在账上。"),
    kind="danger",
    conditions=(_not_yet,),
)  # fmt: skip
def reverse_posting(
    posting: Posting,
    *,
    by: Actor,
    reason: Annotated[str, line(gettext_lazy("为什么冲正"), missing=gettext_lazy("请写明为什么冲正。"))],
) -> Posting:
    """Reverse a wrong posting by an opposite one; both stay in the accounts."""
    [back] = book(PostingKind.REVERSE, [(posting.debit, posting.credit, posting.fen)], reason, reverses=posting)
    write_entry(back, amount=posting.fen, posting=str(posting.pk), private={"reason": reason})
    return back
