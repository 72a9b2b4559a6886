"""Whole numbers shared out in proportion."""

from __future__ import annotations

import numpy as np


def in_proportion(total: int, weights: np.ndarray) -> np.ndarray:
    """`total` in whole numbers in proportion to `weights`, by largest remainder; the parts sum to `total`."""
    shares = total * weights / weights.sum()
    whole: np.ndarray = np.floor(shares).astype(int)
    largest = np.argsort(-(shares - whole), kind="stable")[: total - whole.sum()]
    whole[largest] += 1
    return whole
