"""answer between two topics of a real broker: whatever is killed, every request has its answer.

    answer_test.py CACHE TESSERA     exits with 77 and the reason where there can be no broker"""
import collections
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from broker import SKIPPED, Broker, Unavailable

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pipeline"))
from program import kill_session  # noqa: E402

PATIENCE_S = 90
COUNT = 10_000
MPIRUN = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", "2"]
BAD = ['{"id":"cut off","op":"range","limit":', '{"id":"long","op":"range","box":[' + "0," * 40_000 + "0]}",
       '{"id":"much","op":"range","limit":99999999}', '{"id":"none"}', '"no object"']


def check(holds, what):
    if not holds:
        sys.exit(f"failed: {what}")


def run(*command, **how):
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, **how)
    check(done.returncode == 0, f"{command}: {done.stderr}")
    return done.stdout


def wait_until(holds, what):
    end = time.monotonic() + PATIENCE_S
    while not holds():
        check(time.monotonic() < end, f"after {PATIENCE_S} s still not: {what}")
        time.sleep(0.02)


class Topics:
    """What is in the broker's topics, by kcat."""

    def __init__(self, broker):
        self.broker = broker

    def kcat(self, *words, **how):
        return run("kcat", "-q", "-b", self.broker.address, *words, **how)

    def put(self, topic, lines, *words):
        self.kcat("-P", "-t", topic, *words, input="".join(line + "\n" for line in lines))

    def read(self, topic):
        return self.kcat("-C", "-t", topic, "-o", "beginning", "-e").splitlines()

    def count(self, topic, partitions):
        """How many messages it has, quickly; 0 where the broker is not there yet."""
        wanted = [word for partition in range(partitions) for word in ("-t", f"{topic}:{partition}:-1")]
        told = subprocess.run(["kcat", "-q", "-b", self.broker.address, "-Q", *wanted], capture_output=True, text=True,
                              timeout=PATIENCE_S)
        return sum(map(int, re.findall(r"offset (\d+)", told.stdout))) if told.returncode == 0 else 0


