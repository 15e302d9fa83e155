#!/usr/bin/env python3
"""Lets contestants take turns, so that whatever else the machine does befalls all alike.
    python3 turns.py ROUNDS 'COMMAND' 'COMMAND'...
A contestant is a program that makes itself ready, prints "ready", and then for each line of its input does its work once
and prints lines of JSON, "done" at last. The first turn of each warms it and does not count. Lines that come before "ready"
(what was made ready, whether answers agree) are handed on."""
import shlex
import subprocess
import sys


def read_until(process, mark):
    lines = []
    for line in process.stdout:
        if line.strip() == mark:
            return lines
        if line.startswith("{"):
            lines.append(line)
    raise SystemExit(f"{process.args[0]} ended before it was {mark}")


def main(rounds, *commands):
    # One after the other: they must not hinder each other even while they make themselves ready.
    processes = []
    for command in commands:
        process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        sys.stdout.writelines(read_until(process, "ready"))
        processes.append(process)
    for turn in range(int(rounds) + 1):
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
            lines = read_until(process, "done")
            if turn > 0:
                sys.stdout.writelines(lines)
                sys.stdout.flush()
    for process in processes:
        process.stdin.close()
        process.wait(timeout=60)


if __name__ == "__main__":
    main(*sys.argv[1:])
