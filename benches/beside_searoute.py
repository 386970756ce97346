"""Beside others: lengths and times of searoute for the pairs that our example wrote.

    cargo run --release --example random_routes -- 1000 > routes.jsonl
    pip install searoute==1.6.0 && python benches/beside_searoute.py routes.jsonl
"""

import json
import math
import statistics
import sys
import time

import searoute as sr


def km(a, b):
    (x1, y1), (x2, y2) = ((math.radians(v) for v in p) for p in (a, b))
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def length(points):
    return sum(km(a, b) for a, b in zip(points, points[1:]))


def main():
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    found = [row for row in rows if row["km"] is not None]
    refused = len(rows) - len(found)
    sr.searoute([0, 50], [10, 60])  # opens its network
    times, ratios, worst = [], [], []
    for row in found:
        begun = time.perf_counter()
        feature = sr.searoute(row["from"], row["to"], units="km")
        times.append((time.perf_counter() - begun) * 1000)
        points = feature["geometry"]["coordinates"]
        if len(points) < 2 or km(row["from"], points[0]) > 20 or km(row["to"], points[-1]) > 20:
            continue
        # searoute gives the way from lane to lane: ours is from port to port.
        theirs = length(points) + km(row["from"], points[0]) + km(row["to"], points[-1])
        if theirs < 100:
            continue
        ratios.append(row["km"] / theirs)
        worst.append((row["km"] / theirs, row["names"], round(row["km"]), round(theirs)))
    ours = sorted(row["us"] / 1000 for row in found[1:])
    times.sort()

    def at(values, share):
        return values[min(int(len(values) * share), len(values) - 1)]

    print(f"{len(found)} found, {refused} refused; {len(ratios)} pairs whose ports lie within 20 km of searoute's lanes")
    print(f"ours: p50 {at(ours, 0.5):.3f} ms, p98 {at(ours, 0.98):.3f} ms; searoute: p50 {at(times, 0.5):.2f} ms, p98 {at(times, 0.98):.2f} ms")
    off = sorted(abs(r - 1) for r in ratios)
    print(f"length / searoute's: median {statistics.median(ratios):.4f}; off by {at(off, 0.5):.4f} in the median, {at(off, 0.9):.4f} at p90, {off[-1]:.4f} at most")
    worst.sort()
    for row in worst[:6] + worst[-12:]:
        print("  %.3f %s %d km, searoute %d km" % row)


if __name__ == "__main__":
    main()
