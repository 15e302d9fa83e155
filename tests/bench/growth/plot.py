"""growth.jsonl as a picture: ingest, nearest, first answers and aggregates over the number of trips.
    python3 plot.py growth.jsonl growth.png     (Debian: python3-matplotlib; without it there is no picture)"""
import sys

from lines import median, read_lines

try:
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
except ImportError:
    sys.exit(print("no picture: python3-matplotlib is not installed", file=sys.stderr))


def draw(axes, found, title, kinds, value, unit):
    for what in kinds:
        points = [(trips / 1e6, value(lines, trips)) for trips, lines in found[what].items() if trips > 0]
        axes.plot(*zip(*points), marker="o", label=what)
    axes.set_title(title)
    axes.set_xscale("log", base=2)
    axes.set_xlabel("million trips")
    axes.set_ylabel(unit)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small")


def main(path, picture):
    found = read_lines(path)
    names = list(found)
    figure, axes = pyplot.subplots(2, 2, figsize=(12, 9), constrained_layout=True)
    draw(axes[0][0], found, "ingest", [what for what in names if what.startswith("ingest")],
         lambda lines, trips: median(lines, "seconds") / trips * 1e6, "microseconds a trip")
    draw(axes[0][1], found, "nearest in process", [what for what in names if what.startswith("nearest by")],
         lambda lines, trips: median(lines, "micros"), "microseconds")
    draw(axes[1][0], found, "first answer of a process", [what for what in names if 0 in found[what]],
         lambda lines, trips: median(lines, "seconds") * 1e3, "milliseconds")
    draw(axes[1][1], found, "aggregate, store in memory", [what for what in names if what.startswith("aggregate in")],
         lambda lines, trips: median(lines, "seconds") / trips * 1e9, "nanoseconds a trip")
    figure.savefig(picture, dpi=110)


if __name__ == "__main__":
    main(*sys.argv[1:])
