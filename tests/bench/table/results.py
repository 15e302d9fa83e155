#!/usr/bin/env python3
"""Writes RESULTS.md, and a plot, from the figures of all sections that are there.
    python3 results.py BENCH_FOLDER RESULTS.md"""
import pathlib
import statistics
import sys

from bars import ROWS, Limit
from figures import Figures, ratios
from machine import describe
from plot import draw


def show(values):
    """'12.1 (11.9 to 12.4)': median, least, most, to three figures."""
    def one(value):
        return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return f"{one(statistics.median(values))} ({one(min(values))} to {one(max(values))})"


def in_unit(figures, unit, section, case, who, threads):
    if unit in ("ms", "s"):
        scale = 1000 if unit == "ms" else 1
        return [seconds * scale for seconds in figures.seconds(section, case, who, threads)]
    of, scale = {"MB/s": ("bytes", 1e-6), "k/s": ("items", 1e-3), "M/s": ("items", 1e-6)}[unit]
    return [rate * scale for rate in figures.rates(section, case, who, threads, of)]


def measure_limit(figures, row):
    """(ours, peers, ratio, bar, met, share of the bar), or nothing."""
    if row.threads:
        seconds = figures.seconds(row.section, row.case, "ours", row.threads)
        peers = [(who, figures.seconds(row.section, "index ready", who, row.threads))
                 for who in figures.peers(row.section, "index ready", row.threads)]
        value, ours = (statistics.median(seconds), show(seconds)) if seconds else (None, "")
        named = ", ".join(f"{who} {show(taken)}" for who, taken in peers)
    else:
        value = figures.values.get((row.section, row.case, "ours"))
        ours = f"{value:.1f}" if value is not None else ""
        named = ", ".join(f"{who} {at:.0f}" for (section, case, who), at in figures.values.items()
                          if (section, case) == (row.section, row.case) and who != "ours")
    if value is None:
        return None
    return ours, named, "", f"at most {row.most:g}", value <= row.most, row.most / value


def measure_bar(figures, row):
    ours = figures.rates(row.section, row.case, row.who, row.threads)
    threads, section = row.peer_threads or row.threads, row.peer_section or row.section
    entered = row.peers or [(who, row.case) for who in figures.peers(section, row.case, threads)]
    peers = [(who, case, figures.rates(section, case, who, threads)) for who, case in entered]
    peers = [peer for peer in peers if peer[2]]
    if not ours or not peers:
        return None
    best = max(peers, key=lambda peer: statistics.median(peer[2]))
    turns = ratios(ours, best[2])
    ratio = statistics.median(turns)
    named = ", ".join(f"{'**' * (peer is best)}{'we ' if peer[0] == 'ours' else peer[0] + ' '}"
                      f"{show(in_unit(figures, row.unit, section, peer[1], peer[0], threads))}{'**' * (peer is best)}"
                      for peer in peers)
    mine = show(in_unit(figures, row.unit, row.section, row.case, row.who, row.threads))
    return mine, named, f"{show(turns)} x", f"{row.least:.3g} x", ratio >= row.least, ratio / row.least


def table(figures):
    lines = ["| work | unit | ours | theirs (the best bold) | we are | bar | met |", "|---|---|---|---|---|---|---|"]
    shares = []
    for row in ROWS:
        measured = (measure_limit if isinstance(row, Limit) else measure_bar)(figures, row)
        if measured is None:
            lines.append(f"| {row.work} | {row.unit} | not measured | | | | |")
            continue
        ours, theirs, ratio, bar, met, share = measured
        lines.append(f"| {row.work} | {row.unit} | {ours} | {theirs} | {ratio} | {bar} | {'yes' if met else '**no**'} |")
        name = row.work if isinstance(row, Limit) else f"{row.work} ({theirs.split('**')[1].rstrip('0123456789 .,()to')})"
        shares.append((name, share))
    return lines, shares


