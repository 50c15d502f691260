"""A full year of the district: 20,000 matters at every stage, with opinions, dispatches, steps, contacts and answers.

Runs in a process of its own, on a throw-away database of either kind: the lists, the homes and the page of one matter.
"""

import json
import os
import random
import sys
from datetime import date, timedelta

from bench._databases import everywhere
from bench.suggestions import _page

MATTERS, UNITS = int(os.environ.get("BENCH_MATTERS", "20000")), 25
BEGINS = date(2025, 3, 10)
AT_ONCE = 1_000
#: How many of a hundred stand where at the end of a year.
SHARES = {
    "closed": 55, "underway": 12, "planned": 8, "answered": 5, "dispatched": 4, "declined": 4, "pending": 2, "received": 2,
    "prepared": 3, "proposed": 1, "approved": 1, "decided": 1, "publicised": 1, "sent_back": 1,
}  # fmt: skip
HANDED = ("closed", "underway", "planned", "answered", "dispatched")


def fill(cast, count=MATTERS):
    """Make so many matters of a year, spread over the departments of the district; gives back who handles the first's."""
    from tests.cast import person
    from yishiting.ground.organisations.models import Appointment, Office, Organisation
    from yishiting.year.dossiers.models import Dossier
    from yishiting.year.matters.models import Matter

    here, chance = cast.district, random.Random(7)
    units = Organisation.objects.bulk_create(
        Organisation(place=here, kind="department", name=f"{n}号部门", telephone=f"010-6500{n:04d}")
        for n in range(UNITS)
    )
    handler = person("handler", "经办人")
    Appointment.objects.create(
        person=handler, office=Office.HANDLING_OFFICER, place=here, organisation=units[0], since=BEGINS
    )
    states = [state for state, share in SHARES.items() for _one in range(share)]
    files, rows = [], []
    for n in range(count):
        day, state = BEGINS + timedelta(days=chance.randrange(350)), chance.choice(states)
        file = Dossier(number=f"2025-{n:010d}", origin=cast.zaobei, lies_at=here, opened_on=day)
        due = (
            day + timedelta(days=chance.randrange(200, 400)) if state in ("underway", "dispatched", "planned") else None
        )
        files.append(file)
        rows.append(
            Matter(
                dossier=file, place=here, line=chance.choice(("urban", "rural")), year=2025, number=f"朝阳区事项〔2025〕{n}号",
                title=f"{n}号路拓宽", situation="路太窄，救护车进不来。", state=state, received_on=day, due=due,
                pending_since=day if state == "pending" else None, rules_label="usual/2026",
                decided_on=day if state in (*HANDED, "decided", "publicised") else None,
            )
        )  # fmt: skip
    Dossier.objects.bulk_create(files, batch_size=AT_ONCE)
    Matter.objects.bulk_create(rows, batch_size=AT_ONCE)
    _parts(rows, units, chance)
    return handler


def _parts(rows, units, chance):
    from yishiting.year.matters.models import Contact, Decision, Dispatch, Opinion, Result, Step

    made = {Opinion: [], Decision: [], Dispatch: [], Step: [], Contact: [], Result: []}
    for one in rows:
        part, day = {"matter": one, "place": one.place}, one.received_on
        lead, other = chance.sample(units, 2)
        asked = {"asked_on": day, "due": day + timedelta(days=9), "question": "是否合规"}
        made[Opinion].append(
            Opinion(**part, unit=lead, state="given", stance="agrees", basis="条例", given_on=day, **asked)
        )
        made[Decision] += [
            Decision(**part, body=body, verdict="passed", held_on=day, paper="8号", rules_label="usual/2026")
            for body in ("office", "group", "heads_meeting", "standing_committee")
        ]
        if one.state not in HANDED:
            continue
        for unit, role in ((lead, "lead"), (other, "support")):
            state = "sent" if one.state == "dispatched" else "countersigned"
            made[Dispatch].append(Dispatch(**part, unit=unit, role=role, state=state, sent_on=day, due=day))
        made[Step] += [Step(**part, unit=lead, happened_on=day, percent=n, done="路基完成") for n in (20, 60)]
        made[Contact].append(Contact(**part, unit=lead, whom="proposer", happened_on=day, text="说过"))
        if one.state in ("closed", "answered"):
            made[Result].append(Result(**part, round=1, kind="solved", text="已经通车。", answered_on=day))
    for model, some in made.items():
        model._default_manager.bulk_create(some, batch_size=AT_ONCE)


def _measured():
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    django.setup()
    from tests.cast import Cast
    from yishiting.year.matters.models import Matter

    call_command("migrate", verbosity=0)
    cast = Cast()
    handler = fill(cast)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    office, unit, visitor, here = Client(), Client(), Client(), [cast.district.code]
    office.force_login(cast.sun)
    unit.force_login(handler)
    listed = reverse("desk-matters", args=here)
    one = Matter.objects.filter(state="underway").first()
    own = Matter.objects.filter(state="underway", dispatches__unit__name="0号部门").first()
    pages = [
        ("matters of the district", office, listed),
        ("matters, filters and words", office, f"{listed}?state=underway&line=urban&q=拓宽"),
        ("oversight list", office, reverse("desk-oversight", args=here)),
        ("oversight list, late ones", office, reverse("desk-oversight", args=here) + "?late=yes"),
        ("home of the office", office, reverse("desk-home")),
        ("home of a department", unit, reverse("desk-home")),
        ("a department", unit, reverse("desk-unit", args=[handler.appointments.get().organisation_id])),
        ("in hand at a department", unit, reverse("desk-in-hand")),
        ("one matter at the office", office, reverse("desk-matter", args=[one.pk])),
        ("one matter at its department", unit, reverse("desk-matter", args=[own.pk])),
        ("one matter in public", visitor, reverse("public-district-matter", args=[one.pk])),
        ("the district's matters in public", visitor, reverse("place-matters", args=here)),
    ]
    return [row for name, browser, url in pages for row in _page(name, browser, url)]


def measure():
    """Figures on both databases."""
    return everywhere("bench.matters")


if __name__ == "__main__" and "--inside" in sys.argv:
    print(json.dumps(_measured()))
