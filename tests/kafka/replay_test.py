"""replay publishes trips to a real broker: each once, in order, and none is missing behind a window's line.

    replay_test.py CACHE TESSERA     exits with 77 and the reason where there can be no broker"""
import json
import os
import signal
import subprocess
import sys
import tempfile

from broker import SKIPPED, Broker, Unavailable

PATIENCE_S = 120
MPIRUN = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", "2"]


def check(holds, what):
    if not holds:
        sys.exit(f"failed: {what}")


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_S)
    check(done.returncode == 0, f"{command}: {done.stderr}")
    return done.stdout


def read_topic(broker, topic, messages):
    """So many messages from the first on; where there are fewer, what is there after some seconds."""
    out = broker.run_tool("org.apache.kafka.tools.consumer.ConsoleConsumer", "--bootstrap-server", broker.address,
                          "--topic", topic, "--from-beginning", "--max-messages", str(messages), "--timeout-ms",
                          "20000")
    return [line for line in out.splitlines() if line.startswith("{")]


def check_all(broker, tessera):
    broker.create_topic("all")
    lines = run(*MPIRUN, tessera, "replay", "t.h5", "--speed", "0", "--every", "1d", "--to",
                f"kafka://{broker.address}/all")
    check(lines == run(tessera, "replay", "t.h5", "--speed", "0", "--every", "1d", "--to", "./all.jsonl"), "windows")
    with open("all.jsonl", encoding="utf-8") as file:
        wanted = file.read().splitlines()
    found = read_topic(broker, "all", len(wanted))
    check(found == wanted, f"{len(found)} messages are not the {len(wanted)} trips in their order")


def check_stop(broker, tessera):
    """What was told in a line is in the topic, and nothing more, after SIGTERM."""
    broker.create_topic("stopped")
    command = [tessera, "replay", "t.h5", "--speed", "36000", "--every", "1h", "--to", f"kafka://{broker.address}/stopped"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        lines = [process.stdout.readline() for _ in range(12)]
        process.send_signal(signal.SIGTERM)
        lines += process.communicate(timeout=PATIENCE_S)[0].splitlines()
    check(process.returncode == 0, f"exit code {process.returncode} after SIGTERM")
    told = sum(json.loads(line)["trips"] for line in lines)
    check(told > 0, "no trips in the first half day")
    found = read_topic(broker, "stopped", told + 1)  # one more than there should be
    with open("all.jsonl", encoding="utf-8") as file:
        check(found == file.read().splitlines()[:told], f"{len(found)} messages, {told} told")


def main(cache, tessera):
    os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    tessera, cache = os.path.abspath(tessera), os.path.abspath(cache)
    try:
        with Broker(cache) as broker, tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            run(tessera, "generate", "trips", "--format", "yellow", "--trips", "20000", "--seed", "5", "--output", "y.csv")
            run(tessera, "ingest", "y.csv", "--store", "t.h5")
            check_all(broker, tessera)
            check_stop(broker, tessera)
            os.chdir("/")
    except Unavailable as reason:
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)


if __name__ == "__main__":
    main(*sys.argv[1:])
