"""The words of slurm/scaling.sh. Those that are wrong end it with 2, before anything runs."""
import argparse
import os

HOME = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


def positive(text):
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from 1")
    return number


def launchers(text):
    names = text.split(",")
    if not set(names) <= {"mpirun", "srun"} or len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"{text!r} must be mpirun or srun, or both with a comma")
    return names


def cells(text):
    try:
        grid = [tuple(positive(number) for number in cell.split("x")) for cell in text.split(",")]
    except argparse.ArgumentTypeError:
        grid = [()]
    if any(len(cell) != 2 for cell in grid):
        raise argparse.ArgumentTypeError(f"{text!r} must be RANKSxTHREADS with commas, as 1x1,2x1,2x2")
    return list(dict.fromkeys(grid))


def file_name(text):
    if not text or "/" in text:
        raise argparse.ArgumentTypeError(f"{text!r} must be a file's name without a folder (--outputs is the folder)")
    return text


def read_options():
    options = argparse.ArgumentParser(prog="scaling.sh", description="How much faster on more ranks and threads?")
    options.add_argument("--launcher", type=launchers, default=["mpirun"],
                         help="mpirun or srun, or both with a comma (default: mpirun)")
    options.add_argument("--label", help="the launcher's name in the results (mpijob), where it is one of several places")
    options.add_argument("--launcher-options", default="", help="words for it instead of the usual ones (default: "
                         "TESSERA_SRUN_OPTIONS, TESSERA_MPIRUN_OPTIONS, else as in slurm/env.sh)")
    options.add_argument("--tessera", default=os.environ.get("TESSERA", os.path.join(HOME, "build", "tessera")))
    options.add_argument("--outputs", default=os.path.join(HOME, "outputs"), help="where results go (default: outputs)")
    options.add_argument("--scratch", help="where inputs and stores are made, seen by all ranks (default: in outputs)")
    options.add_argument("--name", type=file_name, default="scaling", help="of the results' files (default: scaling)")
    options.add_argument("--trips", type=positive, default=1_000_000, help="of strong scaling (default: 1,000,000)")
    options.add_argument("--trips-a-rank", type=positive, default=500_000, help="of weak scaling (default: 500,000)")
    options.add_argument("--rounds", type=positive, default=5, help="each run is repeated so often, in turns (default: 5)")
    options.add_argument("--most-ranks", type=positive, default=4)
    options.add_argument("--most-threads", type=positive, default=2)
    options.add_argument("--grid", type=cells, help="ranks x threads of strong scaling, 1x1,1x2,... (default: powers of two)")
    options.add_argument("--patience", type=positive, default=600, help="seconds until a run counts as hung (default: 600)")
    options.add_argument("--report", nargs="+", metavar="CSV", help="no runs: a report of these files")
    given = options.parse_args()
    if given.label and len(given.launcher) > 1:
        options.error("argument --label: of two launchers each has its own name")
    return given


def powers_of_two(most):
    return [n for n in (1 << i for i in range(20)) if n <= most]


def make_grid(options):
    if options.grid:
        return options.grid
    grid = [(1, threads) for threads in powers_of_two(options.most_threads)]
    grid += [(ranks, 1) for ranks in powers_of_two(options.most_ranks) if ranks > 1]
    if options.most_ranks > 1 and options.most_threads > 1:
        grid.append((options.most_ranks, options.most_threads))
    return grid
