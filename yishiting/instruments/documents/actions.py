"""Giving out numbers, inside the verb that needs one."""

from yishiting.ground.places.models import Place
from yishiting.instruments.documents.models import Serial, Series


def take_numbers(place: Place, series: Series, year: int, count: int = 1) -> range:
    """The next `count` numbers of a series; the row is locked until the verb has ended."""
    Serial.objects.get_or_create(place=place, series=series, year=year)
    serial = Serial.objects.select_for_update(no_key=True).get(place=place, series=series, year=year)
    first = serial.last + 1
    serial.last += count
    serial.save(update_fields=["last"])
    return range(first, first + count)
