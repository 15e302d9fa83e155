#!/usr/bin/env python3
"""Times whole processes, from start to end, one after the other: one round of turns.
    python3 processes.py ROUND < LIST
LIST has one JSON object a line: {"case":..., "who":..., "threads":..., "items":..., "bytes":..., "command":...}, and "before",
what must be done before each run and is not timed. Round 0 does not count, and runs those alone that say "warm": true."""
import json
import subprocess
import sys
import tempfile
import time


def run(command):
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        done = subprocess.run(["bash", "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=said)
        seconds = time.perf_counter() - begin
        if done.returncode != 0:
            said.seek(0)
            raise RuntimeError(f"{command}: exit code {done.returncode}: {said.read().decode()[-400:]}")
    return seconds


def main(turn):
    for entry in [json.loads(line) for line in sys.stdin]:
        if turn == "0" and not entry.get("warm"):
            continue
        try:
            if "before" in entry:
                run(entry["before"])
            seconds = run(entry["command"])
        except RuntimeError as error:
            print(f"{entry['who']} is left out: {error}", file=sys.stderr)
            continue
        if turn != "0":
            told = {key: entry[key] for key in ("case", "who", "threads", "items", "bytes") if key in entry}
            print(json.dumps({**told, "seconds": round(seconds, 6)}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
