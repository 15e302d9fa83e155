#!/usr/bin/env python3
"""Runs the commands that README shows and compares their standard output with what it says they print.

    readme_test.py TESSERA README            fails where README is not true
    readme_test.py TESSERA README --update   makes it true
"""

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def prepare(folder: pathlib.Path, tessera: pathlib.Path) -> None:
    """What README assumes: the binary at build/tessera, and the demo's made-up trips."""
    (folder / "build").mkdir()
    (folder / "build" / "tessera").symlink_to(tessera)
    (folder / "outputs" / "made-up").mkdir(parents=True)
    for seed, source in enumerate(["yellow", "green", "uber"], start=1):
        subprocess.run(
            ["build/tessera", "generate", "trips", "--format", source, "--trips", "300000", "--seed", str(seed),
             "--dirty", "0.01", "--output", f"outputs/made-up/{source}.csv"],
            cwd=folder, check=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_until_ready(service: subprocess.Popen, port: int) -> None:
    """Until the service has loaded its store: the reader takes longer to type."""
    while service.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz"):
                return
        except OSError:  # nobody listens yet, or 503
            time.sleep(0.05)
    sys.exit(f"README's service ended with {service.returncode}")


def run_block(block: str, folder: pathlib.Path) -> str:
    """The block as it should read: each command with what it prints now. One that ends with & runs to the block's end;
    port 8080 may be in use here, and is another."""
    if ">>>" in block:
        return block
    text, port, background = "", free_port(), []
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        command = line[2:].replace("mpirun -n", "mpirun --oversubscribe --bind-to none -n").replace(":8080", f":{port}")
        if command.endswith("&"):
            command = command[:-1] + f"--listen 127.0.0.1:{port}"
            background.append(subprocess.Popen(["bash", "-c", "exec " + command], cwd=folder, stdin=subprocess.DEVNULL,
                                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            wait_until_ready(background[-1], port)
            text += line + "\n"
            continue
        done = subprocess.run(["bash", "-c", command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"README's command failed with {done.returncode}: {line}\n{done.stderr}")
        text += line + "\n" + done.stdout
    for process in background:
        process.send_signal(signal.SIGUSR1)
        process.wait(timeout=30)
    return text


def main() -> None:
    tessera, readme = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    old = readme.read_text()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder, tessera)
        new = BLOCK.sub(lambda match: "```console\n" + run_block(match[1], folder) + "```", old)
    if "--update" in sys.argv:
        readme.write_text(new)
    elif new != old:
        for said, printed in zip(old.splitlines(), new.splitlines()):
            if said != printed:
                sys.exit(f"README says    {said}\nbut it prints  {printed}")
        sys.exit("README's outputs have another length than what is printed")


if __name__ == "__main__":
    main()
