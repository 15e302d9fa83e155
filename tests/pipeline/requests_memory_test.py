"""The root's memory does not grow with the requests: neither over many of them, nor where they come faster than anybody
reads the answers."""
import os
import re
import threading

from asking import AnswerTest
from program import run_tests
from stream import Stream, resident_kib, watch_resident_kib

REQUEST = (b'{"id":%d,"op":"nearest","at":[-73.%d,40.7%d],"k":1,'
           b'"from":"2014-04-%02dT08:00","to":"2014-04-%02dT09:00"}\n')
ID = re.compile(rb'^\{"id":(\d+),"op":"nearest",.*"rides":\[.*\]\}$', re.MULTILINE)
FLOOD = 200_000
SLACK_KIB = 16 << 10  # the flood's answers alone are three times as much


def make_line(number):
    day = number % 28 + 1
    return REQUEST % (number, 9000 + number % 997, 100 + number % 613, day, day)


class RequestsMemory(AnswerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = [make_line(number) for number in range(FLOOD)]

    def start(self, requests, *options, ranks):
        return Stream(self.program, "answer", "t.h5", "--requests", requests, *options, ranks=ranks)

    def check_ids(self, answers, first):
        ids = list(map(int, ID.findall(answers)))
        self.assertEqual((len(ids), answers.count(b"\n")), (FLOOD - first, FLOOD - first))
        self.assertEqual(ids, list(range(first, FLOOD)))

    def test_a_flood(self):
        """Nobody reads for a while, then all answers are there. (What mpirun keeps meanwhile is not ours.)"""
        warm = 5000
        for ranks in (None, 2):
            with self.subTest(ranks=ranks), self.start("-", ranks=ranks) as stream:
                root = stream.pids()[0]
                for begin in range(0, warm, 500):
                    stream.send(b"".join(self.lines[begin:begin + 500]))
                    stream.read_lines(500)
                before = resident_kib(root, "VmHWM")
                flood = threading.Thread(target=self.pour, args=[stream, warm], daemon=True)
                flood.start()
                unread = max(kib for kib, in watch_resident_kib([root], 2))
                answers = stream.read_rest()
                flood.join()
                self.assertEqual(stream.wait(), 0, stream.said())
                self.check_ids(answers, warm)
                print(f"{ranks} ranks: {before} KiB before, {unread} while nobody read, answers {len(answers) >> 10}")
                self.assertLess(unread, before + SLACK_KIB)
                self.assertGreater(len(answers) >> 10, 2 * SLACK_KIB, "too little to show anything")

    def pour(self, stream, first):
        for begin in range(first, FLOOD, 1000):
            stream.send(b"".join(self.lines[begin:begin + 1000]))
        stream.end_input()

    def test_many_requests(self):
        """At nine tenths of them as much memory as at one tenth. TESSERA_TEST_REQUESTS sets how many."""
        count = int(os.environ.get("TESSERA_TEST_REQUESTS", 100_000))
        name = self.write_lines(b"".join(self.lines[:1000]))
        with self.start(name, "--repeat", count // 1000, ranks=2) as stream:
            samples, pids = [], stream.pids()
            stream.read_lines(1000)  # all is loaded
            watch = threading.Thread(target=lambda: samples.extend(watch_resident_kib(pids, 3600)), daemon=True)
            watch.start()
            done = 1000 + stream.read_rest().count(b"\n")
            self.assertEqual((stream.wait(), done), (0, count), stream.said())
            watch.join()
        tenths = [samples[len(samples) * tenth // 10] for tenth in range(1, 10)]
        print("KiB of the ranks at each tenth:", tenths)
        for first, last in zip(tenths[0], tenths[-1]):
            self.assertLess(last - first, 4 << 10)


if __name__ == "__main__":
    run_tests()
