"""Mend a layer of neighbouring areas into a valid coverage on the grid its coordinates are printed on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

GRID = 1e-5
DECIMALS = 5


def mend(areas: pd.Series, *, pieces: bool = False) -> pd.Series:
    """Areas whose neighbours share exactly the same edges, on a grid of five decimals of a degree.

    Takes polygons in longitude and latitude indexed by area code; gives polygons with the same index.
    All boundaries are noded on the grid and cut the plane into faces; a face goes to the area that covers
    most of it, so no overlap is left, and a face that no area covers goes to the neighbour it shares the
    longest edge with, so no gap is left. Raises ValueError when an area would vanish or, unless `pieces`, fall apart.
    """
    valid = areas.map(shapely.make_valid)
    cut = faces(valid)
    owners = _fill_gaps(cut, _largest_overlap(cut, valid))
    mended = pd.Series(
        [_join(cut[owners == number]) for number in range(len(areas))], index=areas.index, name=areas.name
    )
    _refuse_unlawful(mended, pieces)
    return mended


def faces(areas: pd.Series) -> np.ndarray[Any, Any]:
    """The cells into which the boundaries of the areas, noded on the grid, cut the plane."""
    outlines = shapely.set_precision(shapely.boundary(areas.to_numpy()), GRID)
    noded = shapely.union_all(outlines, grid_size=GRID)
    return np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))


def outline(areas: pd.Series, *, pieces: bool = False) -> shapely.Geometry:
    """One shape around all the areas of a coverage; raises ValueError when they fall into pieces, unless `pieces`."""
    whole = shapely.coverage_union_all(areas.to_numpy())
    if whole.geom_type != "Polygon" and not pieces:
        raise ValueError("The areas do not form one piece.")
    return _printed(whole)


def _largest_overlap(cut: np.ndarray[Any, Any], areas: pd.Series) -> np.ndarray[Any, Any]:
    """For each face the position of the area covering most of it, or -1 where none covers half of it."""
    shares = np.array([shapely.area(shapely.intersection(cut, area)) for area in areas]) / shapely.area(cut)
    return np.where(shares.max(axis=0) >= 0.5, shares.argmax(axis=0), -1)


def _fill_gaps(cut: np.ndarray[Any, Any], owners: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    filled = owners.copy()
    for gap in np.flatnonzero(owners == -1):
        edges = shapely.length(shapely.intersection(shapely.boundary(cut), shapely.boundary(cut[gap])))
        filled[gap] = owners[np.where(owners == -1, -1.0, edges).argmax()]
    return filled


def _join(parts: np.ndarray[Any, Any]) -> shapely.Geometry:
    return _printed(shapely.coverage_union_all(parts))


def _printed(shape: shapely.Geometry) -> shapely.Geometry:
    """The shape with coordinates as they are printed, rings starting and turning the same way every time."""
    rounded = shapely.transform(shape, lambda points: np.round(points, DECIMALS))
    return shapely.orient_polygons(shapely.normalize(rounded), exterior_cw=False)


def _refuse_unlawful(areas: pd.Series, pieces: bool) -> None:
    lawful = (shapely.Polygon, shapely.MultiPolygon) if pieces else shapely.Polygon
    broken = [code for code, area in areas.items() if not isinstance(area, lawful) or area.is_empty]
    if broken:
        raise ValueError(f"These areas vanish or fall apart on the grid: {broken}.")
    if not (shapely.is_valid(areas.to_numpy()).all() and shapely.coverage_is_valid(areas.to_numpy())):
        raise ValueError("The mended areas do not share their edges exactly.")
