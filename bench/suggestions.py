"""Screening, merging, bank and search with 20,000 made suggestions in ten communities of one district.

Runs in a process of its own, on a throw-away database of either kind. CPU is that of the whole request in the
application, as a multiple of the reference computation measured beside it; milliseconds are for reading. What the first
page of a worker costs, and what it carries then, is measured in a second process on the same database.
"""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

from bench._databases import everywhere
from bench.reference import computation, seconds, unit

COMMUNITIES, EACH = 10, 2_000
TIMES = 10
QUERIES_MOST, PAGE_MOST, SEARCH_MOST = 15, 30, 20
IMPORTED, ROWS_MOST = 5_000, 2
#: What a worker may carry when it starts, in MiB; how much dearer the first page of a process may be than a later one.
START_MIB, FIRST_MOST = 120, 5
SPOTS = ("楼道", "东门", "西门", "车棚", "花园", "活动室", "地下室", "楼顶", "电梯间", "垃圾站", "广场", "北侧道路")
MATTERS = (
    "灯坏了半个月没人修", "总有车乱停，堵了消防通道", "垃圾没人清，招蚊子", "油烟太大，开不了窗", "漏雨，墙皮都掉了",
    "广场舞音乐太吵", "希望装几个座椅", "有人私搭乱建", "路面坑洼，一下雨就积水", "想办一个老年餐桌", "应该装监控",
    "物业收费不公开",
)  # fmt: skip
TAILS = ("，老人很不方便", "，请尽快解决", "，已经反映过两次", "，大家都有意见", "，晚上更严重", "")


def made(seed):
    """A title-less suggestion as people write them."""
    chance = random.Random(seed)
    where = f"{chance.randint(1, 40)}号楼{chance.randint(1, 6)}单元"
    return where, f"{where}{chance.choice(SPOTS)}{chance.choice(MATTERS)}{chance.choice(TAILS)}"


