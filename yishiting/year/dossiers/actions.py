"""Opening files, joining and parting them. Not verbs: the verbs of what lies in them call these."""

from collections.abc import Iterable, Sequence
from datetime import date

from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.year.dossiers.models import STAYS_THERE, Dossier, Outcome, Referral, ReferralKind
from yishiting.year.dossiers.queries import as_sent_again, living, sent_again, stays_there, waiting_referral

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
    return _answered(sent, answer, outcome, today) if sent is not None else None


def answer_hop(sent: Referral, *, answer: str, outcome: Outcome, today: date) -> Referral:
    """Answer this very hop, or once more what was answered, beside the first answer."""
    again = sent if sent.answered_on is None else as_sent_again(sent)
    return _answered(again, answer, outcome, today)


def _answered(sent: Referral, answer: str, outcome: Outcome, today: date) -> Referral:
    sent.answer, sent.outcome, sent.answered_on = answer, outcome, today
    sent.save()
    if outcome not in STAYS_THERE:
        Dossier.objects.filter(pk=sent.dossier_id).update(lies_at=sent.from_place)
    return sent


def call_in(dossier: Dossier, today: date, outcome: Outcome = Outcome.RECALLED) -> None:
    """A section that had the matter in hand has it no longer: it was answered anew, or there is a project."""
    waits = Referral.objects.filter(dossier=dossier, kind=ReferralKind.INSIDE, answered_on=None)
    for one in waits:
        one.answer, one.outcome, one.answered_on = str(Outcome(outcome).label), outcome, today
        one.save()


def _above(dossier: Dossier) -> set[object]:
    found, above = set[object](), dossier.merged_into
    while above is not None:
        found.add(above.pk)
        above = above.merged_into
    return found
