"""The probes of a worker (mpi-operator/image/probe.sh) against the real service, and against what may be there instead."""
import os
import socket
import subprocess
import sys
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "pipeline"), os.path.join(HERE, "..", "browser")]

from program import PipelineTest, run_tests  # noqa: E402
from serving import Server, free_port  # noqa: E402

PROBE = os.path.join(HERE, "../../mpi-operator/image/probe.sh")


class Listener:
    """Something on a port; it answers each who comes with the same text, or not at all."""

    def __init__(self, text=None):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.text, self.kept = self.socket.getsockname()[1], text, []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                there, _ = self.socket.accept()
            except OSError:
                return
            self.kept.append(there)
            try:
                if self.text is not None and there.recv(1024):
                    there.sendall(self.text)
            except OSError:
                pass

    def close(self):
        self.socket.close()
        for there in self.kept:
            there.close()


class Probes(PipelineTest):
    def setUp(self):
        self.ssh = self.listen(b"SSH-2.0\r\n")

    def listen(self, text=None):
        there = Listener(text)
        self.addCleanup(there.close)
        return there

    def assert_says(self, http, ssh=None, **wanted):
        for word, says in wanted.items():
            done = subprocess.run(["bash", PROBE, word], capture_output=True, text=True, timeout=60, check=False,
                                  env=dict(os.environ, TESSERA_SSH_PORT=str(ssh or self.ssh.port), TESSERA_HTTP_PORT=str(http),
                                           TESSERA_PROBE_PATIENCE="1"))
            self.assertEqual(done.returncode == 0, says, f"{word}: {done.returncode} {done.stderr}")

    def test_a_worker_without_the_service(self):
        self.assert_says(free_port(), ready=True, live=True, serving=False)
        self.assert_says(free_port(), ssh=free_port(), ready=False, live=True, serving=False)

    def test_the_service(self):
        self.program.generate("u.csv", "--format", "uber", "--trips", 500)
        self.program.must("ingest", "u.csv", "--store", "u.h5")
        with open(os.open(self.path("token"), os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write("0123456789abcdef-for-tests\n")
        server = Server(self.program, self.path("u.h5"), "--token-file", "token")  # health is everybody's to ask
        self.addCleanup(server.kill)
        self.assert_says(server.port, ready=True, live=True, serving=True)

    def test_a_service_that_loads_or_ends(self):
        loading = self.listen(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        self.assert_says(loading.port, ready=False, serving=False)
        self.assert_says(self.listen(b"HTTP/1.1 200 OK\r\n\r\n").port, ready=True, live=True, serving=True)

    def test_a_service_that_hangs(self):
        self.assert_says(self.listen().port, ready=False, live=False, serving=False)

    def test_another_word(self):
        done = subprocess.run(["bash", PROBE, "well"], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("'well' is none of ready, live, serving", done.stderr)


if __name__ == "__main__":
    run_tests()