class Job:
    """`answer` on two ranks, from a topic to a topic."""

    def __init__(self, tessera, source, asked, sink, answered):
        mark = "&" if "?" in asked else "?"
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [*MPIRUN, tessera, "answer", "t.h5", "--from", f"kafka://{source}/{asked}{mark}group=g", "--to",
             f"kafka://{sink}/{answered}", "--batch", "100"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors, start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        code = self.process.poll()
        self.kill()
        if failure:
            print(f"exit code of answer: {code}; it said: {self.said()}")
        self.errors.close()

    def said(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def kill(self):
        """mpirun and the ranks, at once."""
        kill_session(self.process)
        self.process.wait()

    def stop(self):
        """In order. Returns what it said."""
        self.process.send_signal(signal.SIGUSR1)
        try:
            code = self.process.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            code = f"none within {PATIENCE_S} s"
        said = self.said()
        check(code == 0, f"exit code {code} after SIGUSR1: {said}")
        check("stopped by a signal; all " in said, f"what it said after SIGUSR1: {said}")
        return said


def comparable(line):
    return re.sub(r'"micros":\d+,', "", line)


def by_id(lines):
    """The texts that each id has, and how often."""
    texts = collections.defaultdict(collections.Counter)
    for line in lines:
        texts[json.loads(line).get("id")][comparable(line)] += 1
    return texts


def check_answers(found, wanted):
    """Returns how many are there twice or more."""
    missing = wanted.keys() - found.keys()
    check(not missing, f"{len(missing)} ids have no answer: {sorted(missing)[:5]}")
    check(found.keys() == wanted.keys(), f"ids that nobody asked with: {found.keys() - wanted.keys()}")
    for name, texts in wanted.items():
        check(found[name].keys() == texts.keys(), f"{name}: {list(found[name])} instead of {list(texts)}")
    return sum(sum(texts.values()) > 1 for texts in found.values())


def write_requests(tessera, name, count, seed, prefix, more=()):
    """A file of requests, and more in their midst; its lines and their answers, as the file gets them."""
    made = run(tessera, "generate", "requests", "--store", "t.h5", "--count", str(count), "--seed", str(seed))
    lines = [line.replace('"id":"r', f'"id":"{prefix}', 1) for line in made.splitlines()]
    lines[count // 2:count // 2] = more
    with open(name, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
    answers = run(tessera, "answer", "t.h5", "--requests", name).splitlines()
    check(len(answers) == len(lines), "one answer each")
    return lines, by_id(line for line in answers if "id" in json.loads(line))


def wait_for_all(topics, topic, partitions, least, wanted):
    """The whole topic, once it has that many messages and an answer to each id."""
    found = {}

    def is_there():
        if topics.count(topic, partitions) >= least:
            found.update(by_id(topics.read(topic)))
        return wanted.keys() <= found.keys()

    wait_until(is_there, f"{len(wanted)} ids answered in {topic}")
    return found


def check_nameless(found):
    """Those without an id: one that is no object, and one without a value."""
    texts = found.pop(None, {})
    errors = [json.loads(text)["error"] for text in texts]
    check({error["code"] for error in errors} == {"bad_json"}, errors)
    reasons = {re.sub(r"^line \d+: ", "", error["message"]) for error in errors}
    check(len(reasons) == 2, f"one that is no object and one that is empty: {reasons}")


def check_killed(topics, tessera):
    """All is killed half-way, and started again. Bad requests are in the way."""
    lines, wanted = write_requests(tessera, "asked.jsonl", COUNT, 1, "r", BAD)
    topics.put("asked", lines)
    topics.put("asked", ["key:"], "-Z", "-K", ":")  # no value
    with Job(tessera, topics.broker.address, "asked", topics.broker.address, "answered") as job:
        wait_until(lambda: topics.count("answered", 2) >= 4000, "4,000 answers")
        job.kill()
    there = topics.count("answered", 2)
    check(1000 <= there <= 9000, f"killed when {there} of {COUNT} answers were there, which is not half-way")
    with Job(tessera, topics.broker.address, "asked", topics.broker.address, "answered") as job:
        wait_for_all(topics, "answered", 2, len(lines) + 1, wanted)
        job.stop()
    found = by_id(topics.read("answered"))
    check_nameless(found)
    twice = check_answers(found, wanted)
    print(f"killed at {there:,} answers; {twice} requests were answered twice")
    return wanted


def check_outage(topics, tessera, before):
    """The broker dies and comes back; and what was answered before an end in order is not answered again."""
    lines, wanted = write_requests(tessera, "more.jsonl", 2000, 2, "s")
    start = topics.count("answered", 2)
    with Job(tessera, topics.broker.address, "asked", topics.broker.address, "answered") as job:
        topics.put("asked", lines)
        wait_until(lambda: topics.count("answered", 2) >= start + 200, "200 answers")
        topics.broker.kill()
        began = time.monotonic()
        topics.broker.start()
        wait_for_all(topics, "answered", 2, start + len(lines), wanted)
        took = time.monotonic() - began
        job.stop()
    found = by_id(topics.read("answered"))
    old = sum(sum(texts.values()) for name, texts in found.items() if name not in wanted)
    check(old == start, f"{old - start} requests that were answered came again after an end in order")
    twice = check_answers({name: texts for name, texts in found.items() if name in wanted}, wanted)
    print(f"the broker was away: all answered {took:.0f} s after its death, {twice} twice")


def check_pipe(topics, tessera, wanted):
    """As README has it."""
    broker = topics.broker.address
    run("bash", "-c", f"set -o pipefail; kcat -C -q -e -o beginning -b {broker} -t asked | {tessera} answer t.h5 "
        f"--requests - | kcat -P -b {broker} -t piped")
    found = by_id(topics.read("piped"))
    found = {name: texts for name, texts in found.items() if name in wanted}
    check(check_answers(found, wanted) == 0, "the pipe answers once")


def check_too_large(topics, tessera):
    """An answer that the topic does not take is an error answer; its neighbours and followers are as ever."""
    large = '{"id":"large","op":"range","limit":10000}'
    lines, wanted = write_requests(tessera, "large.jsonl", 40, 3, "t", [large, large.replace("large", "huge")])
    fitting = {name: texts for name, texts in wanted.items() if len(next(iter(texts))) < 15_000}
    check(30 <= len(fitting) <= 40, f"{len(fitting)} answers are small")
    topics.put("large_asked", lines)
    with Job(tessera, topics.broker.address, "large_asked", topics.broker.address, "large_answered") as job:
        found = wait_for_all(topics, "large_answered", 1, len(lines), wanted)
        said = job.stop()
    check_answers({name: texts for name, texts in found.items() if name in fitting}, fitting)
    for name in ("large", "huge"):
        error = json.loads(next(iter(found[name])))["error"]
        check(error["code"] == "too_large", error)
        bytes_of_answer = len(next(iter(wanted[name]))) + len('"micros":,')
        told = int(re.search(r"the answer's (\d+) bytes are more than the topic takes", error["message"])[1])
        check(0 < told - bytes_of_answer < 12, f"{told} bytes told, {bytes_of_answer} without the digits of micros")
    check(re.search(r"too_large \d+", said), f"the summary counts it: {said}")


def check_unacknowledged(topics, tessera):
    """Killed when answers are sent and not acknowledged: their requests are not confirmed."""
    gate = topics.broker.gate
    lines, wanted = write_requests(tessera, "held.jsonl", 50, 4, "u")
    # As short a session as the broker allows, to wait less for the dead member.
    asked, answered = "held_asked?session.timeout.ms=6000", "held_answered"
    with Job(tessera, topics.broker.address, asked, topics.broker.gated_address, answered) as job:
        topics.put("held_asked", lines[:1])
        wait_until(lambda: topics.count(answered, 1) == 1, "the first answer")
        gate.is_shut = True
        topics.put("held_asked", lines[1:])
        wait_until(lambda: gate.held_bytes > 1000, "answers are sent")
        job.kill()
    gate.is_shut = False
    check(topics.count(answered, 1) == 1, "nothing comes through the gate")
    with Job(tessera, topics.broker.address, asked, topics.broker.gated_address, answered) as job:
        found = wait_for_all(topics, answered, 1, len(lines), wanted)
        job.stop()
    check(check_answers(found, wanted) == 0, "no request was answered twice")


def check_all(broker, tessera):
    topics = Topics(broker)
    for topic in (("asked", 3), ("answered", 2), ("piped",), ("large_asked",), ("held_asked",), ("held_answered",),
                  ("large_answered", 1, "max.message.bytes=20000")):
        broker.create_topic(*topic)
    wanted = check_killed(topics, tessera)
    check_pipe(topics, tessera, wanted)
    check_outage(topics, tessera, wanted)
    check_too_large(topics, tessera)
    check_unacknowledged(topics, tessera)


def main(cache, tessera):
    tessera, cache = os.path.abspath(tessera), os.path.abspath(cache)
    try:
        if not shutil.which("kcat"):
            raise Unavailable("there is no kcat (Debian: kcat)")
        with Broker(cache) as broker, tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            # What MPI leaves behind where it is killed goes with the folder.
            os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", TMPDIR=folder,
                              OMPI_MCA_btl_vader_backing_directory=folder)
            run(tessera, "generate", "trips", "--format", "yellow", "--trips", "20000", "--seed", "5", "--output",
                "y.csv")
            run(tessera, "ingest", "y.csv", "--store", "t.h5")
            try:
                check_all(broker, tessera)
            except BaseException:
                print(f"the broker's process: {broker.process and broker.process.poll()}, its log:\n{broker.log()}")
                raise
            os.chdir("/")
    except Unavailable as reason:
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)


if __name__ == "__main__":
    main(*sys.argv[1:])
