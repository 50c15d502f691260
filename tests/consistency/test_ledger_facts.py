"""Every fact a verb writes has a name people read, or is one of those that only link or check."""

import ast
import re

from tests.consistency.source import modules
from yishiting.doors.common.entry_facts import FACTS

WRITERS = {"write_entry", "write_entries", "_record", "_record_result", "_keep_result"}
#: Keys of other things, fingerprints, and codes whose words stand elsewhere.
UNTOLD = {
    *re.findall(
        r"\w+",
        """
        about addresses given_in matter unit administration agreement answer appeal attachment ballots conflicts constituency consultation expires_on
        failures file groups hearing item lead let_in lot meeting order organisation other out_of place plan poll posting private project proposal publishes
        question read reason_code report resends review root round rule rules session sha256 sheet sitting size special
        suggestions supplement table template tied tokens tries undecided vote warnings
        """,
    )
}


def test_every_fact_is_told_or_known_to_be_untold() -> None:
    calls = [node for _path, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    written = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id in WRITERS]
    names = {word.arg for one in written for word in one.keywords if word.arg}
    assert len(names) > 100
    assert names - {*FACTS} - UNTOLD == set()
    assert {name for name in FACTS if "." not in name} & UNTOLD == set()
