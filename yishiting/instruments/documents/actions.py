"""Giving out numbers, inside the verb that needs one: as late as can be, for everybody else who numbers waits."""

from collections.abc import Callable

from django.db import connection

from yishiting.ground.common.verbs import at_the_end
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.models import Serial, Series

TAKE = """
    INSERT INTO {serial} (place_id, series, year, last) VALUES (%s, %s, %s, %s)
    ON CONFLICT (place_id, series, year) DO UPDATE SET last = {serial}.last + excluded.last RETURNING last
"""


def number_at_the_end(
    place: Place, series: Series, year: int, give: Callable[[range], None], *, count: int = 1
) -> None:
    """Have the next numbers of a series given when all else of the verb at work is done; `give` saves what bears them."""
    rank = (1, str(series), place.pk, year)  # everybody takes numbers of several series in this order
    at_the_end(lambda: give(take_numbers(place, series, year, count)), rank)


def take_numbers(place: Place, series: Series, year: int, count: int = 1) -> range:
    """The next `count` numbers of a series, in one statement; the row is locked until the transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE.format(serial=Serial._meta.db_table), [place.pk, str(series), year, count])
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)
