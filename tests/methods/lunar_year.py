"""The lunar year from the positions of moon and sun, written apart from the table it checks.

New moons and the sun's longitude by the series of Meeus (Astronomical Algorithms, chapters 25 and 49), good to a minute
or so; months by the rule of GB/T 33661-2017: a month begins on the day of the new moon in Beijing, the eleventh holds the
winter solstice, and of thirteen months the first without a major solar term is the leap month.
"""

from datetime import date, timedelta
from math import floor, radians, sin

SYNODIC, TROPICAL, J2000 = 29.530588861, 365.2422, 2451545.0
WINTER = 270


def beijing_day(julian: float) -> date:
    """The day in Beijing of a moment in dynamical time, which is 75 seconds ahead in these years."""
    return date(1970, 1, 1) + timedelta(days=floor(julian - 75 / 86400 - 2440587.5 + 8 / 24))


def new_moon(k: int) -> date:
    """The day of the k-th new moon after the first of 2000."""
    t = k / 1236.85
    e = 1 - 0.002516 * t
    m = radians(2.5534 + 29.10535670 * k - 0.0000014 * t**2)
    a = radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2)
    f = radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    node = radians(124.7746 - 1.56375588 * k)
    near = -0.40720 * sin(a) + 0.17241 * e * sin(m) + 0.01608 * sin(2 * a) + 0.01039 * sin(2 * f)
    near += (
        0.00739 * e * sin(a - m) - 0.00514 * e * sin(a + m) + 0.00208 * e * e * sin(2 * m) - 0.00111 * sin(a - 2 * f)
    )
    near += (
        -0.00057 * sin(a + 2 * f) + 0.00056 * e * sin(2 * a + m) - 0.00042 * sin(3 * a) + 0.00042 * e * sin(m + 2 * f)
    )
    near += 0.00038 * e * sin(m - 2 * f) - 0.00024 * e * sin(2 * a - m) - 0.00017 * sin(node)
    return beijing_day(2451550.09766 + SYNODIC * k + 0.00015437 * t**2 + near)


def sun(julian: float) -> float:
    """The apparent longitude of the sun in degrees."""
    t = (julian - J2000) / 36525
    m = radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m) + 0.000289 * sin(3 * m)
    true = 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre
    return (true - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))) % 360


def term(longitude: int, year: int) -> date:
    """The day on which the sun reaches a longitude: 15 is 清明, 180 the autumn equinox, 270 the winter solstice."""
    julian = J2000 + TROPICAL * (year - 2000 + ((longitude - 280) % 360) / 360)
    for _ in range(8):
        julian += ((longitude - sun(julian) + 180) % 360 - 180) / 360 * TROPICAL
    return beijing_day(julian)


def eleventh(year: int) -> int:
    """The new moon that begins the month of the winter solstice."""
    k = round((year - 2000) * 12.3685) + 14
    while new_moon(k) > term(WINTER, year):
        k -= 1
    return k


def months(year: int) -> dict[int, date]:
    """The first day of each month of the lunar year that begins in this one, but for its last two and any leap month."""
    first, last = eleventh(year - 1), eleventh(year)
    terms = {term(WINTER, year - 1), *(term(one, year) for one in range(0, 360, 30))}
    leap, number, found = last - first == 13, 11, dict[int, date]()
    for k in range(first, last):
        begins, ends = new_moon(k), new_moon(k + 1)
        if leap and k > first and not any(begins <= day < ends for day in terms):
            leap = False
            continue
        found[(number - 1) % 12 + 1] = begins
        number += 1
    return found


def holidays_by_rule(year: int) -> dict[str, date]:
    """The holidays that the sun and the moon give: 春节 (its first day), 清明节, 端午节, 中秋节."""
    known = months(year)
    return {
        "春节": known[1],
        "清明节": term(15, year),
        "端午节": known[5] + timedelta(days=4),
        "中秋节": known[8] + timedelta(days=14),
    }
