"""The ledger tree: appends, canonical events and proofs at a million entries. `python -m bench.merkle`."""

import json
import time
from collections.abc import Callable
from typing import Any

from yishiting.methods.merkle import Frontier, Tree, canonical, leaf_hash, verify_consistency, verify_inclusion
from yishiting.methods.merkle_audit import Checkpoint, Entry, first_bad_entry

N = 1_000_000
APPEND_GOAL, AUDIT_GOAL, PROOF_GOAL = 6.0, 20.0, 1.0


def measure() -> list[dict[str, Any]]:
    """CPU seconds on this machine; the append is leaf hash and tree node, the event's text is measured apart."""
    leaves: list[bytes] = []
    edge, tree = Frontier(), Tree()
    data = [f"event {k}".encode() for k in range(N)]

    def append() -> None:
        for item in data:
            leaf = leaf_hash(item)
            leaves.append(leaf)
            edge.append(leaf)

    rows = [_row("append 1 M leaves (hash and node)", _cpu(append), APPEND_GOAL, "methods.md: 6 s in pure Python")]
    events = [_event(k) for k in range(N // 10)]
    rows.append(_row("canonical form of 100 k events", _cpu(lambda: [canonical(e) for e in events]), PROOF_GOAL, ""))
    _cpu(lambda: [tree.append(leaf) for leaf in leaves])
    rows.append(_row("prove and verify 10 k entries of 1 M", _cpu(lambda: _prove(tree)), PROOF_GOAL, ""))
    point = [Checkpoint(N, tree.root())]
    exported = (Entry(k, leaf) for k, leaf in enumerate(leaves))
    rows.append(_row("audit an export of 1 M rows", _cpu(lambda: first_bad_entry(exported, point)), AUDIT_GOAL, ""))
    return rows


def _event(k: int) -> dict[str, Any]:
    return {"id": k, "by": "王书记", "action": "suggestion.merge", "object": f"建议-{k}", "detail": {"into": [1, 2, k]}}


def _prove(tree: Tree) -> None:
    root, old = tree.root(), tree.root(N // 3)
    for index in range(0, N, N // 10_000):
        assert verify_inclusion(tree.leaf(index), index, N, tree.inclusion(index), root)
    assert verify_consistency(N // 3, old, N, root, tree.consistency(N // 3))


def _cpu(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def _row(name: str, seconds: float, goal: float, against: str) -> dict[str, Any]:
    return {
        "name": name,
        "figure": round(seconds, 3),
        "unit": "s",
        "goal": goal,
        "met": seconds <= goal,
        "against": against,
    }


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=2))
