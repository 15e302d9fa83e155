"""The rows of the table: the bars, and which figures they are about."""
import dataclasses

INGEST_PEERS = [("DuckDB", "table of 12 columns")]
OLDER_PEERS = [("DuckDB 1.5", "table of 12 columns")]  # by which the bar was set


@dataclasses.dataclass
class Bar:
    """`ours` (a case and threads) is at least `least` times as fast as the best of the peers. Peers of other cases, or a
    choice of them, are named in `peers` as (who, case)."""
    work: str
    section: str
    case: str
    threads: int
    least: float
    unit: str  # what is shown: "MB/s", "M/s", "k/s", "ms", "s"
    peers: list = None
    who: str = "ours"
    peer_threads: int = None
    peer_section: str = None


@dataclasses.dataclass
class Limit:
    """A value that must not exceed `most`."""
    work: str
    section: str
    case: str
    most: float
    unit: str
    threads: int = None  # of a figure that was taken in turns; in seconds


def ingest():
    work = "yellow CSV to a synced store, "
    yield Bar(work + "1 x 1", "ingest", "1 rank x 1 thread", 1, 5, "MB/s", INGEST_PEERS)
    yield Bar(work + "1 x 2", "ingest", "1 rank x 2 thread", 2, 5, "MB/s", INGEST_PEERS)
    yield Bar(work + "1 x 1, beside DuckDB 1.5", "ingest", "1 rank x 1 thread", 1, 5, "MB/s", OLDER_PEERS)
    yield Bar(work + "1 x 2, beside DuckDB 1.5", "ingest", "1 rank x 2 thread", 2, 5, "MB/s", OLDER_PEERS)
    yield Bar(work + "1 x 2", "ingest", "1 rank x 2 thread", 2, 0.4, "MB/s", [("bare parser", "yellow")])
    yield Bar(work + "2 x 1 beside 1 x 2", "ingest", "2 rank x 1 thread", 2, 0.9, "MB/s", [("ours", "1 rank x 2 thread")])
    yield Bar("from .csv.gz, 2 threads, beside inflating alone", "gzip", "to a store", 2, 0.9, "MB/s",
              [(who + ", which we use,", "inflating alone") for who in ("zlib", "ISA-L", "libdeflate")], peer_threads=1)


def loops():
    for case in ("hour x weekday", "200 m grid", "classic"):
        for threads in (1, 2):
            yield Bar(f"{case}, {threads} thread", "loops", case, threads, 6, "ms", [("DuckDB", case)])
            yield Bar(f"{case}, {threads} thread", "loops", case, threads, 1 / 1.6, "ms", [("bare loop", case)])
    for case in ("hour x weekday", "200 m grid", "classic"):
        yield Bar(f"{case}, whole process, cold", "cold", f"{case}, cold", 2, 1, "ms")


def nearest():
    for order in ("unsorted", "curve"):
        for threads in (1, 2):
            yield Bar(f"nearest pick-ups, {order}, {threads} thread", "nearest", f"nearest pickup {order}", threads, 2, "k/s")
    for order in ("unsorted", "curve"):
        for threads in (1, 2):
            yield Bar(f"nearest drop-offs, {order}, {threads} thread", "dropoff", f"nearest dropoff {order}", threads, 2, "k/s")
    case = "nearest-hour pickup unsorted"
    for threads in (1, 2):
        yield Bar(f"nearest in an hour, 3.5 million, {threads} thread", "windows", case, threads, 1.5, "k/s")
    for threads in (1, 2):
        yield Bar(f"nearest in an hour, 20 million in a month, {threads} thread", "windows", "20 million, " + case, threads, 5,
                  "k/s")
    for task in ("count", "rows"):
        for threads in (1, 2):
            yield Bar(f"500 m box x one hour, {task}, {threads} thread", "range", f"{task} pickup unsorted", threads, 2, "k/s")


def answers():
    yield Bar("100 mixed requests, 2 threads, JSON included", "requests", "mixed", 2, 20, "ms")
    yield Bar("100 mixed requests of a fifth of the trips", "sedona", "mixed", 2, 20, "ms")
    yield Limit("index ready, once read, 2 threads", "ready", "index ready", 0.15, "s", 2)
    yield Limit("store, bytes a trip", "memory", "on disk", 60, "bytes a trip")
    yield Limit("in memory with the index, bytes a trip", "memory", "in memory", 80, "bytes a trip")


ROWS = [*ingest(), *loops(), *nearest(), *answers()]
