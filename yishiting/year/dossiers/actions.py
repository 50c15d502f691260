"""Opening files, joining and parting them. Not verbs: the verbs of what lies in them call these."""

from collections.abc import Iterable, Sequence
from datetime import date

from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.year.dossiers.models import STAYS_THERE, Dossier, Outcome, Referral, ReferralKind
from yishiting.year.dossiers.queries import living, sent_again, stays_there, waiting_referral

#: How many rows go to the database in one statement.
AT_ONCE = 500


def open_dossiers(dossiers: Sequence[Dossier]) -> None:
    """Save new files: one for each receipt, in the transaction that gives it."""
    Dossier.objects.bulk_create(dossiers, batch_size=AT_ONCE)


def join(main: Dossier, others: Iterable[Dossier]) -> None:
    """Let the numbers of these files lead to the main one, which is one of its own from now on if it was joined to them."""
    keys = {one.pk for one in others} - {main.pk}
    if keys & _above(main):
        part([main])
    if keys:
        Dossier.objects.filter(pk__in=keys).update(merged_into=main)


def part(dossiers: Iterable[Dossier]) -> None:
    """Let files that were joined to others go on by themselves."""
    keys = [one.pk for one in dossiers if one.merged_into_id is not None]
    if keys:
        Dossier.objects.filter(pk__in=keys).update(merged_into=None)


def lay_at(dossier: Dossier, there: Place) -> None:
    """Let a matter lie with the place that joined it, or at home when it was taken apart.

    What was sent somewhere and waits there, or was taken on there, is not drawn down by this.
    """
    here = living(dossier)
    rises = there.contains(here.lies_at)
    if here.lies_at != there and (rises or (here == dossier and not stays_there(here))):
        Dossier.objects.filter(pk=here.pk).update(lies_at=there)


def refer(
    dossier: Dossier,
    kind: ReferralKind,
    there: Place,
    *,
    here: Place,
    reason: str,
    today: date,
    due: date | None = None,
    receiver: str = "",
    unit: Organisation | None = None,
) -> Referral:
    """Send a matter on; it lies there until that is answered."""
    Dossier.objects.filter(pk=dossier.pk).update(lies_at=there)
    return Referral.objects.create(
        dossier=dossier,
        kind=kind,
        from_place=here,
        to_place=there,
        receiver=receiver,
        unit=unit,
        reason=reason,
        sent_on=today,
        due=due,
    )


def answer_referral(
    dossier: Dossier, kind: ReferralKind, here: Place, *, answer: str, outcome: Outcome, today: date
) -> Referral | None:
    """Answer what this place sent and waits, or once more what was answered, beside the first answer.

    What is taken on stays there, all else lies again where it came from.
    """
    sent = waiting_referral(dossier, kind, here) or sent_again(dossier, kind, here)
    if sent is None:
        return None
    sent.answer, sent.outcome, sent.answered_on = answer, outcome, today
    sent.save()
    if outcome not in STAYS_THERE:
        Dossier.objects.filter(pk=dossier.pk).update(lies_at=sent.from_place)
    return sent


def _above(dossier: Dossier) -> set[object]:
    found, above = set[object](), dossier.merged_into
    while above is not None:
        found.add(above.pk)
        above = above.merged_into
    return found
