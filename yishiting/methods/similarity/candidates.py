"""Which pairs are worth a look: TF-IDF of runs of two and three characters, the nearest few of each text.

Runs found in more than max(0.2 %, 400) texts are dropped: they find everything, and without the cap the work grows
with the square of the number of texts. A bucket of the hashed runs may hold two of them; that makes a run look
slightly more frequent than it is. Up to 50,000 texts nothing is hashed.
"""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Share and number of texts above which a run of characters finds too much.
COMMON_SHARE = 0.002
COMMON = 400
NEAREST = 20
#: Texts whose runs are worked out at once: keeps the memory of a million texts below a gigabyte.
CHUNK = 50_000
_BITS = 24
_ODD = 0x9E3779B97F4A7C15  # the golden ratio in 64 bits: spreads consecutive code points
_WORD = 0xFFFFFFFFFFFFFFFF
_CHARACTER = 21  # bits of a Unicode code point


def _runs(texts: Sequence[str]) -> "tuple[NDArray[np.uint64], NDArray[np.int64]]":
    """(code of every run of two and three characters, number of runs of each text), in the order of the texts."""
    import numpy as np

    joined = "\0\0".join(texts) + "\0\0"
    points = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts)), lengths + 2)
    pairs = (points[:-2] << np.uint64(_CHARACTER)) | points[1:-1]
    triples = (pairs << np.uint64(_CHARACTER)) | points[2:]
    whole = (points[:-2] != 0) & (points[1:-1] != 0)
    wholes = np.concatenate([whole, whole & (points[2:] != 0)])
    codes = np.concatenate([pairs, triples])[wholes]
    owners = np.concatenate([owner[:-2], owner[:-2]])[wholes]
    order = np.argsort(owners, kind="stable")
    return codes[order], np.bincount(owners, minlength=len(texts))


def _buckets(codes: "NDArray[np.uint64]") -> "NDArray[np.uint32]":
    import numpy as np

    return ((codes * np.uint64(_ODD)) >> np.uint64(64 - _BITS)).astype(np.uint32)


class RunCounts:
    """In how many texts a run of two or three characters occurs: the counts of its bucket. About 0.5 µs a look."""

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        counts = np.zeros(1 << _BITS, dtype=np.int64)
        for start in range(0, len(texts), CHUNK):
            counts += np.bincount(_buckets(_runs(texts[start : start + CHUNK])[0]), minlength=1 << _BITS)
        self._counts = array("I", counts.astype(np.uint32).tobytes())

    def get(self, run: str, default: int = 0) -> int:
        """The count of a run; `default` for anything that is no run of two or three characters."""
        if not 2 <= len(run) <= 3:  # noqa: PLR2004 - only such runs are counted
            return default
        code = 0
        for character in run:
            code = (code << _CHARACTER) | ord(character)
        return self._counts[((code * _ODD) & _WORD) >> (64 - _BITS)]


def _columns(texts: Sequence[str]) -> "tuple[NDArray[Any], NDArray[np.int64]]":
    """(column of every run, number of runs of each text): exact for few texts, in buckets for many."""
    import numpy as np

    if len(texts) <= CHUNK:
        codes, counts = _runs(texts)
        return np.unique(codes, return_inverse=True)[1], counts
    parts = [_runs(texts[start : start + CHUNK]) for start in range(0, len(texts), CHUNK)]
    return np.concatenate([_buckets(part[0]) for part in parts]), np.concatenate([part[1] for part in parts])


def run_matrix(texts: Sequence[str]) -> Any:
    """TF-IDF of the runs of each text as a sparse matrix (texts × runs kept), rows of length 1 or empty.

    `texts` are normalised. Runs found once find nothing and are left out; so are the common ones.
    """
    import numpy as np
    from scipy import sparse

    buckets, counts = _columns(texts)
    frequency = np.bincount(buckets)
    useful = (frequency > 1) & (frequency <= max(COMMON, COMMON_SHARE * len(texts)))
    column = np.cumsum(useful, dtype=np.int32) - 1
    kept = useful[buckets]
    rows = np.repeat(np.arange(len(texts)), counts)[kept]
    columns = column[buckets[kept]]
    weights = (np.log1p(len(texts)) - np.log(frequency[useful])).astype(np.float32)[columns]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(texts)))])
    matrix = sparse.csr_matrix((weights, columns, starts), shape=(len(texts), int(useful.sum())))
    matrix.sum_duplicates()
    return _unit_rows(matrix)


def _unit_rows(matrix: Any) -> Any:
    import numpy as np

    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    lengths = np.sqrt(np.where(squares > 0, squares, 1.0)).astype(np.float32)
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    return matrix


def nearest_pairs(
    texts: Sequence[str], nearest: int = NEAREST, least: float = 0.1
) -> "tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]":
    """Pairs (a < b) of positions in `texts` and their cosine, ≥ `least`, the `nearest` of each text; each pair once.

    `texts` are normalised. At a million texts of twenty characters: under a minute of one core.
    """
    import numpy as np

    if len(texts) < 2:  # noqa: PLR2004 - a pair needs two
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32)
    from sparse_dot_topn import sp_matmul_topn

    matrix = run_matrix(texts)
    near = sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=nearest + 1, threshold=least, n_threads=1).tocoo()
    low, high = np.minimum(near.row, near.col), np.maximum(near.row, near.col)
    distinct = low < high
    keys = low[distinct].astype(np.int64) * len(texts) + high[distinct]
    keys, where = np.unique(keys, return_index=True)
    cosines = near.data[distinct][where]
    return (keys // len(texts)).astype(np.int32), (keys % len(texts)).astype(np.int32), cosines
