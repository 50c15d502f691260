"""Where people stand: mean imputation, two principal components, and the correction for few answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yishiting.methods.opinions.table import MISSING

if TYPE_CHECKING:
    from numpy import bool_, float64, int8
    from numpy.typing import NDArray

#: A component that explains less than this part of the first explains nothing but rounding.
NOTHING = 1e-12


def positions(cells: NDArray[int8], set_aside: NDArray[bool_]) -> NDArray[float64]:
    """Coordinates (people × 2), the axes of greatest disagreement first.

    `cells` (people × statements) holds 1, 0, -1 or MISSING. A missing answer is given the mean of its statement, so it
    pulls nobody; a statement set aside counts as passed by everybody, as in Polis. A person who has answered few
    statements would sit near the middle for that reason alone: the position is multiplied by √(statements / answers).
    The rows are put in an order of their own first, so that the same answers give the same bits whoever comes first.
    """
    import numpy as np

    order = np.lexsort(cells.T[::-1])
    sorted_cells = np.where(set_aside, np.int8(0), cells[order])
    seen = sorted_cells != MISSING
    answers = np.where(seen, sorted_cells, 0).astype(np.float64)
    means = answers.sum(axis=0) / np.maximum(1, seen.sum(axis=0))
    centred = np.where(seen, answers - means, 0.0)
    scale = np.sqrt(cells.shape[1] / np.maximum(1, seen.sum(axis=1)))
    result = np.empty((len(cells), 2))
    result[order] = (centred @ components(centred).T) * scale[:, None]
    return result + 0.0


def components(centred: NDArray[float64]) -> NDArray[float64]:
    """The first two principal axes (2 × statements) of a centred table; an axis that explains nothing is all zeros.

    Taken from the smaller of the two product matrices. The sign, which is arbitrary, is set so that the heaviest
    statement of an axis points to agreement.
    """
    import numpy as np

    people, statements = centred.shape
    tall = people >= statements
    values, vectors = np.linalg.eigh(centred.T @ centred if tall else centred @ centred.T)
    axes = np.zeros((2, statements))
    for axis, column in enumerate(range(len(values) - 1, max(-1, len(values) - 3), -1)):
        if values[column] <= NOTHING * max(values[-1], NOTHING):
            break
        vector = vectors[:, column] if tall else centred.T @ vectors[:, column]
        axes[axis] = vector / np.linalg.norm(vector)
        heaviest = np.argmax(np.round(np.abs(axes[axis]), 9))
        axes[axis] *= np.sign(axes[axis][heaviest])
    return axes
