"""How people call the version of the rules that something was decided by."""

import re

from django.utils.translation import gettext as _

VERSION = re.compile(r"(\d{6,12})/(\d{4})/(\d+)")
USUAL = re.compile(r"usual/(\d{4})")
#: By the length of the place's code.
WHOSE = {6: "district", 9: "subdistrict"}


def rules_called(label: str) -> str:
    """`110105/2026/1` as 区2026年规则第1版, `usual/2026` as 2026年通行规则; anything else as it is."""
    if match := USUAL.fullmatch(label):
        return _("%(year)s年通行规则") % {"year": match[1]}
    if match := VERSION.fullmatch(label):
        said = {
            "district": _("区%(year)s年规则第%(n)s版"),
            "subdistrict": _("街乡%(year)s年规则第%(n)s版"),
            "community": _("社区（村）%(year)s年规则第%(n)s版"),
        }[WHOSE.get(len(match[1]), "community")]
        return said % {"year": match[2], "n": match[3]}
    return label
