"""What the rows of scaling.csv come to: medians, speed-up, efficiency, and where the time goes."""
import csv
from collections import defaultdict
from statistics import median

from runs import COLUMNS


class Times:
    """Seconds of equal runs."""

    def __init__(self, seconds):
        self.median, self.least, self.most = median(seconds), min(seconds), max(seconds)

    def __str__(self):
        return f"{self.median:.3f} ({self.least:.3f} to {self.most:.3f})"


def read(files):
    rows = []
    for file in files:
        with open(file, newline="") as lines:
            table = csv.DictReader(lines)
            if table.fieldnames != COLUMNS:
                raise OSError(f"{file}: is not what slurm/scaling.sh writes")
            for row in table:
                for name in ("ranks", "threads", "hosts", "round", "trips", "messages", "bytes"):
                    row[name] = int(row[name])
                for name in ("seconds_max", "seconds_mean", "seconds_min"):
                    row[name] = float(row[name])
                rows.append(row)
    return rows


def select(rows, **wanted):
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def values_of(rows, name):
    return sorted({row[name] for row in rows})


def times_by_shape(rows, phase="wall", of="seconds_max"):
    """{(ranks, threads, hosts): Times}, in order."""
    seconds = defaultdict(list)
    for row in rows:
        if row["phase"] == phase:
            seconds[row["ranks"], row["threads"], row["hosts"]].append(row[of])
    return {shape: Times(each) for shape, each in sorted(seconds.items())}


def speed_up_table(rows, weak):
    """One row a shape: shape, cores asked for, times, speed-up, efficiency. In weak scaling the work grows with the ranks:
    speed-up counts trips a second."""
    times = times_by_shape(rows)
    if not times:
        return []
    base_shape, base = next(iter(times.items()))
    table = []
    for (ranks, threads, hosts), each in times.items():
        work = ranks / base_shape[0] if weak else 1
        cores = ranks * threads / (base_shape[0] * base_shape[1])
        speed_up = base.median / each.median * work
        table.append({"ranks": ranks, "threads": threads, "hosts": hosts, "cores": cores, "times": each,
                      "speed_up": speed_up, "efficiency": speed_up / cores})
    return table


NAMES = {"read": "read: parse", "files": "read: files"}
# Collectives that move trips or answers; the others agree on something, and are mostly waiting.
MOVING = {"exchange", "gather_to_root", "gather_from_some_to_root", "broadcast_patiently"}


def breakdown(rows):
    """{(ranks, threads, hosts): {part: mean seconds of a rank, median over rounds}}: what the launcher takes, MPI's start,
    each stage's own work, moving, waiting. The parts add up to the wall, but for the last rank's tail."""
    by_run = defaultdict(dict)
    for row in rows:
        by_run[row["ranks"], row["threads"], row["hosts"], row["round"]][row["phase"]] = row["seconds_mean"]
    parts = defaultdict(lambda: defaultdict(list))
    for (ranks, threads, hosts, _), phases in by_run.items():
        shares = {"launch": phases["launch"], "start of MPI": phases["start_mpi"]}
        moving = waiting = 0
        for phase, seconds in phases.items():
            stage, _, kind = phase.partition("/")
            if ":" in stage:  # of reading: the files; what is left is parsing
                stage, _, part = stage.partition(":")
                shares[part] = shares.get(part, 0) + seconds
                shares[stage] = shares.get(stage, 0) - seconds
                continue
            if stage in ("wall", "launch", "start_mpi", "all", "predicted"):
                continue
            if not kind:
                shares[stage] = shares.get(stage, 0) + seconds
            else:
                shares[stage] = shares.get(stage, 0) - seconds
                moving, waiting = (moving + seconds, waiting) if kind in MOVING else (moving, waiting + seconds)
        shares["exchange and merge"], shares["wait and agree"] = moving, waiting
        for part, seconds in shares.items():
            parts[ranks, threads, hosts][part].append(seconds)
    return {shape: {NAMES.get(part, part): max(0, median(seconds)) for part, seconds in each.items()}
            for shape, each in sorted(parts.items())}
