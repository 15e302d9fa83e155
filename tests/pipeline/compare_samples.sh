#!/usr/bin/env bash
# compare_samples.sh TESSERA INPUTS: makes the samples and the list of requests again and compares them with the shipped
# ones, byte for byte.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TESSERA=$1 bash "$2/make-samples.sh" "$folder"
diff -rq "$folder/samples" "$2/samples"
cmp "$folder/requests-100.jsonl" "$2/requests-100.jsonl"
