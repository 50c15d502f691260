"""Finding people by what they bring."""

from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.secrets import sealer
from yishiting.ground.entrance.models import AccessToken, Consent, PrivacyNotice


def person_with_token(token: str) -> Person | None:
    """The person whose valid token this is."""
    kept = (
        AccessToken.objects.filter(
            token_hash=sealer().look_up(token), revoked_at__isnull=True, expires_on__gte=timezone.localdate()
        )
        .select_related("person")
        .first()
    )
    return kept.person if kept and kept.person.is_active else None


def notice_in_force() -> PrivacyNotice | None:
    """The privacy notice in force today."""
    return PrivacyNotice.objects.filter(in_force_from__lte=timezone.localdate()).first()


def has_consented(person: Person) -> bool:
    """Whether the person agreed to the notice in force and has not taken it back."""
    notice = notice_in_force()
    return notice is None or Consent.objects.filter(person=person, notice=notice, withdrawn_at__isnull=True).exists()
