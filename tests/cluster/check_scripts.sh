#!/usr/bin/env bash
# The project's shell scripts by shellcheck, but those of tests/bench, which are pieces of one.  bash tests/cluster/check_scripts.sh FOLDER
set -euo pipefail
cd "$1"
command -v shellcheck >/dev/null || { echo "skipped: shellcheck is missing (Debian: shellcheck)"; exit 0; }
scripts=()
while IFS= read -r -d '' file; do
    scripts+=("$file")
done < <(find slurm mpi-operator inputs tests -path tests/bench -prune -o \( -name '*.sh' -o -name '*.sbatch' \) -print0 2>/dev/null)
((${#scripts[@]} > 0)) || { echo "there are no scripts in $PWD"; exit 1; }
shellcheck -x -s bash "${scripts[@]}"
echo "${#scripts[@]} scripts"
