"""What a page says when something is done is what the verb says of the result."""

import re
from pathlib import Path

import yishiting.doors.web

HOME = Path(yishiting.doors.web.__file__).parent
#: The words of a verb may be told from its result: written out as they stand they would be a function's address.
AS_IT_STANDS = re.compile(r"str\([^()]*\.done\)|done=[^,\n]*\.done[,)]")


def test_no_page_writes_out_what_a_verb_says_without_its_result() -> None:
    declared = HOME / "shared" / "declared.py"
    wrong = [str(path) for path in HOME.rglob("*.py") if path != declared and AS_IT_STANDS.search(path.read_text())]
    assert wrong == []
