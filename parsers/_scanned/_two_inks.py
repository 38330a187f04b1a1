"""Ink of two colours, parted: a stamp, and what was written or typed below it.

What a line takes out of the light of its paper, channel by channel, has the same proportions however thin or
worn the ink is there (Beer and Lambert). Pixels of two proportions are two inks (two means: Lloyd, 1982);
each is looked at by itself.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_DARK = 45
"""How much of 255, of the darkest channel, a pixel takes out that tells its colour."""
_APART = 0.12
"""How far apart the proportions of two inks are; those of black and blue ink are at 0.2."""
_LEAST, _STEPS = 0.06, 12
"""How much of all ink the smaller part is at least; and steps in which the means are found."""


def parted(rgb: "Grey", ink: Any) -> list["Grey"]:
    """The pixels of each of two inks, 255 where they are; none where all is of one colour.

    Args:
        rgb: what was seen, `ink`: true where it is ink.
    """
    import cv2
    import numpy as np

    smooth = cv2.GaussianBlur(rgb, (0, 0), 1.0).astype(np.float32)
    paper = np.percentile(smooth.reshape(-1, 3)[~ink.ravel()], 60, axis=0) if (~ink).any() else 255.0
    taken = np.clip(paper - smooth, 0, None)
    telling = ink & (taken.max(axis=2) > _DARK)
    if telling.sum() < 50:
        return []
    shares = taken / np.maximum(taken.sum(axis=2, keepdims=True), 1)
    means = _means(shares[telling])
    away = [np.linalg.norm(shares - mean, axis=2) for mean in means]
    first = (away[0] < away[1]) & telling
    smaller = min(int(first.sum()), int((telling & ~first).sum()))
    if np.linalg.norm(means[0] - means[1]) < _APART or smaller < _LEAST * telling.sum():
        return []
    kernel = np.ones((3, 3), np.uint8)
    return [
        np.asarray(cv2.morphologyEx(part.astype(np.uint8) * 255, cv2.MORPH_CLOSE, kernel), np.uint8)
        for part in (first, telling & ~first)
    ]


def _means(shares: Any) -> Any:
    """Two means, begun at the ends of the longest axis."""
    import numpy as np

    middle = shares.mean(axis=0)
    axis = np.linalg.eigh(np.cov((shares - middle).T))[1][:, -1]
    along = (shares - middle) @ axis
    means = np.array(
        [shares[along <= np.percentile(along, 10)].mean(0), shares[along >= np.percentile(along, 90)].mean(0)]
    )
    for _ in range(_STEPS):
        near = np.linalg.norm(shares - means[0], axis=1) < np.linalg.norm(shares - means[1], axis=1)
        if near.all() or not near.any():
            break
        means = np.array([shares[near].mean(axis=0), shares[~near].mean(axis=0)])
    return means
