"""Finding people."""

from django.db.models import Q, QuerySet

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import name_key
from yishiting.ground.common.reading import readable


def staff_matching(words: str) -> QuerySet[Person]:
    """Staff whose sign-in name or name holds the words, or whose phone number they are; all staff without words.

    Names are sealed, so those of the staff (never of the residents) are opened one by one.
    """
    staff = Person.objects.filter(is_staff_member=True).order_by("login")
    word = readable(words).strip()
    if not word:
        return staff
    key = name_key(word)
    named = [pk for pk, name in staff.values_list("pk", "name") if key and key in name_key(name)]
    return staff.filter(Q(pk__in=named) | Q(login__icontains=word) | Q(pk__in=Person.objects.with_phone(word)))
