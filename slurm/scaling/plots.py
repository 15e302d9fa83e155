"""Plots by gnuplot, each a PNG (for README, slides) and an SVG (for the page). Without gnuplot there are tables alone."""
import os
import shutil
import subprocess

COLORS = ["#3366aa", "#cc7722", "#338855", "#993377", "#888888", "#bbaa33", "#55aacc", "#aa3333", "#223344"]


def have_gnuplot():
    return shutil.which("gnuplot") is not None


def draw(path, script):
    for terminal, ending in (("pngcairo size 900,480 font 'sans,11'", "png"), ("svg size 900,480 font 'sans,13'", "svg")):
        text = f"set terminal {terminal}\nset output '{path}.{ending}'\n{script}"
        done = subprocess.run(["gnuplot"], input=text, text=True, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise OSError(f"gnuplot: {done.stderr}")
    return path


def label(shape):
    ranks, threads, hosts = shape
    return f"{ranks}x{threads}" + (f" on {hosts}" if hosts > 1 else "")


def label_of(row):
    return label((row["ranks"], row["threads"], row["hosts"]))


def data_block(name, rows):
    return f"${name} << end\n" + "".join(" ".join(map(str, row)) + "\n" for row in rows) + "end\n"


def draw_speed_up(path, title, series):
    """series: {name: rows of figures.speed_up_table}. Over cores, with the ideal line, the spread of the runs, and beside
    the first series' points their shapes."""
    most = max(row["cores"] for table in series.values() for row in table)
    script = (f"set title '{title}'\nset xlabel 'ranks x threads'\nset ylabel 'speed-up'\nset key left top\n"
              f"set logscale xy 2\nset grid\nset xrange [0.8:{1.2 * most}]\n")
    parts = ["x with lines dashtype 2 linecolor rgb '#999999' title 'ideal'"]
    for number, (name, table) in enumerate(series.items()):
        base = table[0]["times"].median
        rows = [(row["cores"], row["speed_up"], row["speed_up"] * row["times"].median / row["times"].most,
                 row["speed_up"] * row["times"].median / row["times"].least, f'"{label_of(row)}"') for row in table if base]
        script += data_block(f"d{number}", rows)
        color = COLORS[number % len(COLORS)]
        parts.append(f"$d{number} using 1:2:3:4 with yerrorbars pointtype 7 linecolor rgb '{color}' title '{name}'")
        if number == 0:
            parts.append("$d0 using 1:2:5 with labels right offset -0.7,0 notitle")
    return draw(path, script + "plot " + ", ".join(parts) + "\n")


def draw_breakdown(path, title, shapes):
    """shapes: {label: {part: seconds}}: a bar each, the parts on top of each other."""
    names = list(dict.fromkeys(part for parts in shapes.values() for part in parts))
    names = [name for name in names if max(parts.get(name, 0) for parts in shapes.values()) > 0]
    rows = [[f'"{shape}"'] + [f"{parts.get(name, 0):.6f}" for name in names] for shape, parts in shapes.items()]
    script = (f"set title '{title}'\nset ylabel 'seconds, mean of the ranks'\nset style data histograms\n"
              "set style histogram rowstacked\nset style fill solid 0.9\nset boxwidth 0.7\nset key outside right\n"
              "set grid ytics\nset yrange [0:*]\nset xtics rotate by -35\n" + data_block("d", rows))
    bars = [f"$d using {i + 2}:xtic(1) title '{name}' linecolor rgb '{COLORS[i % len(COLORS)]}'"
            for i, name in enumerate(names)]
    return draw(path, script + "plot " + ", ".join(bars) + "\n")


def drop(path):
    for ending in ("png", "svg"):
        if os.path.exists(f"{path}.{ending}"):
            os.remove(f"{path}.{ending}")