def _fill():
    from django.core.management import call_command
    from django.db import connection

    from tests.cast import OPERATOR, Cast, place
    from yishiting.ground.places.models import Kind, Level, ResponsibleLevel
    from yishiting.instruments.documents.actions import take_numbers
    from yishiting.instruments.documents.models import Series
    from yishiting.year.suggestions.actions import load_categories
    from yishiting.year.suggestions.actions.registering import AT_ONCE, Desk, index_text, save_numbered
    from yishiting.year.suggestions.hashes import Speaker, Words
    from yishiting.year.suggestions.models import Category, Channel, SearchText
    from yishiting.year.suggestions.words import title_from

    call_command("migrate", verbosity=0)
    cast = Cast()
    load_categories(cast.district, by=OPERATOR)
    classes, levels, channels = list(Category.objects.all()), ResponsibleLevel.values, Channel.values
    homes = [cast.zaobei, cast.zaonan]
    homes += [
        place(f"1101050120{n}", f"{n}号社区", Level.COMMUNITY, Kind.COMMUNITY, cast.maizidian)
        for n in range(40, 38 + COMMUNITIES)
    ]
    chance = random.Random(5)
    for number, home in enumerate(homes):
        desk = Desk.at(home, date(2026, 2, 1))
        rows = []
        for n in range(EACH):
            where, text = made(number * EACH + n)
            sorted_out = number > 0 and n % 2
            one = desk.suggestion(
                Words(title_from(text), text, where), Speaker("王某", f"139{n:08d}"),
                channel=chance.choice(channels), state="valid" if sorted_out else "received",
                category=chance.choice(classes) if sorted_out else None,
                responsible_level=chance.choice(levels) if sorted_out else "",
            )  # fmt: skip
            one.received_on = date(2026, 1, 1) + timedelta(days=chance.randrange(60))
            rows.append(one)
        save_numbered(rows, take_numbers(cast.district, Series.RECEIPT, 2026, EACH))
        SearchText.objects.bulk_create(map(index_text, rows), batch_size=AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return cast


def _page(name, browser, url, **sent):
    """(rows of figures) of one page: queries, CPU."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def visit():
        answer = browser.post(url, sent, headers={"HX-Request": "true"}) if sent else browser.get(url)
        assert answer.status_code == 200, (url, answer.status_code)

    first = seconds(visit)
    with CaptureQueriesContext(connection) as asked:
        visit()
    queries = len(asked.captured_queries)
    spent, multiple = _spent(visit)
    return [
        _row(f"{name}: queries", queries, "", f"≤ {QUERIES_MOST}", queries <= QUERIES_MOST),
        _row(f"{name}: CPU", multiple, "ref", f"≤ {PAGE_MOST}", multiple <= PAGE_MOST),
        _row(f"{name}: CPU, for reading", round(spent * 1000, 1), "ms", "", None),
        _row(f"{name}: first visit", round(first * 1000), "ms", "", None),
    ]


def _spent(act):
    """CPU seconds of doing it, and how many reference computations that is; the median of some, taken in turn."""
    pairs = [(seconds(act), seconds(computation)) for _ in range(TIMES)]
    spent, reference = (statistics.median(part) for part in zip(*pairs, strict=True))
    return spent, round(spent / reference, 1)


def _row(name, figure, unit, goal, met):
    return {
        "name": name,
        "figure": figure,
        "unit": unit,
        "goal": goal,
        "met": None if met is None else bool(met),
        "against": "",
    }


def _search(words):
    from yishiting.year.suggestions.models import Suggestion
    from yishiting.year.suggestions.queries.search import search

    def look():
        return len(search(Suggestion.objects.all(), words).values_list("pk")[:30])

    found, (_spent_on_it, multiple) = look(), _spent(look)
    return _row(f"search for {words}, {found} shown", multiple, "ref", f"≤ {SEARCH_MOST}", multiple <= SEARCH_MOST)


def _import(cast):
    """What a row costs of a file of 5,000, with the ledger on."""
    import csv
    import io

    from django.core.management import call_command

    from yishiting.year.suggestions.models import Suggestion

    path = Path(os.environ["YISHITING_VAR"]) / "import.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["留言编号", "留言主题", "留言时间", "留言详情"])
        rows.writerows([f"B{n}", made(n)[1][:20], "2026-03-01 10:00:00", made(n)[1]] for n in range(IMPORTED))
    before, reference, begun = Suggestion.objects.count(), unit(), time.process_time()
    words = ["import-suggestions", str(path), "--place", cast.zaonan.code, "--channel", "hotline", "--json"]
    call_command(*words, stdout=io.StringIO(), stderr=io.StringIO())
    spent, rows = time.process_time() - begun, Suggestion.objects.count() - before
    multiple = round(spent / rows / reference, 2)
    return [
        _row("import with ledger: CPU a row", multiple, "ref", f"≤ {ROWS_MOST}", multiple <= ROWS_MOST),
        _row("import with ledger, for reading", round(rows / spent), "rows/s", "", None),
    ]


def _measured():
    import django
    from django.test import Client
    from django.urls import reverse

    django.setup()
    cast = _fill()
    secretary, director, visitor = Client(), Client(), Client()
    secretary.force_login(cast.wang)
    director.force_login(cast.sun)
    here = [cast.zaobei.code]
    bank = reverse("desk-bank")
    one = cast.zaobei.suggestions.first()
    pages = [
        ("bank of the district", director, bank),
        ("bank, search", director, f"{bank}?q=楼道灯"),
        ("bank, filters", director, f"{bank}?state=valid&channel=box&level=community"),
        ("bank of a community", secretary, bank),
        ("screening, one of 2,000", secretary, reverse("desk-screening", args=here)),
        ("screening as a list", secretary, reverse("screening-at-once", args=here)),
        ("merging, 2,000 compared", secretary, reverse("desk-merging", args=here)),
        ("one suggestion", secretary, reverse("desk-suggestion", args=[one.pk])),
        ("the desk's suggestions", secretary, reverse("desk-suggestions", args=here)),
        ("what waits for me", secretary, reverse("desk-home")),
        ("front door", visitor, reverse("home")),
        ("page of a community", visitor, reverse("place", args=here)),
        ("page of the district", visitor, reverse("place", args=[cast.district.code])),
        ("suggestions of the district", visitor, reverse("place-suggestions", args=[cast.district.code])),
        ("one matter", visitor, reverse("public-suggestion", args=[one.pk])),
        ("public record", visitor, reverse("record")),
    ]
    rows = [row for name, browser, url in pages for row in _page(name, browser, url)]
    typed = {"text": "3号楼2单元楼道灯坏了", "where": "3号楼2单元"}
    rows += _page("similar while typing, 2,000", secretary, reverse("similar-now", args=here), **typed)
    rows += [_search(words) for words in ("楼道", "座椅", "楼道灯坏")]
    return [*rows, *_fresh(), *_import(cast)]


def _fresh():
    """A worker that has just started, on the same database."""
    command = [sys.executable, "-m", "bench.suggestions", "--fresh"]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(out.stdout.splitlines()[-1])


def _measured_fresh():
    """What it carries at start and after pages, and what its first pages cost beside its later ones."""
    from django.urls import get_resolver, reverse

    import_module("config.wsgi")  # as the server loads it
    assert get_resolver().url_patterns
    rows = [_row("worker: memory at start", _resident(), "MiB", f"≤ {START_MIB}", _resident() <= START_MIB)]
    from django.test import Client

    from yishiting.ground.accounts.models import Person
    from yishiting.ground.places.models import Place

    secretary, visitor = Client(), Client()
    secretary.force_login(Person.objects.get(login="wang"))
    visitor.get(reverse("home"))
    secretary.get(reverse("desk-home"))
    rows.append(_row("worker: memory after front door and desk", _resident(), "MiB", "", None))
    for name, page in (("screening", "desk-screening"), ("merging", "desk-merging")):
        rows += _first(name, secretary, reverse(page, args=[Place.objects.get(name="枣营北里社区").code]))
    return rows


def _first(name, browser, url):
    def visit():
        assert browser.get(url).status_code == 200

    first, (later, _multiple) = seconds(visit), _spent(visit)
    times = round(first / later, 1)
    return [
        _row(f"worker: first page of {name} beside later ones", times, "times", f"≤ {FIRST_MOST}", times <= FIRST_MOST),
        _row(f"worker: first page of {name}, for reading", round(first * 1000), "ms", "", None),
        _row(f"worker: memory after {name}", _resident(), "MiB", "", None),
    ]


def _resident():
    """MiB in memory now."""
    return round(int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))[1]) / 1024)


def measure():
    """The figures, each database in a process of its own."""
    return everywhere("bench.suggestions")


if __name__ == "__main__":
    if "--inside" in sys.argv:
        print(json.dumps(_measured()))
    elif "--fresh" in sys.argv:
        print(json.dumps(_measured_fresh()))
    else:
        for row in measure():
            print(
                f"{row['name']:<45} {row['figure']:>8} {row['unit']:<3} {row['goal']}{'' if row['met'] else '  MISSED'}"
            )
