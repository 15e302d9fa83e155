#!/usr/bin/env bash
# expect_failure.sh MESSAGE COMMAND...: passes when the command fails and says the message, soon.
set -euo pipefail
message=$1
shift
export TESSERA_TEST_PATIENCE=2
if output=$("$@" 2>&1); then
    printf '%s\nthis should have failed\n' "$output"
    exit 1
fi
if [[ $output != *"$message"* ]]; then
    printf '%s\nthis should have said: %s\n' "$output" "$message"
    exit 1
fi
