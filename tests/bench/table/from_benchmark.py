"""Google Benchmark's JSON on standard input as lines of ours.
    tessera_bench --benchmark_format=json | python3 from_benchmark.py WHO THREADS"""
import json
import re
import sys

who, threads = sys.argv[1:]
seconds_of = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}
text = sys.stdin.read()
for run in json.loads(text[text.index("{"):])["benchmarks"]:
    if run["run_type"] != "iteration":
        continue
    seconds = run["real_time"] * seconds_of[run["time_unit"]]
    name = re.sub("/real_time|/iterations:[0-9]+", "", run["run_name"])
    print(json.dumps({"case": name, "who": who, "threads": int(threads), "seconds": seconds,
                      "items": run.get("items_per_second", 1 / seconds) * seconds,
                      "bytes": run.get("bytes_per_second", 0) * seconds}))
