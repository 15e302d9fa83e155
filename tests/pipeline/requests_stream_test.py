"""`answer -` as a partner in talk, through pipes at 1, 2 and 3 ranks: an answer comes before the next request is sent,
halves of a line are waited for, the end of input ends all ranks, and waiting costs next to nothing."""
import json
import time

from asking import AnswerTest, lines_of, without_micros
from program import run_tests
from stream import Stream, processor_seconds

HOWS = (None, 1, 2, 3)  # ranks; None is without mpirun


class RequestsStream(AnswerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requests = [lines_of([request]) for request in cls.make_requests(200, 11)]
        cls.wanted = cls.answers(b"".join(cls.requests))

    def start(self, ranks, *options):
        return Stream(self.program, "answer", "t.h5", "--requests", "-", *options, ranks=ranks)

    def check_end(self, stream):
        """The end of input is the end of a run that went well."""
        stream.end_input()
        self.assertEqual(stream.read_rest(), b"")
        self.assertEqual(stream.wait(), 0, stream.said())
        self.assertIn(" requests in ", stream.said())

    def test_answers_before_the_next_request(self):
        for ranks in HOWS:
            with self.subTest(ranks=ranks), self.start(ranks, "--latency", "l.csv") as stream:
                for request, wanted in zip(self.requests, self.wanted):
                    stream.send(request)
                    self.assertEqual(without_micros(stream.read_line()), wanted)
                self.check_end(stream)
                with open(self.path("l.csv"), encoding="utf-8") as file:
                    self.assertEqual(len(file.readlines()), len(self.requests) + 1)

    def test_a_request_in_halves(self):
        """The first half gets no answer, and no harm comes of it; so does half a line end."""
        for ranks in (None, 2):
            with self.subTest(ranks=ranks), self.start(ranks) as stream:
                stream.send(self.requests[0])
                stream.read_line()
                for request, wanted in zip(self.requests[1:4], self.wanted[1:4]):
                    stream.send(request[:len(request) // 2])
                    self.assertFalse(stream.has_answer(0.3))
                    stream.send(request[len(request) // 2:-1] + b"\r")
                    self.assertFalse(stream.has_answer(0.1))
                    stream.send(b"\n")
                    self.assertEqual(without_micros(stream.read_line()), wanted)
                self.check_end(stream)

    def test_the_last_line_needs_no_end(self):
        for ranks in (None, 3):
            with self.subTest(ranks=ranks), self.start(ranks) as stream:
                stream.send(b"".join(self.requests[:40]) + self.requests[40][:-1])
                stream.end_input()
                self.assertEqual(without_micros(stream.read_rest()), b"".join(self.wanted[:41]))
                self.assertEqual(stream.wait(), 0)

    def test_no_requests_at_all(self):
        for ranks in (None, 3):
            for data in (b"", b"\n \r\n\n"):
                with self.subTest(ranks=ranks, data=data), self.start(ranks) as stream:
                    stream.send(data)
                    self.check_end(stream)

    def test_bad_lines_between(self):
        with self.start(3) as stream:
            for request, wanted in zip(self.requests[:20], self.wanted):
                stream.send(b'{"id":7,"op":"sing"}\n' + request)
                self.assertEqual(json.loads(stream.read_line())["error"]["code"], "bad_request")
                self.assertEqual(without_micros(stream.read_line()), wanted)
            self.check_end(stream)

    def test_waiting_costs_nothing(self):
        """Processor time of each rank over ten seconds of waiting: under 5 % of a core; 2 % on a quiet machine."""
        with self.start(3) as stream:
            stream.send(self.requests[0])
            stream.read_line()
            pids = stream.pids()
            before, begin = [processor_seconds(pid) for pid in pids], time.monotonic()
            time.sleep(10)
            waited = time.monotonic() - begin
            shares = [(processor_seconds(pid) - spent) / waited for pid, spent in zip(pids, before)]
            print("shares of a core:", *(f"{100 * share:.2f} %" for share in shares))
            self.assertLess(max(shares), 0.05)
            stream.send(self.requests[1])
            self.assertEqual(without_micros(stream.read_line()), self.wanted[1])
            self.check_end(stream)


if __name__ == "__main__":
    run_tests()
