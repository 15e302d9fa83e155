"""Signals while `answer -` waits or works, its input still open: SIGTERM, SIGINT and SIGUSR1 let it answer what it has
taken and end well; a rank that is killed ends the job; a rank that is paused only delays it."""
import contextlib
import os
import re
import signal
import threading
import time

from asking import AnswerTest, lines_of, without_micros
from program import run_tests
from stream import Stream

STOPPED = re.compile(r"^stopped by a signal; all (\d+) requests that were taken are answered$", re.MULTILINE)
SECONDS = 20  # a job that has lost a rank is over by then


class RequestsSignals(AnswerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requests = [lines_of([request]) for request in cls.make_requests(300, 12)]
        cls.wanted = cls.answers(b"".join(cls.requests))

    def start(self, ranks, *options):
        """A stream that has given its first answer."""
        stream = Stream(self.program, "answer", "t.h5", "--requests", "-", *options, ranks=ranks)
        stream.send(self.requests[0])
        self.assertEqual(without_micros(stream.read_line()), self.wanted[0])
        return stream

    def check_stop(self, stream):
        """It ends well by itself: the answers are whole, the first ones, and as many as it says."""
        answers = without_micros(stream.read_rest()).splitlines(keepends=True)
        self.assertEqual(stream.wait(), 0, stream.said())
        self.assertEqual(answers, self.wanted[1:1 + len(answers)])
        notes = STOPPED.findall(stream.said())
        self.assertEqual(notes, [str(1 + len(answers))], stream.said())

    def test_stop_while_it_waits(self):
        for name in ("SIGTERM", "SIGINT", "SIGUSR1"):
            with self.subTest(name), self.start(None) as stream:
                stream.process.send_signal(signal.Signals[name])
                self.check_stop(stream)

    def test_stop_while_it_works(self):
        for name in ("SIGTERM", "SIGINT"):
            for options in ([], ["--batch", 3]):
                with self.subTest(name, options=options), self.start(None, *options) as stream:
                    stream.send(b"".join(self.requests[1:]))
                    stream.process.send_signal(signal.Signals[name])
                    self.check_stop(stream)

    def test_all_that_was_taken_is_answered(self):
        """In the middle of more than it ever gets to: what is gone from the pipe has an answer."""
        text = 300 * b"".join(self.requests)
        with Stream(self.program, "answer", "t.h5", "--requests", "-", keep_input=True) as stream:
            os.set_blocking(stream.input.fileno(), False)
            given = answers = 0
            while answers < 5000:
                given += stream.input.write(text[given:given + 4096]) or 0
                if stream.has_answer(0):
                    stream.read_some()
                    answers += stream.unread.count(b"\n")
                    stream.unread = b""
            stream.process.send_signal(signal.SIGTERM)
            answers += stream.read_rest().count(b"\n")
            self.assertEqual(stream.wait(), 0, stream.said())
            taken = text[:given - len(stream.unread_input())]
            self.assertEqual(answers, taken.count(b"\n"))
            self.assertEqual(STOPPED.findall(stream.said()), [str(answers)])

    def test_stop_of_a_job(self):
        """The root rank alone is told, or all ranks by mpirun, which passes on SIGUSR1."""
        for name, to_mpirun in (("SIGTERM", False), ("SIGINT", False), ("SIGUSR1", True)):
            with self.subTest(name), self.start(3) as stream:
                root = stream.pids()[0]
                stream.send(b"".join(self.requests[1:]))
                os.kill(stream.process.pid if to_mpirun else root, signal.Signals[name])
                self.check_stop(stream)

    def test_a_second_signal_insists(self):
        """Where nobody reads the answers, what was taken cannot be answered."""
        with self.start(None) as stream:
            flood = threading.Thread(target=self.flood, args=[stream], daemon=True)
            flood.start()
            self.assertTrue(stream.has_answer(SECONDS))
            sent = 0
            while sent < stream.sent:  # until neither takes any more
                sent = stream.sent
                time.sleep(0.5)
            for _ in range(20):
                stream.process.send_signal(signal.SIGTERM)
                if stream.wait(1) is not None:
                    break
            self.assertEqual(stream.wait(), -signal.SIGTERM, stream.said())
            flood.join()

    def flood(self, stream):
        with contextlib.suppress(BrokenPipeError):
            for _ in range(1000):
                stream.send(b"".join(self.requests))

    def test_mpirun_is_told_to_end(self):
        """What it does then is Open MPI's to say (it kills the ranks after a second); nothing is left of the job."""
        for name in ("SIGTERM", "SIGINT"):
            with self.subTest(name), self.start(3) as stream:
                pids = stream.pids()
                stream.process.send_signal(signal.Signals[name])
                self.assertIsNotNone(stream.wait(SECONDS), stream.said())
                self.assertEqual([pid for pid in pids if stream.rank_of(pid) is not None], [])

    def test_other_ranks_do_not_mind(self):
        with self.start(3) as stream:
            os.kill(stream.pids()[2], signal.SIGTERM)
            self.check_talk(stream, 1)
            self.check_end(stream)

    def check_talk(self, stream, first):
        for request, wanted in zip(self.requests[first:first + 20], self.wanted[first:]):
            stream.send(request)
            self.assertEqual(without_micros(stream.read_line()), wanted)

    def check_end(self, stream):
        stream.end_input()
        self.assertEqual(stream.read_rest(), b"")
        self.assertEqual(stream.wait(), 0, stream.said())

    def test_a_killed_rank_ends_the_job(self):
        for rank in (0, 2):
            for works in (False, True):
                with self.subTest(rank=rank, works=works), self.start(3) as stream:
                    pids = stream.pids()
                    if works:
                        stream.send(b"".join(self.requests[1:]))
                    os.kill(pids[rank], signal.SIGKILL)
                    self.assertNotIn(stream.wait(SECONDS), (None, 0), stream.said())
                    self.assertEqual([pid for pid in pids if stream.rank_of(pid) is not None], [])
                    answers = without_micros(stream.read_rest()).splitlines(keepends=True)
                    if answers and not answers[-1].endswith(b"\n"):
                        answers.pop()  # it died over this one
                    self.assertEqual(answers, self.wanted[1:1 + len(answers)], "right, as far as they go")

    def test_a_paused_rank_is_waited_for(self):
        for rank in (0, 1):
            with self.subTest(rank=rank), self.start(2) as stream:
                pid = stream.pids()[rank]
                for first in (1, 150):
                    os.kill(pid, signal.SIGSTOP)
                    stream.send(b"".join(self.requests[first:first + 100]))
                    time.sleep(0.3)
                    os.kill(pid, signal.SIGCONT)
                    answers = without_micros(b"".join(stream.read_lines(100)))
                    self.assertEqual(answers, b"".join(self.wanted[first:first + 100]))
                self.check_end(stream)


if __name__ == "__main__":
    run_tests()
