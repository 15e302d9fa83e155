"""growth.jsonl as tables of medians (spread), with what the bars ask for.
    python3 table.py growth.jsonl"""
import statistics
import sys

from lines import median, read_lines, values_of


def cell(values, digits, factor=1.0):
    values = sorted(value * factor for value in values)
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    return f"{middle:,.{digits}f} ({values[0]:,.{digits}f} to {values[-1]:,.{digits}f})"


def show(title, heads, rows):
    print(f"\n{title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def millions(trips):
    return f"{trips / 1e6:g}"


def gain(found, kinds, trips, seconds_of):
    one, two = (statistics.median(map(seconds_of, found[what][trips])) for what in kinds)
    return one / two


def show_ingest(found):
    shapes = [what for what in found if what.startswith("ingest")]
    rows = [[millions(trips), *(cell(values_of(found[what][trips], "seconds"), 3, 1e6 / trips) for what in shapes),
             f"{gain(found, shapes[1:], trips, lambda line: line['seconds']):.2f}",
             f"{gain(found, shapes[1:], trips, lambda line: line['stages']['all']):.2f}"]
            for trips in found[shapes[0]]]
    show("Ingest, whole process, microseconds a trip (bar: flat within 20 %; 2 ranks at least 1.8 x)",
         ["million trips", *(f"{what[7:]} (ranks x threads)" for what in shapes), "1x1 / 2x1", "without MPI's start"], rows)
    for what in shapes:
        a_trip = [median(lines, "seconds") / trips for trips, lines in found[what].items()]
        print(f"\n{what}: the dearest trip costs {max(a_trip) / min(a_trip):.2f} times the cheapest.")
    shown = [[millions(trips), f"{median(lines, 'messages'):,.0f}", f"{median(lines, 'bytes') / trips:.1f}"]
             for trips, lines in found[shapes[-1]].items()]
    show(f"What {shapes[-1][7:]} send each other", ["million trips", "messages", "bytes a trip"], shown)


def show_nearest(found):
    kinds = [what for what in found if what.startswith("nearest by")]
    sizes = list(found[kinds[0]])
    rows = [[millions(trips), *(cell(values_of(found[what][trips], "micros"), 2) for what in kinds),
             *(f"{median(found[what][trips], 'seconds'):.2f}" for what in ("load", "index"))] for trips in sizes]
    show("Nearest, k 10, in process, one thread, microseconds (bar: at most 1.6 x from the least to the most)",
         ["million trips", *kinds, "load, s", "index, s"], rows)
    for what in kinds:
        least, most = (median(found[what][trips], "micros") for trips in (sizes[0], sizes[-1]))
        print(f"\n{what}: {most / least:.2f} x from {millions(sizes[0])} to {millions(sizes[-1])} million.")


def show_first_answers(found):
    kinds = [what for what in found if 0 in found[what]]
    rows = [["0.001" if trips == 0 else millions(trips),
             *(f"{cell(values_of(found[what][trips], 'seconds'), 0, 1e3)}, {median(found[what][trips], 'rows'):.0f} rows"
               for what in kinds)] for trips in found[kinds[0]]]
    show("From the start of a process to its answer, milliseconds; the first line is MPI's start", ["million trips", *kinds],
         rows)


def stages_or_all(line):
    """What a process takes beyond MPI's start: its stages. In memory that is all."""
    return line["stages"]["all"] if "stages" in line else line["seconds"]


def show_aggregates(found):
    kinds = [what for what in found if what.startswith("aggregate")]
    rows = [[millions(trips), *(cell(map(stages_or_all, found[what][trips]), 1, 1e3) for what in kinds),
             *(f"{gain(found, pair, trips, stages_or_all):.2f}" for pair in zip(kinds, kinds[2:]))]
            for trips in found[kinds[0]]]
    show("hour x weekday, milliseconds: open, read and answer, without MPI's start; in memory (bar: 2 ranks at least 1.8 x)",
         ["million trips", *(what[10:] for what in kinds), "1x1 / 2x1", "in memory"], rows)


if __name__ == "__main__":
    measured = read_lines(sys.argv[1])
    for section in (show_ingest, show_nearest, show_first_answers, show_aggregates):
        section(measured)
