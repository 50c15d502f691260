"""The ledger's tree: one byte string per event, proofs that verify, and no change that goes unseen."""

import json
import unicodedata
from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    canonical,
    commitment,
    event_hash,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from yishiting.methods.merkle_audit import Checkpoint, Entry, Fault, first_bad_entry, first_difference

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
NFC_KEYS = st.dictionaries(TEXT.map(lambda text: unicodedata.normalize("NFC", text)), VALUES, max_size=5)


def leaves(n: int) -> list[bytes]:
    return [leaf_hash(str(k).encode()) for k in range(n)]


def rfc_head(data: list[bytes]) -> bytes:
    """MTH as RFC 6962 writes it down, over leaf hashes."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return data[0]
    k = 1
    while k * 2 < len(data):
        k *= 2
    return node_hash(rfc_head(data[:k]), rfc_head(data[k:]))


def reordered(value):
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


# ── Canonical form ──


def no_clashing_keys(value):
    if isinstance(value, dict):
        names = {unicodedata.normalize("NFC", key) for key in value}
        return len(names) == len(value) and all(map(no_clashing_keys, value.values()))
    return all(map(no_clashing_keys, value)) if isinstance(value, list) else True


@given(NFC_KEYS)
def test_the_order_of_keys_does_not_matter_and_the_form_is_json(event):
    assume(no_clashing_keys(event))
    written = canonical(event)
    assert written == canonical(reordered(event)) == canonical(json.loads(written))


def test_composed_and_decomposed_letters_are_one_text():
    assert canonical({"e\u0301": "\u00e9", "b": "\n\u0303"}) == canonical({"b": "\n\u0303", "\u00e9": "e\u0301"})
    assert canonical({"名": "议事", "b": 1}) == '{"b":1,"名":"议事"}'.encode()


@pytest.mark.parametrize(
    "event",
    [
        {"a": 0.5},
        {"a": {"b": [1, float("nan")]}},
        {1: "one"},
        {"e\u0301": 1, "\u00e9": 2},
        {"a": "\ud800"},
        {"a": {1, 2}},
        {"a": b"bytes"},
    ],
)
def test_what_has_no_single_form_is_refused(event):
    with pytest.raises(Unusable):
        canonical(event)


def test_the_refusal_names_the_place():
    with pytest.raises(Unusable, match=r"预算\.合计"):
        canonical({"预算": {"合计": 1.5}})


def test_a_commitment_needs_salt_and_hides_the_value():
    assert commitment("李明", b"s" * 16) != commitment("李明", b"t" * 16)
    with pytest.raises(Unusable):
        commitment("李明", b"short")


# ── Tree and proofs ──


def test_known_heads_of_the_certificate_transparency_tests():
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    tree = Tree(leaf_hash(bytes.fromhex(data)) for data in inputs)
    assert tree.root(1).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert tree.root(3).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    assert tree.root(8).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert tree.root(0) == EMPTY_ROOT


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 70])
def test_edge_and_tree_have_the_head_of_the_definition(n):
    data = leaves(n)
    edge = Frontier()
    edge.extend(data)
    assert edge.root() == Tree(data).root() == rfc_head(data)


@given(st.integers(0, 200), st.integers(0, 200))
def test_an_edge_taken_out_of_storage_goes_on_growing(before, after):
    data = leaves(before + after)
    edge = Frontier()
    edge.extend(data[:before])
    kept = Frontier.from_dict(json.loads(json.dumps(edge.as_dict())))
    kept.extend(data[before:])
    assert kept.root() == rfc_head(data)


def test_a_broken_edge_is_refused():
    for kept in ({"size": 3, "peaks": ["00" * 32]}, {"size": 1, "peaks": ["00"]}):
        with pytest.raises(Unusable):
            Frontier.from_dict(kept)
    for tree in (Frontier(), Tree()):
        with pytest.raises(Unusable):
            tree.append(b"short")


def test_every_inclusion_proof_up_to_forty_verifies_and_fits_no_other_place():
    for n in range(1, 41):
        tree = Tree(leaves(n))
        for index in range(n):
            path = tree.inclusion(index)
            assert verify_inclusion(tree.leaf(index), index, n, path, tree.root())
            assert not verify_inclusion(tree.leaf(index), (index + 1) % n, n, path, tree.root()) or n == 1


def test_every_consistency_proof_up_to_forty_verifies():
    tree = Tree(leaves(40))
    for second in range(41):
        for first in range(second + 1):
            path = tree.consistency(first, second)
            assert verify_consistency(first, tree.root(first), second, tree.root(second), path)


@given(st.data(), st.integers(2, 300))
def test_any_changed_byte_in_a_proof_is_found(data, n):
    tree = Tree(leaves(n))
    index = data.draw(st.integers(0, n - 1))
    parts = [tree.leaf(index), tree.root(), *tree.inclusion(index)]
    part = data.draw(st.integers(0, len(parts) - 1))
    parts[part] = _flip(parts[part], data)
    leaf, root, *path = parts
    assert not verify_inclusion(leaf, index, n, path, root)


@given(st.data(), st.integers(2, 300))
def test_any_changed_byte_in_a_consistency_proof_is_found(data, second):
    tree = Tree(leaves(second))
    first = data.draw(st.integers(1, second - 1))
    parts = [tree.root(first), tree.root(second), *tree.consistency(first, second)]
    part = data.draw(st.integers(0, len(parts) - 1))
    parts[part] = _flip(parts[part], data)
    old, new, *path = parts
    assert not verify_consistency(first, old, second, new, path)


@given(st.data(), st.integers(1, 100), st.integers(1, 100))
def test_a_rewritten_history_has_no_consistency_proof(data, first, more):
    honest = leaves(first + more)
    forged = list(honest)
    forged[data.draw(st.integers(0, first - 1))] = leaf_hash(b"forged")
    false_tree = Tree(forged)
    path = false_tree.consistency(first)
    assert not verify_consistency(first, Tree(honest).root(first), first + more, false_tree.root(), path)


@given(st.integers(0, 60), st.integers(0, 60), st.lists(st.binary(min_size=32, max_size=32), max_size=8))
def test_wrong_proofs_are_answered_not_raised(a, b, path):
    assert not verify_inclusion(leaf_hash(b"x"), a, b, path, leaf_hash(b"y"))
    assert not verify_consistency(a, leaf_hash(b"x"), b, leaf_hash(b"y"), path)


def test_a_proof_outside_the_tree_is_refused():
    tree = Tree(leaves(3))
    for ask in (lambda: tree.inclusion(3), lambda: tree.consistency(2, 4), lambda: tree.root(4), lambda: tree.leaf(-1)):
        with pytest.raises(Unusable):
            ask()


def _flip(part: bytes, data) -> bytes:
    at = data.draw(st.integers(0, len(part) - 1))
    return part[:at] + bytes([part[at] ^ data.draw(st.integers(1, 255))]) + part[at + 1 :]


# ── Auditing an export ──


def export(n: int, *, roots: bool = False) -> list[Entry]:
    edge, rows = Frontier(), []
    for k in range(n):
        event = {"id": k, "action": "建议.受理", "salt": f"{k:032x}"}
        edge.append(event_hash(event))
        rows.append(Entry(k, event_hash(event), event, edge.root() if roots else None))
    return rows


def points(rows: list[Entry], *sizes: int) -> list[Checkpoint]:
    tree = Tree(row.leaf for row in rows)
    return [Checkpoint(size, tree.root(size), f"第{size}天") for size in sizes]


def forged(row: Entry, *, rehash: bool, root: bytes | None = None) -> Entry:
    event = {**row.event, "action": "建议.不予受理"}
    return Entry(row.index, event_hash(event) if rehash else row.leaf, event, root or row.root)


@given(st.integers(0, 40), st.data())
def test_an_honest_export_passes(n, data):
    rows = export(n, roots=data.draw(st.booleans()))
    sizes = data.draw(st.lists(st.integers(0, n), max_size=4))
    assert first_bad_entry(rows, points(rows, *sizes), [row.leaf for row in rows[: n // 2]]) is None


@given(st.integers(1, 40), st.data())
def test_a_changed_row_is_named(n, data):
    rows = export(n)
    at = data.draw(st.integers(0, n - 1))
    rows[at] = forged(rows[at], rehash=False)
    bad = first_bad_entry(rows)
    assert (bad.fault, bad.index) == (Fault.CHANGED, at)
    assert f"第 {at + 1} 条" in bad.sentence


@given(st.integers(1, 40), st.data())
def test_a_changed_and_rehashed_row_is_named_by_the_kept_roots(n, data):
    rows = export(n, roots=True)
    at = data.draw(st.integers(0, n - 1))
    rows[at] = forged(rows[at], rehash=True)
    bad = first_bad_entry(rows)
    assert (bad.fault, bad.index) == (Fault.CHANGED, at)


@given(st.integers(2, 40), st.data())
def test_a_rewritten_ledger_is_placed_between_two_checkpoints(n, data):
    honest = export(n)
    low = data.draw(st.integers(0, n - 1))
    high = data.draw(st.integers(low + 1, n))
    at = data.draw(st.integers(low, high - 1))
    rows = list(honest)
    rows[at] = forged(rows[at], rehash=True)
    bad = first_bad_entry(rows, points(honest, low, high))
    assert bad.fault is Fault.FORK
    assert (bad.low, bad.high) == (low, high)
    witnessed = first_bad_entry(rows, points(honest, low, high), [row.leaf for row in honest])
    assert (witnessed.fault, witnessed.index) == (Fault.FORK, at)


@given(st.integers(2, 40), st.data())
def test_a_deleted_tail_is_named(n, data):
    rows = export(n)
    kept = data.draw(st.integers(0, n - 1))
    bad = first_bad_entry(rows[:kept], points(rows, n))
    assert (bad.fault, bad.index, bad.high) == (Fault.TRUNCATED, kept, n)


@given(st.integers(2, 40), st.data())
def test_a_row_taken_out_is_named(n, data):
    rows = export(n)
    at = data.draw(st.integers(0, n - 2))
    bad = first_bad_entry(rows[:at] + rows[at + 1 :])
    assert (bad.fault, bad.index) == (Fault.MISSING, at)


@given(st.integers(1, 40), st.data())
def test_a_replayed_row_is_named(n, data):
    rows = export(n)
    again = rows[data.draw(st.integers(0, n - 1))]
    for copy in (again, Entry(n, again.leaf, again.event)):
        bad = first_bad_entry([*rows, copy])
        assert (bad.fault, bad.index) == (Fault.REPLAYED, n)


def test_two_heads_of_one_size_are_a_fork():
    rows = export(5)
    bad = first_bad_entry(rows, [*points(rows, 5), Checkpoint(5, leaf_hash(b"other"), "公示栏")])
    assert bad.fault is Fault.FORK
    assert "公示栏" in bad.sentence


def test_a_false_empty_head_is_a_fork():
    assert first_bad_entry([], [Checkpoint(0, leaf_hash(b""))]).fault is Fault.FORK


def test_a_withheld_row_counts_by_its_hash():
    rows = export(6)
    rows[2] = Entry(2, rows[2].leaf)
    assert first_bad_entry(rows, points(rows, 6)) is None


@given(st.lists(st.integers(0, 3), max_size=8), st.lists(st.integers(0, 3), max_size=8))
def test_the_first_difference_is_the_end_of_the_common_beginning(a, b):
    at = first_difference(map(leaf_of, a), map(leaf_of, b))
    assert (at is None) == (a == b)
    if at is not None:
        assert a[:at] == b[:at]
        assert a[at : at + 1] != b[at : at + 1]


def leaf_of(k: int) -> bytes:
    return leaf_hash(bytes([k]))
