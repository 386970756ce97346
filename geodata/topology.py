"""Shared arcs of a coverage: each line between two pieces is kept once, so that borders agree.

The rule is TopoJSON's: a vertex is a node where the pieces around it change, which is where its
neighbours differ from one ring to the next; rings are cut at nodes; an arc is the same arc in
either direction.
"""

import numpy as np
import shapely

SCALE = 100_000  # units a degree: about one metre


def rings_of(polygon):
    """Rings with the land on their left: outer counter-clockwise, holes clockwise."""
    oriented = shapely.orient_polygons(polygon)
    for part in getattr(oriented, "geoms", [oriented]):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield from (part.exterior, *part.interiors)


def quantised(ring):
    """The ring's vertices as whole numbers, first not repeated at the end; None if it vanishes."""
    points = np.rint(np.asarray(ring.coords)[:, :2] * SCALE).astype(np.int64)
    points = points[np.any(points != np.roll(points, 1, axis=0), axis=1)]
    if len(points) < 3:
        return None
    x, y = points[:, 0], points[:, 1]
    area = np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)
    return points if area != 0 else None


def build(polygons):
    """(arcs, rings): arcs as lists of [x, y]; for each polygon its rings as signed arc numbers,
    n for arc n as it is and ~n for arc n reversed."""
    rings = []
    for piece, polygon in enumerate(polygons):
        for ring in rings_of(polygon):
            points = quantised(ring)
            if points is not None:
                rings.append((piece, points))
    keys = np.concatenate([points[:, 0] * 100_000_000 + points[:, 1] for _, points in rings])
    unique, ids = np.unique(keys, return_inverse=True)
    before, after = np.full(len(unique), -1), np.full(len(unique), -1)
    is_node = np.zeros(len(unique), dtype=bool)
    start = 0
    for _, points in rings:
        ring = ids[start : start + len(points)]
        start += len(points)
        previous, following = np.roll(ring, 1), np.roll(ring, -1)
        for vertex, p, f in zip(ring.tolist(), previous.tolist(), following.tolist()):
            b, a = before[vertex], after[vertex]
            if b == -1:
                before[vertex], after[vertex] = p, f
            elif not ((b == p and a == f) or (b == f and a == p)):
                is_node[vertex] = True
    arcs, numbers = [], {}
    of_piece = [[] for _ in polygons]
    start = 0
    for piece, points in rings:
        ring = ids[start : start + len(points)]
        start += len(points)
        nodes = np.flatnonzero(is_node[ring])
        turn = nodes[0] if len(nodes) else np.argmin(ring)
        ring, points = np.roll(ring, -turn), np.roll(points, -turn, axis=0)
        ring, points = np.append(ring, ring[0]), np.vstack([points, points[:1]])
        cuts = np.append((nodes - turn), len(ring) - 1) if len(nodes) else np.array([0, len(ring) - 1])
        signed = []
        for first, last in zip(cuts[:-1], cuts[1:]):
            line = ring[first : last + 1]
            forward, backward = line.tobytes(), line[::-1].tobytes()
            if forward in numbers:
                signed.append(numbers[forward])
            elif backward in numbers:
                signed.append(~numbers[backward])
            else:
                numbers[forward] = len(arcs)
                signed.append(len(arcs))
                arcs.append(points[first : last + 1].tolist())
        of_piece[piece].append(signed)
    return arcs, of_piece
