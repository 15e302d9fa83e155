#!/usr/bin/env bash
# The scaling experiment: how much faster is the program on more ranks and threads, by each launcher, and where does the
# time go? Leaves scaling.csv (every run), scaling.html (tables and plots) and the plots as PNG in outputs/.
#   bash slurm/scaling.sh --launcher mpirun                        here, in some minutes
#   bash slurm/scaling.sh --launcher mpirun,srun                   inside a Slurm allocation: one beside the other
#   bash slurm/scaling.sh --report outputs/a.csv outputs/b.csv     no runs: one report of what several places measured
# More options: bash slurm/scaling.sh --help
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
command -v python3 >/dev/null || { echo "scaling.sh: python3 is missing (Debian: python3)" >&2; exit 3; }
driver=$here/scaling
[[ -d $driver ]] || driver=$here  # in an MPIJob: mounted without folders
exec python3 -B "$driver/experiment.py" "$@"
