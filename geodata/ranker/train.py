#!/usr/bin/env python3
"""Learns the two tables of weights of toponyms, with the standard library only.

    python3 geodata/ranker/train.py names  LESSONS SHARED > src/mentions/names/weights.toml
    python3 geodata/ranker/train.py places LESSONS SHARED > src/places/weights.toml

LESSONS is the folder that the ignored test `lessons_are_written` fills (target/toponyms); SHARED has the
corpora with their gold (read here, never copied). `names` is a logistic regression over evidence, one
column with a parse and one without; `places` a choice among candidates (softmax). Both are checked by
five-fold cross-validation over texts, printed to standard error.
"""
import json
import math
import random
import re
import sys
import zlib
from collections import defaultdict
from pathlib import Path

CORPORA = ["gwn", "lgl", "geovirus_gn"]
# Reports annotated for their movements: our own, and the development ones. Names are learned from them too,
# each counted twice, for they are few and of the kind that is read most.
REPORTS = {"own": "tests/reports", "gold": "gold/dev"}
TWICE = 2
LEAST = 0.5
# Weights of the choice that no corpus gives: what the outlet's home says.
BY_HAND = {"by home": 2.0, "far from home": -0.3, "near home": 1.0}


def names_in(place):
    """A place of the reports as the corpora mark it: "Kursk" of "the Kursk region", "Chad" of "eastern Chad"."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", place["surface"])]
    capital = [w for w in words if not place["surface"][w[0]].islower()]
    whole = {**place}
    if not capital or len(capital) == len(words):
        return [whole]
    first, last = place["start"] + capital[0][0], place["start"] + capital[-1][1]
    return [whole, {**place, "start": first, "end": last}] if (first, last) != (place["start"], place["end"]) else [whole]


def gold_of(shared, name):
    rows = {}
    if name in REPORTS:
        folder = Path(__file__).resolve().parents[2] if name == "own" else Path(shared)
        for path in sorted((folder / REPORTS[name]).glob("*.json")):
            row = json.loads(path.read_text(encoding="utf-8"))
            rows[row["id"]] = [inner for place in row["places"] for inner in names_in(place)]
        return rows
    with open(Path(shared) / "geoparse" / f"{name}.dev.jsonl", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            rows[str(row["id"])] = row["toponyms"]
    return rows


def lessons_of(folder, name, what):
    with open(Path(folder) / f"{name}.{what}.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def fold_of(doc):
    return zlib.crc32(doc.encode()) % 5


# ---------------------------------------------------------------- names

def crossed(evidence):
    """The bias, the evidence, and each label and each sort of best entry beside every other piece of evidence."""
    heads = [k for k, _ in evidence if k.startswith(("label: ", "best: "))]
    rows = [("bias", 1.0)] + [tuple(e) for e in evidence]
    rows += [(f"{head} & {k}", v) for head in heads for k, v in evidence if not k.startswith(("label: ", "best: "))]
    if len(heads) == 2:
        rows.append((f"{heads[0]} & {heads[1]}", 1.0))
    return rows


def learn_binary(rows, epochs=14, rate=0.25, decay=1e-3):
    """Adagrad over (evidence, label) rows."""
    rng = random.Random(7)
    weights, squares = defaultdict(float), defaultdict(lambda: 1e-6)
    order = list(range(len(rows)))
    for _ in range(epochs):
        rng.shuffle(order)
        for i in order:
            evidence, label = rows[i]
            z = sum(weights[k] * v for k, v in evidence)
            p = 1 / (1 + math.exp(-max(-30, min(30, z))))
            g = p - label
            for k, v in evidence:
                d = g * v + decay * weights[k]
                squares[k] += d * d
                weights[k] -= rate * d / math.sqrt(squares[k])
    return weights


def kept(candidates, weights, least=LEAST):
    scored = []
    for start, end, evidence in candidates:
        z = sum(weights.get(k, 0.0) * v for k, v in crossed(evidence))
        p = 1 / (1 + math.exp(-max(-30, min(30, z))))
        if p >= least:
            scored.append((-p, start, end))
    spans = []
    for _, start, end in sorted(scored):
        if all(e <= start or end <= s for s, e in spans):
            spans.append((start, end))
    return spans


def names(folder, shared):
    docs = []
    for name in [*CORPORA, *REPORTS]:
        gold = gold_of(shared, name)
        for row in lessons_of(folder, name, "names"):
            docs.append((name, row["id"], row["parse"], row["candidates"], gold[row["id"]]))
    table = {}
    for parse in ("parsed", "plain"):
        chosen = [d for d in docs if d[2] == parse]
        if not chosen:
            continue

        def rows_of(docs):
            rows = []
            for name, _, _, candidates, gold in docs:
                spans = {(t["start"], t["end"]) for t in gold}
                for start, end, evidence in candidates:
                    rows += [(crossed(evidence), float((start, end) in spans))] * (TWICE if name in REPORTS else 1)
            return rows

        totals = defaultdict(lambda: [0, 0, 0, 0])
        for fold in range(5):
            weights = learn_binary(rows_of([d for d in chosen if fold_of(d[1]) != fold]), epochs=8)
            for name, doc, _, candidates, gold in chosen:
                if fold_of(doc) != fold:
                    continue
                spans = set(kept(candidates, weights))
                adjectives = {(t["start"], t["end"]) for t in gold if t.get("adj") and t.get("kind") != "x"}
                want = {(t["start"], t["end"]) for t in gold} - (adjectives - spans)
                t = totals[name]
                t[0] += len(spans & want)
                t[1] += len(spans)
                t[2] += len(want)
                t[3] += len(want & {(c[0], c[1]) for c in candidates})
        for name, (hit, said, want, reach) in totals.items():
            p, r = hit / max(1, said), hit / want
            print(f"{parse:7s} {name:12s} P {100*p:.1f} R {100*r:.1f} F1 {200*p*r/(p+r):.1f} (without adjectives), reachable {100*reach/want:.1f}",
                  file=sys.stderr)
        table[parse] = learn_binary(rows_of(chosen), epochs=14)
    print("# Weights of the judge of names: what each piece of evidence adds to the log odds that a candidate\n"
          "# names a place. Learned by geodata/ranker/train.py.")
    for parse in ("parsed", "plain"):
        weights = table.get(parse) or table["plain"]
        print(f"\n[{parse}]")
        for key in sorted(weights, key=lambda k: (k != "bias", k)):
            if abs(weights[key]) >= 0.05:
                print(f"{json.dumps(key)} = {weights[key]:.2f}")


# ---------------------------------------------------------------- places

def km(a, b, c, d):
    a, b, c, d = map(math.radians, (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def learn_choice(groups, epochs=12, rate=0.2, decay=1e-5):
    """Softmax over the candidates of a name; several may be right."""
    rng = random.Random(7)
    weights, squares = defaultdict(float), defaultdict(lambda: 1e-6)
    order = list(range(len(groups)))
    for _ in range(epochs):
        rng.shuffle(order)
        for i in order:
            group = groups[i]
            z = [sum(weights[k] * v for k, v in evidence) for evidence, _ in group]
            top = max(z)
            e = [math.exp(x - top) for x in z]
            total = sum(e)
            right = sum(x for x, (_, ok) in zip(e, group) if ok)
            gradient = defaultdict(float)
            for x, (evidence, ok) in zip(e, group):
                g = x / total - (x / right if ok else 0.0)
                if abs(g) > 1e-6:
                    for k, v in evidence:
                        gradient[k] += g * v
            for k, g in gradient.items():
                d = g + decay * weights[k]
                squares[k] += d * d
                weights[k] -= rate * d / math.sqrt(squares[k])
    return weights


def places(folder, shared):
    docs = []
    for name in [*CORPORA, *REPORTS]:
        gold = gold_of(shared, name)
        for row in lessons_of(folder, name, "places"):
            points = {(t["start"], t["end"]): t for t in gold[row["id"]] if t.get("lat") is not None}
            groups = []
            for start, end, candidates in row["names"]:
                t = points.get((start, end))
                if not t or not candidates:
                    continue
                group = [([tuple(e) for e in evidence], km(t["lat"], t["lon"], lat, lon) <= 161)
                         for lon, lat, evidence in candidates]
                groups.append(group)
            docs.append((name, row["id"], groups))

    def usable(docs):
        return [g for name, _, groups in docs for g in groups if any(ok for _, ok in g) and not all(ok for _, ok in g)
                for _ in range(TWICE if name in REPORTS else 1)]

    totals = defaultdict(lambda: [0, 0, 0])
    for fold in range(5):
        weights = learn_choice(usable([d for d in docs if fold_of(d[1]) != fold]), epochs=8)
        for name, doc, groups in docs:
            if fold_of(doc) != fold:
                continue
            for group in groups:
                best = max(range(len(group)), key=lambda i: sum(weights[k] * v for k, v in group[i][0]))
                t = totals[name]
                t[0] += group[best][1]
                t[1] += any(ok for _, ok in group)
                t[2] += 1
    for name, (hit, reach, n) in totals.items():
        print(f"places {name:12s} right {100*hit/n:.1f} reachable {100*reach/n:.1f} of {n}", file=sys.stderr)
    weights = learn_choice(usable(docs))
    print("# Weights of the choice among the places of one name. Learned by geodata/ranker/train.py, but for the rows\n"
          "# on the outlet's home, which no corpus gives: those stand there.\n\n[weights]")
    weights.update(BY_HAND)
    for key in sorted(weights):
        print(f"{json.dumps(key)} = {weights[key]:.3f}")


if __name__ == "__main__":
    {"names": names, "places": places}[sys.argv[1]](*sys.argv[2:4])
