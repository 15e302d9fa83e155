"""Every command that reads or writes, as the faults meet it: its words, the files that it writes, and what is whole in them.
Each works in a folder of its own with the same inputs, and with old outputs that may only be replaced as a whole."""
import json
import os
import re
import shutil

REQUESTS = "".join(json.dumps({"id": number, "op": "nearest", "at": [-73.98 - number / 1000, 40.75], "k": 3}) + "\n"
                   for number in range(40)) + '{"id":"a","op":"aggregate","by":["hour"],"measure":["trips","mean:fare"]}\n'
MICROS = re.compile(rb'"micros":[0-9]+,')


class Command:
    """`outputs`: file or folder -> how to tell that it is whole: None where its bytes are always the same, else a function
    of its bytes. `reads`: the input whose reading may fail."""

    def __init__(self, name, words, outputs=(), reads=None, stdin=None, pipes=True):
        self.name, self.words, self.stdin, self.reads = name, words.split(), stdin, reads
        self.outputs, self.pipes = dict(outputs), pipes

    @property
    def serves(self):
        return self.name == "serve"

    def same(self, name, new, wanted):
        judge = self.outputs[name]
        return MICROS.sub(b"", new) == MICROS.sub(b"", wanted) if judge is None else judge(new)


def is_whole_info(data):
    """All but the size of the file, which is what it is now."""
    return data.startswith(b"store     s.h5 ") and data.endswith(b"\n") and b"\nplan for 4 ranks" in data and data.count(b"\n") == 21


def is_whole_json(data):
    try:
        json.loads(data)
        return True
    except ValueError:
        return False


def is_whole_metrics(data):
    return data.startswith(b"# ") and data.endswith(b"\n")


def is_whole_log(data):
    return data.count(b"\n") == 1 + REQUESTS.count("\n") and data.endswith(b"\n")


COMMANDS = [
    Command("generate", "generate trips --trips 4000 --output g.csv", {"g.csv": None}),
    Command("ingest", "ingest in --store n.h5 --overwrite --ledger l.json --rejects r.csv --timings t.json --metrics m.prom",
            {"n.h5": None, "l.json": None, "r.csv": None, "t.json": is_whole_json, "m.prom": is_whole_metrics}, reads="y.csv"),
    Command("info", "info s.h5 --plan 4 --output i.txt", {"i.txt": is_whole_info}, reads="s.h5"),
    Command("aggregate", "aggregate s.h5 --by hour --measure trips,mean:fare --output a.csv --timings t.json",
            {"a.csv": None, "t.json": is_whole_json}, reads="s.h5"),
    Command("range", "range s.h5 --limit 0 --output w.csv --timings t.json", {"w.csv": None, "t.json": is_whole_json}, reads="s.h5"),
    Command("nearest", "nearest s.h5 --at -73.98,40.75 --k 500 --output x.json --format json", {"x.json": None}, reads="s.h5"),
    Command("heatmap", "heatmap s.h5 --output p.png", {"p.png": None}, reads="s.h5"),
    Command("tiles", "tiles s.h5 --output map --zoom 9-12 --overwrite", {"map": None}, reads="s.h5"),
    Command("replay", "replay s.h5 --speed 0 --every 1h --output v.jsonl --metrics m.prom",
            {"v.jsonl": None, "m.prom": is_whole_metrics}, reads="s.h5"),
    Command("answer FILE", "answer s.h5 --requests q.jsonl --output z.jsonl --latency l.csv --timings t.json",
            {"z.jsonl": None, "l.csv": is_whole_log, "t.json": is_whole_json}, reads="s.h5"),
    Command("answer -", "answer s.h5 --requests -", reads="s.h5", stdin=REQUESTS.encode()),
    Command("serve", "serve s.h5 --listen 127.0.0.1:0 --timings t.json", {"t.json": is_whole_json}, reads="s.h5"),
]

# What keeps nothing, but for a probe that doctor takes away: met by the sweep by hand, and by tests that name it.
ON_CALL = [
    Command("doctor", "doctor --path s.h5 --json --output d.json", {"d.json": is_whole_json}),
    Command("size", "size --trips 1e8 --json --output n.json", {"n.json": is_whole_json}),
]
BY_NAME = {command.name: command for command in COMMANDS + ON_CALL}

# The same where they write to standard output, as much of it as a pipe does not take at once.
TO_STDOUT = [
    Command("generate", "generate trips --trips 20000"),
    Command("ingest", "ingest in --store n.h5 --overwrite", {"n.h5": None}),
    Command("info", "info s.h5 --plan 4"),
    Command("aggregate", "aggregate s.h5 --by hour_of_week,pickup_tile:14 --measure trips"),
    Command("range", "range s.h5 --limit 0"),
    Command("nearest", "nearest s.h5 --at -73.98,40.75 --k 10000"),
    Command("heatmap", "heatmap s.h5 --width 4000 --output -"),
    Command("tiles", "tiles s.h5 --output map --zoom 9-12 --overwrite", {"map": None}),
    Command("replay", "replay s.h5 --speed 0 --every 60s"),
    Command("answer FILE", "answer s.h5 --requests q.jsonl"),
    Command("answer -", "answer s.h5 --requests -", stdin=20 * REQUESTS.encode()),
]


def contents_of(path):
    """The bytes of a file, or of all files of a folder under one heading each; None where there is none."""
    if os.path.isdir(path):
        parts = []
        for folder, folders, files in os.walk(path):
            folders.sort()
            for name in sorted(files):
                with open(os.path.join(folder, name), "rb") as file:
                    parts.append(os.path.relpath(file.name, path).encode() + b"\n" + file.read())
        return b"".join(parts)
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


class Site:
    """The inputs, made once, and folders made of them."""

    def __init__(self, program):
        self.folder = program.folder
        os.mkdir(self.path("in"))
        program.generate("in/y.csv", "--trips", 6000, "--dirty", 0.02)
        program.generate("in/u.csv", "--trips", 3000, "--format", "uber", "--seed", 3)
        program.must("ingest", "in", "--store", "s.h5", "--tile-trips", 200)
        program.must("ingest", "in/u.csv", "--store", "old.h5")
        program.must("tiles", "old.h5", "--output", "old-map", "--zoom", "9")
        with open(self.path("q.jsonl"), "w", encoding="ascii") as file:
            file.write(REQUESTS)

    def path(self, name):
        return os.path.join(self.folder, name)

    def make(self, name, command):
        """A folder with the inputs and old outputs."""
        folder = self.path(name)
        os.makedirs(folder + "/in")
        for file in ("in/y.csv", "in/u.csv", "s.h5", "q.jsonl"):
            shutil.copy(self.path(file), f"{folder}/{file}")
        self.put_old_outputs(folder, command)
        return folder

    def put_old_outputs(self, folder, command):
        for output in command.outputs:
            if output == "map":
                shutil.copytree(self.path("old-map"), f"{folder}/map")
            elif output.endswith(".h5"):
                shutil.copy(self.path("old.h5"), f"{folder}/{output}")
            else:
                with open(f"{folder}/{output}", "wb") as file:
                    file.write(b"old\n")
