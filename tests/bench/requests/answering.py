"""Runs `tessera answer`: over a file, to the end, or as a job that stays and is given lines."""
import json
import os
import re
import statistics
import subprocess
import time

SUMMARY = re.compile(r"^([\d,]+) requests in ([\d.]+) s")


def command(binary, shape, *arguments):
    """shape: (ranks, threads). One rank needs no mpirun, which would hand its input and output on by itself, slowly."""
    ranks, threads = shape
    start = [] if ranks == 1 else ["mpirun", "-n", str(ranks), "--oversubscribe", "--bind-to", "none"]
    return [*start, binary, *map(str, arguments), "--threads", str(threads)]


def spread(values, digits=1):
    """'12.1 (11.9 to 12.4)': the median, the least and the most."""
    show = "{:,.%df}" % digits
    return "%s (%s to %s)" % tuple(show.format(v) for v in (statistics.median(values), min(values), max(values)))


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def answer_file(binary, shape, store, requests, *options):
    """Requests and seconds, as the program tells them."""
    done = subprocess.run(command(binary, shape, "answer", store, "--requests", requests, "--output", "/dev/null", *options),
                          capture_output=True, text=True, check=True)
    for line in done.stderr.splitlines():
        if found := SUMMARY.match(line):
            return int(found[1].replace(",", "")), float(found[2])
    raise SystemExit("no summary in: " + done.stderr)


def read_metric(path, name):
    """{labels: value} of a metric in a --metrics file."""
    found = {}
    with open(path) as lines:
        for line in lines:
            if line.startswith(name + "{"):
                labels, value = line[len(name):].rsplit(" ", 1)
                found[labels] = float(value)
    return found


class Job:
    """An `answer` that lives: it gets lines by a pipe and gives its answers to another."""

    def __init__(self, binary, shape, store, *options):
        self.process = subprocess.Popen(command(binary, shape, "answer", store, "--requests", "-", *options),
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        self.ask(b'{"id":"first","op":"range","limit":1}\n')  # it answers once it is ready
        self.ranks = ranks_of(self.process.pid, binary)

    def ask(self, line):
        """Sends one line and waits for its answer; microseconds."""
        begin = time.perf_counter_ns()
        self.process.stdin.write(line)
        text = b""
        while not text.endswith(b"\n"):
            piece = os.read(self.process.stdout.fileno(), 1 << 20)
            if not piece:
                raise SystemExit("answer ended early: " + self.process.stderr.read().decode())
            text += piece
        micros = (time.perf_counter_ns() - begin) / 1000
        if b'"error":' in text[:60]:
            raise SystemExit("an error answer: " + json.loads(text)["error"]["message"])
        return micros

    def cpu_seconds(self):
        """What each rank has used so far."""
        return [cpu_seconds(pid) for pid in self.ranks]

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


def ranks_of(pid, binary):
    """The processes of a binary among a process and its descendants."""
    here = [pid] if os.path.realpath(f"/proc/{pid}/exe") == os.path.realpath(binary) else []
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/children") as children:
            for child in children.read().split():
                here += ranks_of(int(child), binary)
    return here


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib(pid):
    with open(f"/proc/{pid}/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
