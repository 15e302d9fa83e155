"""Reads what --timings tells on standard error."""
import re

COLUMNS = ("calls", "messages", "bytes", "most_messages", "most_bytes")
ROW = re.compile(r"(?P<stage>\w+)? +(?P<collective>[a-z_]+)? *(?P<seconds>\d+\.\d{3}) +(?P<calls>[\d,]+)  \| +"
                 r"(?P<messages>[\d,]+) +(?P<bytes>[\d,]+)  \| +(?P<most_messages>[\d,]+) +(?P<most_bytes>[\d,]+)")
BATCHES = re.compile(r"(\w+): ([\d,]+) batches, ([\d,]+) questions; a batch takes ([\d.]+) messages, ([\d.]+) bytes")


def number(text):
    return int(text.replace(",", ""))


def read_timings(err):
    """{stage: {"seconds": s, "all": {...}, COLLECTIVE: {...}}}; a stage with batches has "batches" (how many) and
    "batch_messages", "batch_bytes" (of one, on average)."""
    stages, stage = {}, None
    for line in err.splitlines():
        batches = BATCHES.fullmatch(line)
        if batches:
            stages[batches[1]] |= {"batches": number(batches[2]), "batch_messages": float(batches[4]),
                                   "batch_bytes": float(batches[5])}
            continue
        row = ROW.fullmatch(line)
        if not row:
            continue
        if row["stage"]:
            stage = stages[row["stage"]] = {"seconds": float(row["seconds"])}
        stage[row["collective"] or "all"] = {name: number(row[name]) for name in COLUMNS}
    return stages