def others(figures):
    """What was measured and has no bar."""
    barred = {(row.section, row.case) for row in ROWS} | {("ingest", "table of 12 columns"), ("ingest", "yellow")}
    lines = ["| section | case | who | threads | thousands a second | ms |", "|---|---|---|---|---|---|"]
    for (section, case, who, threads) in figures.taken:
        if (section, case) in barred or section == "micro":
            continue
        rates, times = (in_unit(figures, unit, section, case, who, threads) for unit in ("k/s", "ms"))
        lines.append(f"| {section} | {case} | {who} | {threads} | {show(rates)} | {show(times)} |")
    values = [f"- {case}: {who} {value:.1f} bytes a trip" for (section, case, who), value in figures.values.items()
              if (section, case) not in barred]
    return [*lines, *([""] if values else []), *values]


def kernels(figures):
    """The micro-benchmarks: time of one go."""
    def go(case, who, threads):
        seconds = figures.seconds("micro", case, who, threads)
        if not seconds:
            return ""
        unit, scale = next((u, s) for u, s in (("s", 1), ("ms", 1e3), ("us", 1e6), ("ns", 1e9))
                           if statistics.median(seconds) * s >= 1 or u == "ns")
        speed = in_unit(figures, "MB/s", "micro", case, who, threads)
        per_second = f", {statistics.median(speed):,.0f} MB/s" if any(speed) else ""
        return f"{show([s * scale for s in seconds])} {unit}{per_second}"

    cases = list(dict.fromkeys((case, who) for section, case, who, _ in figures.taken if section == "micro"))
    lines = ["| kernel | 1 thread | 2 threads |", "|---|---|---|"]
    lines += [f"| {case} | {go(case, who, 1)} | {go(case, who, 2)} |" for case, who in cases if who == "kernel"]
    lines += ["", "| collective, 2 ranks | |", "|---|---|"]
    return lines + [f"| {case} | {go(case, who, 1)} |" for case, who in cases if who != "kernel"]


def sizes(figures):
    """What each section was about: turns, and the most things that were done in one."""
    most = {}
    for (section, *_), entries in figures.taken.items():
        turns, items, size = most.get(section, (0, 0, 0))
        most[section] = (max(turns, len(entries)), max(items, *(int(entry["items"]) for entry in entries)),
                         max(size, *(int(entry.get("bytes", 0)) for entry in entries)))
    return ", ".join(f"{section} {turns} x {items:,}" + (f" ({size / 1e6:,.0f} MB)" if size else "")
                     for section, (turns, items, size) in most.items() if section != "micro")


def main(folder, path):
    folder, path = pathlib.Path(folder), pathlib.Path(path)
    figures = Figures(folder / "results")
    lines, shares = table(figures)
    text = ["# Side by side", "", "Made by `tests/bench/run.sh`; tests/bench/README.md says what each row is. Medians (least to most). "
            "We are so many times as fast as the best of the peers, turn by turn.", "", *describe(folder),
            f"- turns x trips, questions or requests: {sizes(figures)}", "", *lines, ""]
    if shares:
        draw(shares, path.with_suffix(".png"))
        text += [f"![How far each figure is from its bar]({path.with_suffix('.png').name})", ""]
    agreed = ", ".join(f"{section}: {who} {min(all_shares):.4%}" for (section, who), all_shares in figures.agreements.items())
    text += ["Answers that agree with ours (up to ties and the plane's half percent): " + agreed + ".", ""]
    if "chilled_by" in figures.notes:
        text += [f"Cold: the page cache was emptied by {figures.notes['chilled_by']} before each process.", ""]
    text += ["## What has no bar", "", *others(figures)]
    if any(key[0] == "micro" for key in figures.taken):
        text += ["", "## Kernels", "", *kernels(figures)]
    serve = folder / "results/serve.txt"
    if serve.exists():
        text += ["", "## `answer` and `replay` as whole processes", "", "```", serve.read_text().rstrip(), "```"]
    path.write_text("\n".join(text) + "\n")
    met = sum(share >= 1 for _, share in shares)
    print(f"{path}: {met} of {len(shares)} bars met, of {len(ROWS)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
