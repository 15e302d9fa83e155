"""Runs a command as somebody who uses it would: the stream gets its requests, the service is asked and told to stop."""
import http.client
import os
import re
import signal
import threading
import time

from faulty import PATIENCE_S, FaultyRun

LISTENING = re.compile(r"listening on http://([^/\s]+):(\d+)|http://([0-9.]+):(\d+)")
TARGETS = ("/api/aggregate?by=hour", "/api/nearest?at=-73.98,40.75&k=3")


def start(program, command, ranks, words=None):
    """The run, and what is done to it meanwhile, in a thread."""
    run = FaultyRun(program, *(words or command.words), ranks=ranks)
    run.answers = []
    work = ask_service if command.serves else send_input
    run.driver = threading.Thread(target=work, args=[run, command], daemon=True)
    run.driver.start()
    return run


def send_input(run, command):
    try:
        if command.stdin:
            run.send(command.stdin)
        run.input.close()
    except (OSError, ValueError):  # it does not want them any more
        pass


def ask_service(run, _):
    """Asks what can be asked, and has the root stop; whatever the faults make of it."""
    deadline = time.monotonic() + PATIENCE_S
    place = None
    while run.process.poll() is None and time.monotonic() < deadline:
        found = LISTENING.search(run.said())
        place = place or (found and int(found[2] or found[4]))
        if place and ask(place, "/readyz", 1)[0] == 200:
            break
        time.sleep(0.02)
    if not place:
        return
    for target in TARGETS:
        run.answers.append(ask(place, target, PATIENCE_S))
    try:
        os.kill(run.pids()[0], signal.SIGTERM)
    except (KeyError, OSError):
        pass


def ask(port, target, patience):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        client.request("GET", target)
        reply = client.getresponse()
        return reply.status, re.sub(rb'"micros":[0-9]+,?', b"", reply.read())
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        client.close()
