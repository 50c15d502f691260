"""The year of the demo, read as a stranger reads it: the export tells nothing of anybody, and everything agrees."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from yishiting.doors.common.entries import in_words
from yishiting.doors.web.shared.happened import RULE_OF
from yishiting.ground.accounts.models import Person
from yishiting.ground.ledger.checking import compare
from yishiting.ground.ledger.models import Entry
from yishiting.ground.ledger.queries import export_rows, public_entries
from yishiting.year.councils.models import Candidate, Representative
from yishiting.year.suggestions.models import Category, Suggestion

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]

CHINESE = re.compile(r"[㐀-鿿]")
PAPER = re.compile(r"[!-~㐀-鿿]+〔\d{4}〕\d+号")


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [word for key, one in value.items() for word in (key, *strings(one))]
    if isinstance(value, list):
        return [word for one in value for word in strings(one)]
    return [value] if isinstance(value, str) else []


def test_no_fact_holds_a_word_a_person_typed() -> None:
    said = {word for entry in Entry.objects.all() for word in strings(entry.facts) if CHINESE.search(word)}
    assert len(said) > 20
    own = set(Category.objects.values_list("path", flat=True))
    assert [word for word in said if word not in own and not PAPER.fullmatch(word)] == []


def test_the_export_names_nobody() -> None:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in export_rows())
    people = list(Person.objects.all())
    names = {one.name for one in people} | {*Candidate.objects.values_list("name", flat=True)}
    names |= {*Representative.objects.values_list("name", flat=True)} | {
        one.proposer_name for one in Suggestion.objects.all()
    }
    phones = {one.phone for one in people} | {one.proposer_phone for one in Suggestion.objects.all()}
    assert len(names) > 20
    assert [word for word in {*names, *phones, *(str(one.pk) for one in people)} if word and word in text] == []
    assert not re.search(r"(?<![0-9a-f])1[3-9]\d{9}(?![0-9a-f])", text)


def test_no_two_entries_of_the_year_share_a_pseudonym() -> None:
    names = [row["event"]["actor"][2] for row in export_rows() if "event" in row]
    worked = Counter(name for name in names if name)
    assert len(worked) > 200
    assert max(worked.values()) == 1
    assert not [row for row in export_rows() if str(row.get("event", {}).get("verb", "")).startswith("account.enter")]


def test_everything_the_year_left_agrees_with_the_record() -> None:
    findings = compare()
    assert findings.faults == []
    assert findings.records > 800
    assert findings.unknown < 10  # the residents of the demo, who never came in by themselves


def test_every_public_entry_of_the_year_reads_as_a_sentence() -> None:
    for told in in_words(public_entries()):
        words = told.sentence
        assert words.endswith("。")
        assert not re.search(r"[{}\[\]]|[a-z]+_[a-z]+|None|[0-9a-f]{8}-", words), words


def test_every_step_that_goes_by_a_rule_names_the_version() -> None:
    done = Counter(Entry.objects.filter(verb__in=RULE_OF).values_list("verb", flat=True))
    assert len(done) > 5
    assert Counter(Entry.objects.filter(verb__in=RULE_OF, rules="").values_list("verb", flat=True)) == {}
