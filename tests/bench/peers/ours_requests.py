"""We answer the mixed requests: `answer`, which stays, gets their lines through a pipe and gives back lines of JSON.
    python3 ours_requests.py TESSERA STORE REQUESTS THREADS"""
import os
import subprocess
import sys
import threading

from contestant import take_turns, tell, time_of

tessera, store, path, threads = sys.argv[1:]
lines = open(path, "rb").read()
count = lines.count(b"\n")
# Root must find what it allowed; a batch is what waits.
process = subprocess.Popen([tessera, "answer", store, "--requests", "-", "--threads", threads], stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)


def ask():
    threading.Thread(target=process.stdin.write, args=(lines,)).start()
    answered = 0
    while answered < count:
        piece = os.read(process.stdout.fileno(), 1 << 20)
        if not piece:
            raise SystemExit("answer ended early")
        answered += piece.count(b"\n")


ask()
take_turns(lambda: tell(case="mixed", who="ours", threads=int(threads), items=count, seconds=time_of(ask)))
process.stdin.close()
process.wait(timeout=60)
