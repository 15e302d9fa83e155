"""The figures of all sections: what was measured, as lines of JSON, and medians, spreads and ratios of it."""
import collections
import json
import pathlib
import statistics


class Figures:
    def __init__(self, folder):
        self.taken = collections.defaultdict(list)  # (section, case, who, threads): lines
        self.agreements = collections.defaultdict(list)  # (section, who): shares
        self.values = {}  # (section, case, who): a value that was not taken in turns
        self.notes = {}
        for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
            for line in path.read_text().splitlines():
                self.add(path.stem, json.loads(line))

    def add(self, section, entry):
        if "seconds" in entry:
            self.taken[section, entry["case"], entry["who"], entry["threads"]].append(entry)
        elif "agreement" in entry:
            self.agreements[section, entry["who"]].append(entry["agreement"])
        elif "value" in entry:
            self.values[section, entry["case"], entry["who"]] = entry["value"]
        else:
            self.notes.update(entry)

    def rates(self, section, case, who, threads, of="items"):
        return [entry[of] / entry["seconds"] for entry in self.taken.get((section, case, who, threads), [])]

    def seconds(self, section, case, who, threads):
        return [entry["seconds"] for entry in self.taken.get((section, case, who, threads), [])]

    def peers(self, section, case, threads):
        """Who else took part."""
        return [who for s, c, who, t in self.taken if (s, c, t) == (section, case, threads) and who != "ours"]


def ratios(ours, theirs):
    """How many times faster we were, turn by turn where there are as many of each: what slows a turn slows both."""
    if len(ours) == len(theirs):
        return [a / b for a, b in zip(ours, theirs)]
    return [a / statistics.median(theirs) for a in ours]
