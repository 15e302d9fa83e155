"""Measures `answer` and `replay` as whole processes; the section `serve` prepares what it needs.
    python3 requests.py BINARY STORE FOLDER [SECTION...]     (SECTION: NAME-RANKSxTHREADS, as in stream-1x2)
FOLDER holds mixed.jsonl (100 requests) and nearest.jsonl (200,000)."""
import csv
import os
import re
import statistics
import subprocess
import sys
import time

from answering import Job, answer_file, command, percentile, ranks_of, read_metric, resident_mib, spread

ROUNDS = 5
DEFAULT = ("mixed-1x2", "stream-1x1", "stream-1x2", "stream-2x1", "alone-1x1", "alone-2x1", "memory-1x2", "memory-2x1",
           "replay-1x2", "replay-2x1")


def measure_mixed(binary, store, folder, shape):
    requests, metrics = f"{folder}/mixed.jsonl", f"{folder}/mixed.prom"
    hot, first, phases, resident = [], [], {"load": [], "index": []}, []
    for _ in range(ROUNDS):
        count, seconds = answer_file(binary, shape, store, requests, "--repeat", 20, "--batch", 100, "--metrics", metrics)
        hot.append(seconds * 1000 / (count / 100))
        for labels, took in read_metric(metrics, "tessera_phase_duration_seconds").items():
            for name in phases:
                if f'"{name}"' in labels:
                    phases[name].append(took)
        resident.append(sum(read_metric(metrics, "tessera_rank_resident_memory_bytes").values()))
        first.append(answer_file(binary, shape, store, requests, "--batch", 100)[1] * 1000)
    told = subprocess.run([binary, "info", store], check=True, capture_output=True, text=True).stdout
    trips = int(re.search(r"^trips +([\d,]+)", told, re.MULTILINE)[1].replace(",", ""))
    print(f"100 mixed requests, ms: hot {spread(hot)}; first pass {spread(first)}")
    print(f"{trips:,} trips: load {spread(phases['load'], 2)} s, index {spread(phases['index'], 2)} s, resident "
          f"{statistics.median(resident) / 2**20:,.0f} MiB, {statistics.median(resident) / trips:.0f} bytes a trip")


def measure_stream(binary, store, folder, shape):
    rates = []
    for _ in range(ROUNDS):
        count, seconds = answer_file(binary, shape, store, f"{folder}/nearest.jsonl")
        rates.append(count / seconds)
    print(f"nearest, k 10, one hour: {spread(rates, 0)} requests/s")


def read_inside(path):
    """(operation, micros in queue and of work together) of each request but the first."""
    with open(path) as text:
        return [(row["op"], float(row["queue_micros"]) + float(row["work_micros"])) for row in csv.DictReader(text)][1:]


def tell_alone(what, micros, size):
    rounds = [micros[i:i + size] for i in range(0, len(micros), size)]
    print(f"{what}, us: p50 {spread([percentile(r, .5) for r in rounds], 0)}, "
          f"p99 {spread([percentile(r, .99) for r in rounds], 0)}; "
          f"all {len(micros)}: p99 {percentile(micros, .99):,.0f}, max {max(micros):,.0f}")


def measure_alone(binary, store, folder, shape):
    """Each request is sent when the answer to the one before has been read, and some time has passed."""
    plans = [("nearest", 2, 500), ("mixed", 2, 500), ("nearest", 50, 40), ("mixed", 50, 40)]
    lines = {name: open(f"{folder}/{name}.jsonl", "rb").readlines() for name in ("nearest", "mixed")}
    latency = f"{folder}/latency.csv"
    job = Job(binary, shape, store, "--latency", latency)
    outside, order = {plan: [] for plan in plans}, []
    for turn in range(ROUNDS):
        for plan in plans:
            name, gap_ms, count = plan
            for i in range(count):
                time.sleep(gap_ms / 1000)
                outside[plan].append(job.ask(lines[name][(turn * count + i) % len(lines[name])]))
            order += [plan] * count
    before = job.cpu_seconds()
    time.sleep(10)
    idle = [(b - a) * 10 for a, b in zip(before, job.cpu_seconds())]
    job.end()
    inside = read_inside(latency)
    for plan in plans:
        name, gap_ms, count = plan
        mine = [cost for cost, of in zip(inside, order) if of == plan]
        tell_alone(f"{name} every {gap_ms} ms, in the program", [micros for _, micros in mine], count)
        tell_alone(f"{name} every {gap_ms} ms, at the client", outside[plan], count)
        for operation in ("nearest", "range", "aggregate") if name == "mixed" else ():
            of_it = [micros for op, micros in mine if op == operation]
            print(f"    {operation}: p50 {percentile(of_it, .5):,.0f}, p99 {percentile(of_it, .99):,.0f}")
    print("idle, percent of a core over 10 s, by rank: " + ", ".join(f"{share:.1f}" for share in idle))


def measure_memory(binary, store, folder, shape):
    """What ranks hold early, half-way and at the end of a million requests."""
    metrics = f"{folder}/memory.prom"
    if os.path.exists(metrics):
        os.remove(metrics)  # it comes when requests are about to be answered
    process = subprocess.Popen(command(binary, shape, "answer", store, "--requests", f"{folder}/nearest.jsonl", "--repeat",
                                       5, "--output", "/dev/null", "--metrics", metrics), stderr=subprocess.DEVNULL)
    while not os.path.exists(metrics) and process.poll() is None:
        time.sleep(0.01)
    ranks, samples = ranks_of(process.pid, binary), []
    while process.poll() is None:
        try:
            samples.append([resident_mib(rank) for rank in ranks])
        except (FileNotFoundError, IndexError):
            break
        time.sleep(0.02)
    if process.wait() != 0 or len(samples) < 50:
        raise SystemExit(f"{len(samples)} samples, exit code {process.returncode}")
    for rank in range(len(ranks)):
        of_rank = [sample[rank] for sample in samples if all(sample)]
        marks = [of_rank[int(share * (len(of_rank) - 1))] for share in (0.03, 0.5, 0.97)]
        print(f"1,000,000 requests, rank {rank}, MiB at the start, half, end: "
              + ", ".join(f"{mark:,.1f}" for mark in marks))


def measure_replay(binary, store, folder, shape):
    said = re.compile(r"replayed ([\d,]+) windows, ([\d,]+) trips in ([\d.]+) s")
    windows, trips = [], []
    for _ in range(ROUNDS):
        done = subprocess.run(command(binary, shape, "replay", store, "--speed", "0", "--every", "60s", "--output",
                                      f"{folder}/windows.jsonl"), stderr=subprocess.PIPE, text=True, check=True)
        found = said.search(done.stderr)
        seconds = float(found[3])
        windows.append(int(found[1].replace(",", "")) / seconds)
        trips.append(int(found[2].replace(",", "")) / seconds / 1e6)
    print(f"replay, windows of a minute: {spread(windows, 0)} windows/s, {spread(trips, 2)} million trips/s")


if __name__ == "__main__":
    for section in sys.argv[4:] or DEFAULT:
        name, _, shape = section.partition("-")
        ranks, threads = map(int, shape.split("x"))
        print(f"-- {name}, {ranks} rank x {threads} thread", flush=True)
        globals()["measure_" + name](*sys.argv[1:4], (ranks, threads))
        sys.stdout.flush()
