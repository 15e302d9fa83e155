"""A server of its own for a test: the real program on a store, on a port of this machine, ended with the test."""
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

from program import kill_session

PATIENCE_S = 60
SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "inputs", "samples")
REAL_UBER = os.path.join(os.environ.get("TESSERA_SHARED_DATA", ""), "uber", "uber-raw-data-apr14.csv.gz")


def make_store(program, name="trips.h5"):
    """Trips of three sources in April 2014; Uber's are real ones where TESSERA_SHARED_DATA names their folder."""
    inputs = [os.path.join(SAMPLES, f"{layout}.csv") for layout in ("yellow-2014", "green-2014")]
    inputs.append(program.generate("yellow.csv", "--format", "yellow", "--trips", "12000", "--seed", "7"))
    inputs.append(program.generate("green.csv", "--format", "green", "--trips", "4000", "--seed", "8"))
    if os.path.exists(REAL_UBER):
        inputs.append(REAL_UBER)
    else:
        inputs.append(program.generate("uber.csv", "--format", "uber", "--trips", "30000", "--seed", "9"))
    program.must("ingest", *inputs, "--store", name)
    return os.path.join(program.folder, name)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    def __init__(self, program, store, *options, ranks=None, port=None):
        self.port = port or free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.command = program.command_of("serve", store, "--listen", f"127.0.0.1:{self.port}", *options, ranks=ranks)
        self.log = open(os.path.join(program.folder, f"serve-{self.port}.log"), "ab")
        self.process = subprocess.Popen(self.command, cwd=program.folder, env=program.environment, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log, start_new_session=True)
        self.wait_until_ready()

    def wait_until_ready(self):
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                with urllib.request.urlopen(f"{self.origin}/readyz", timeout=PATIENCE_S):
                    return
            except (urllib.error.URLError, ConnectionError) as problem:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise AssertionError(f"{' '.join(self.command)} does not serve: {problem}\n{self.said()}") from problem
            time.sleep(0.05)

    def said(self):
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def ask(self, path):
        with urllib.request.urlopen(self.origin + path, timeout=PATIENCE_S) as response:
            return json.load(response)

    def kill(self):
        """Without a word to anybody, as a machine that loses its power."""
        kill_session(self.process)
        self.process.wait()
        self.log.close()
