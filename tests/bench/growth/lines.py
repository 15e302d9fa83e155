"""The measurements of growth.jsonl: {what: {trips: [line, ...]}}, both in the order of their first line."""
import json
import statistics


def read_lines(path):
    found = {}
    with open(path, encoding="ascii") as lines:
        for line in map(json.loads, lines):
            found.setdefault(line["what"], {}).setdefault(line["trips"], []).append(line)
    return found


def values_of(lines, name):
    return [line[name] for line in lines if name in line]


def median(lines, name):
    return statistics.median(values_of(lines, name))
