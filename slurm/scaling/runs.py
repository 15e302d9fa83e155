"""One run of the program under a launcher, and what it took. A row of scaling.csv is one phase of one run."""
import json
import os
import subprocess
import time

COLUMNS = ["launcher", "experiment", "command", "ranks", "threads", "hosts", "round", "trips", "phase", "seconds_max",
           "seconds_mean", "seconds_min", "messages", "bytes"]


def launch_command(launcher, ranks, threads, options):
    """What starts a program on so many ranks. `options` are the launcher's own words, from the command line."""
    if launcher == "srun":
        return ["srun", *(options or site_options("TESSERA_SRUN_OPTIONS", "--mpi=pmix")), "--kill-on-bad-exit=1", "--overlap", f"--ntasks={ranks}",
                f"--cpus-per-task={threads}"]
    options = options or [*site_options("TESSERA_MPIRUN_OPTIONS", "--bind-to none"), "--oversubscribe"]
    return ["mpirun", "-n", str(ranks), *options, "-x", "OMP_NUM_THREADS"]


def site_options(variable, usual):
    """What slurm/env.sh sets, in a Slurm job."""
    return os.environ.get(variable, usual).split()


class Failed(Exception):
    pass


def run(command, threads, timings, patience_s):
    """Wall seconds, and what the program says of itself."""
    if os.path.exists(timings):
        os.remove(timings)
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OMPI_ALLOW_RUN_AS_ROOT="1",
                       OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    begin = time.monotonic()
    with subprocess.Popen(command + ["--timings", timings], env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            told = process.communicate(timeout=patience_s)[1]
        except BaseException as error:
            end(process)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            raise Failed(f"took longer than {patience_s} s: {' '.join(command)}") from None
    wall = time.monotonic() - begin
    if process.returncode != 0:
        raise Failed(f"exit code {process.returncode}: {' '.join(command)}\n{told}")
    with open(timings) as file:
        return wall, json.load(file)


def end(process, patience_s=10):
    """A launcher that is killed at once ends without its ranks."""
    process.terminate()
    try:
        process.wait(patience_s)
    except subprocess.TimeoutExpired:
        process.kill()


def phases_of(wall, told):
    """Rows without the columns of the run: the whole, what the launcher and MPI took, each stage, and in it each kind of
    collective as STAGE/KIND (waiting for others included); STAGE:PART is a part that is no collective (the files that are read)."""
    stages = {stage["stage"]: stage for stage in told["stages"]}
    inside, start_up = stages["all"]["seconds"], told["start_up_seconds"]
    launch = wall - inside["max"] - start_up["max"]
    yield {"phase": "wall", **spread(wall)}
    yield {"phase": "launch", **spread(launch)}
    yield {"phase": "start_mpi", **spread(**start_up)}
    for name, stage in stages.items():
        yield {"phase": name, **spread(**stage["seconds"]), "messages": stage["messages"], "bytes": stage["bytes"]}
        for part in stage.get("parts", []):
            yield {"phase": f"{name}:{part['part']}", **spread(**part["seconds"])}
        for kind in stage["collectives"]:
            yield {"phase": f"{name}/{kind['collective']}", **spread(**kind["seconds"]), "messages": kind["messages"],
                   "bytes": kind["bytes"]}


def spread(max, mean=None, min=None):
    return {"seconds_max": f"{max:.6f}", "seconds_mean": f"{max if mean is None else mean:.6f}",
            "seconds_min": f"{max if min is None else min:.6f}", "messages": 0, "bytes": 0}
