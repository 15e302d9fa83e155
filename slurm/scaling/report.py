"""scaling.html and the plots, out of scaling.csv alone."""
import html
import os

import figures
import machine
import plots

STYLE = """body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #223 }
table { border-collapse: collapse; margin: 1rem 0 } td, th { padding: .2rem .8rem; text-align: right; border-bottom: 1px solid #ccd }
th:first-child, td:first-child { text-align: left } svg { max-width: 100%; height: auto } .note { color: #667 }
@media (prefers-color-scheme: dark) { body { background: #15181c; color: #dde } td, th { border-color: #445 } svg { background: #fff } }"""


def table_of(head, rows):
    cells = "".join(f"<th>{html.escape(str(cell))}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table>\n<tr>{cells}</tr>\n{body}</table>\n"


def picture(path):
    with open(path + ".svg") as file:
        text = file.read()
    return text[text.index("<svg"):]


def speed_up_section(rows, experiment, command, folder, name):
    weak = experiment == "weak"
    launchers = figures.values_of(rows, "launcher")
    series = {launcher: figures.speed_up_table(figures.select(rows, launcher=launcher), weak) for launcher in launchers}
    trips = figures.values_of(rows, "trips")
    what = (f"{trips[0]:,} trips a rank" if weak else f"{trips[0]:,} trips")
    text = f"<h2>{experiment.capitalize()} scaling: {command}</h2>\n<p>{what}; whole processes, median and spread.</p>\n"
    lines = []
    for launcher, table in series.items():
        for row in table:
            lines.append([launcher, plots.label_of(row), row["times"],
                          f"{row['speed_up']:.2f}", f"{100 * row['efficiency']:.0f} %"])
    text += table_of(["launcher", "ranks x threads", "seconds", "speed-up", "efficiency"], lines)
    if plots.have_gnuplot():
        title = f"{experiment} scaling, {command}, {what}"
        text += picture(plots.draw_speed_up(os.path.join(folder, f"{name}-{experiment}-{command}"), title, series))
        shapes = {f"{launcher} {plots.label(shape)}" if len(launchers) > 1 else plots.label(shape): parts
                  for launcher in launchers
                  for shape, parts in figures.breakdown(figures.select(rows, launcher=launcher)).items()}
        text += picture(plots.draw_breakdown(os.path.join(folder, f"{name}-{experiment}-{command}-phases"),
                                             f"where the time goes, {title}", shapes))
    return text


def launcher_section(rows):
    """Launcher against launcher: the same work at the same shape, in turns."""
    launchers = figures.values_of(rows, "launcher")
    if len(launchers) < 2:
        return ""
    lines = []
    for experiment in figures.values_of(rows, "experiment"):
        for command in figures.values_of(figures.select(rows, experiment=experiment), "command"):
            of = [figures.times_by_shape(figures.select(rows, experiment=experiment, command=command, launcher=launcher))
                  for launcher in launchers]
            start = [figures.times_by_shape(figures.select(rows, experiment=experiment, command=command,
                                                           launcher=launcher), "launch") for launcher in launchers]
            for shape in sorted(set.intersection(*(set(times) for times in of))):
                lines.append([f"{experiment} {command}", plots.label(shape)] +
                             [f"{times[shape].median:.3f} ({begin[shape].median:.3f})" for times, begin in zip(of, start)] +
                             [f"{of[1][shape].median / of[0][shape].median:.2f}"])
    return ("<h2>Launcher against launcher</h2>\n<p>Median seconds of the whole process, and of them what is neither the "
            "program nor MPI's start.</p>\n" +
            table_of(["work", "ranks x threads", *launchers, f"{launchers[1]} / {launchers[0]}"], lines))


def prediction_section(rows):
    """What `tessera size` says of these very runs, beside what they took."""
    lines = []
    for experiment in figures.values_of(rows, "experiment"):
        for launcher in figures.values_of(rows, "launcher"):
            of = figures.select(rows, experiment=experiment, command="ingest", launcher=launcher)
            measured, predicted = figures.times_by_shape(of, "all"), figures.times_by_shape(of, "predicted")
            for shape in predicted:
                error = predicted[shape].median / measured[shape].median - 1
                lines.append([f"{experiment} ingest, {launcher}", plots.label(shape), measured[shape],
                              f"{predicted[shape].median:.3f}", f"{100 * error:+.0f} %"])
    if not lines:
        return ""
    return ("<h2>Predicted and measured</h2>\n<p>Seconds within the program. The prediction (<code>tessera size "
            "--measured</code>) knows one run on one rank with one thread, and how many cores there are.</p>\n" +
            table_of(["work", "ranks x threads", "measured", "predicted", "off by"], lines))


def write(files, folder, name, tessera):
    """The path of the page. Of files of other places (no program then) it cannot tell the machine."""
    rows = figures.read(files)
    if not rows:
        raise OSError(f"{', '.join(files)}: no runs in it")
    os.makedirs(folder, exist_ok=True)
    text = f"<!doctype html>\n<html lang='en'><meta charset='utf-8'><title>Tessera: scaling</title><style>{STYLE}</style>\n"
    text += "<h1>Tessera: how it scales</h1>\n"
    if tessera:
        text += table_of(["machine", ""], machine.describe(tessera).items())
    text += f"<p class='note'>Every run is in {', '.join(html.escape(os.path.basename(file)) for file in files)}; this page is made of that alone. "
    text += "More ranks or threads than cores share them: the ideal line does not know that.</p>\n"
    if not plots.have_gnuplot():
        text += "<p class='note'>gnuplot is missing (Debian: gnuplot-nox), so there are no plots.</p>\n"
    text += launcher_section(rows)
    for experiment in figures.values_of(rows, "experiment"):
        of_experiment = figures.select(rows, experiment=experiment)
        for command in figures.values_of(of_experiment, "command"):
            text += speed_up_section(figures.select(of_experiment, command=command), experiment, command, folder, name)
    text += prediction_section(rows)
    path = os.path.join(folder, name + ".html")
    with open(path + ".partial", "w") as file:
        file.write(text + "</html>\n")
    os.replace(path + ".partial", path)
    return path
