"""What a web worker carries when it starts: nothing heavy before somebody needs it."""

import json
import os
import subprocess
import sys

HEAVY = ("numpy", "scipy", "sklearn", "pypinyin", "openpyxl", "PIL")
#: `make bench` says how near it is to 120; other kinds of machine and newer libraries take somewhat more.
MOST_MIB = 150
STARTED = f"""
import json, re, sys
import config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
status = open("/proc/self/status").read() if sys.platform == "linux" else "VmRSS: 0 kB"
resident = int(re.search(r"VmRSS:\\s+(\\d+)", status)[1]) / 1024
print(json.dumps([[name for name in {HEAVY} if name in sys.modules], resident]))
"""


def test_a_worker_is_light_when_it_starts() -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    out = subprocess.run(
        [sys.executable, "-c", STARTED], env={**os.environ, **settings}, check=True, capture_output=True, text=True
    )
    loaded, resident = json.loads(out.stdout)
    assert loaded == []
    assert resident < MOST_MIB
