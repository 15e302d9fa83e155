#!/usr/bin/env python3
"""Medians of JSON lines, one row a case and thread count: what one wants to see while working.
    build-bench/tessera_race --store uber.h5 | python3 tests/bench/table/summary.py"""
import collections
import json
import statistics
import sys

taken = collections.defaultdict(list)
for line in sys.stdin:
    if not line.startswith("{"):
        print(line, end="")
        continue
    entry = json.loads(line)
    for word in ("agreement", "build_seconds"):
        if word in entry:
            print(f"{entry['case']:28} {entry['who']:12} {word} {entry[word]:.4f}")
    if "value" in entry:
        print(f"{entry['case']:28} {entry['who']:24} {entry['value']:.2f}")
    if "seconds" in entry:
        taken[entry["case"], entry["threads"], entry["who"]].append(entry["items"] / entry["seconds"])
ours = {}
for (case, threads, who), rates in taken.items():
    median = statistics.median(rates)
    if who == "ours":
        ours[case, threads] = median
    print(f"{case:28} {threads} thr {who:12} {median:12,.0f}/s ({min(rates):,.0f} to {max(rates):,.0f})"
          f"  ours/it {ours.get((case, threads), 0) / median:6.2f}")
