"""Moments of a run at which something may happen, chosen by what a run without faults does: its MPI calls, and what it reads,
writes, syncs and renames, in order. They follow from the program alone, not from the clock."""

import re

NUMBER = re.compile(r"(\.partial|\.tessera-doctor)-\w+")  # of the process, or by chance: another one in each run


class Deeds:
    """The shim's logs of one run: rank -> (deed, object), in order."""

    def __init__(self, log, ranks, folder):
        self.of_rank = []
        for rank in range(ranks):
            with open(f"{log}.{rank}", encoding="utf-8") as file:
                lines = [NUMBER.sub(r"\1", line.replace(folder + "/", "")).split() for line in file]
            # Metrics are written by the clock: how often is chance. And each run's folder has a name of its own.
            self.of_rank.append([(deed, thing) for deed, thing, _ in lines if "m.prom" not in thing and thing != folder])

    def mpi_calls(self, rank):
        return [thing for deed, thing in self.of_rank[rank] if deed == "mpi"]

    def count(self, rank, deed, part):
        return sum(1 for each, thing in self.of_rank[rank] if each == deed and part in thing)


def moments_of(deeds, command):
    """(name, rank, "DEED OBJECT NTH") of the chosen ones: each rank position takes its turn."""
    last = len(deeds.of_rank) - 1
    chosen = [("before MPI_Init", last, "mpi Init 1"), ("after MPI_Init", 0, "mpi * 2"), ("before MPI_Finalize", last, "mpi Finalize 1")]
    for number, quarter in enumerate((1, 2, 3)):
        rank = (0, last)[number % 2]
        chosen.append((f"at {25 * quarter} % of the collectives", rank, f"mpi * {len(deeds.mpi_calls(rank)) * quarter // 4}"))
    if command.name == "ingest":
        chosen.append(("exchanging trips", last, "mpi Waitall 1"))
    for name, deed, part in (("reading", "read", command.reads), ("writing", "write", "partial"),
                             ("syncing", "sync", "partial"), ("giving the name", "rename", "")):
        for rank in (last, 0):
            if part is not None and (count := deeds.count(rank, deed, part)):
                chosen.append((name, rank, f"{deed} {part or '*'} {(count + 1) // 2}"))
                break
    return chosen


def every_moment(deeds, step):
    """Each rank's every step-th MPI call and every file call, for the sweep by hand."""
    for rank in range(len(deeds.of_rank)):
        met = {}
        for number, (deed, thing) in enumerate(deeds.of_rank[rank]):
            key = deed, "*" if deed == "mpi" else thing
            met[key] = met.get(key, 0) + 1
            if number % step == 0:
                yield f"{deed} {thing}", rank, f"{deed} {key[1]} {met[key]}"
