"""The same requests get the same bytes (but micros) at any number of ranks and threads and at any size of a batch, in
the order asked; --repeat and --explain; and a request goes to no rank that cannot have its answer."""
import json
import re

from asking import AnswerTest, line_of, lines_of, without_micros
from program import run_tests

COST = re.compile(rb',"cost":\{"ranks":(\d+),"tiles":(\d+),"rows":(\d+)\}')
IDS = ["a", "a", 7, -7, 0, 18446744073709551615, "", "ü \"\\ \u2028", "\x7f", None, "x" * 300]
BAD = [b"no json\n", b'{"id":"b","op":"nearest","at":[0,0],"k":0}\n', b'{"id":5,"op":"range","limit":99999}\n',
       b'{"op":"range","count":true}\n', b"\r\n", b'{"id":"long","op":"' + b"x" * 4000 + b'"}\n']
WAYS = [(ranks, threads, batch) for ranks in (1, 2, 3, 7) for threads in (1, 2) for batch in (1, 7, 1024)]
HEAVY = {"op": "aggregate", "by": ["vendor", "day", "hour", "dropoff_tile:24"], "measure": ["sum:total", "p99:tip"]}


class RequestsSame(AnswerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        made = cls.make_requests(150, 21) + cls.make_requests(40, 22, "--mix", "1,0,0", "--window", "none")
        lines = [line_of(request) for request in made]
        for number, line in enumerate(BAD):
            lines.insert(10 * number + 3, line)
        lines += [line_of({"id": name, "op": "range", "count": True}) for name in IDS]
        lines += [line_of({"id": "heavy", **HEAVY}), line_of({"id": "all", "op": "range", "limit": 0})]
        cls.text = b"".join(lines)
        cls.ids = [json.loads(line).get("id") for line in lines if line not in (b"no json\n", b"\r\n")]
        cls.wanted = cls.ask(1, 1, 1024)

    @classmethod
    def ask(cls, ranks, threads, batch, *options):
        return cls.answers(cls.text, "--batch", batch, "--max-line", 2000, *options, ranks=ranks, threads=threads)

    def test_any_ranks_threads_and_batch(self):
        for way in WAYS:
            with self.subTest(ranks_threads_batch=way):
                self.check_same(self.ask(*way))

    def check_same(self, found, wanted=None):
        wanted = self.wanted if wanted is None else wanted
        for number, (got, right) in enumerate(zip(found, wanted)):
            self.assertEqual(got[:2000], right[:2000], f"answer {number} of {len(wanted)}")
        self.assertEqual(len(found), len(wanted))
        self.assertTrue(found == wanted)

    def test_order_and_ids(self):
        answers = list(map(json.loads, self.wanted))
        ids = [answer.get("id") for answer in answers if answer.get("error", {}).get("code") != "bad_json"]
        self.assertEqual(ids, self.ids)
        self.assertEqual(sum("error" in answer for answer in answers), 4)
        self.assertIn(b'"id":18446744073709551615,', b"".join(self.wanted))

    def test_one_error_is_one_of_a_batch(self):
        """An answer is the same whoever shares its batch."""
        alone = b"".join(b"".join(self.answers(line, "--max-line", 2000)) for line in self.text.splitlines(True)[:6])
        self.assertEqual(re.sub(rb"line \d+", b"line", alone),
                         re.sub(rb"line \d+", b"line", b"".join(self.wanted[:len(alone.splitlines())])))

    def test_to_a_file(self):
        for ranks in (None, 3):
            self.assertEqual(self.ask(ranks, 2, 7, "--output", "a.jsonl"), [])
            with open(self.path("a.jsonl"), "rb") as file:
                self.assertEqual(without_micros(file.read()), b"".join(self.wanted))

    def test_repeat(self):
        for ranks in (None, 3):
            self.check_same(self.ask(ranks, 1, 64, "--repeat", 3), 3 * self.wanted)

    def test_explain_adds_the_cost_and_nothing_else(self):
        for ranks in (1, 4):
            explained = self.ask(ranks, 1, 1024, "--explain")
            self.check_same([COST.sub(b"", answer) for answer in explained])
            for answer in explained:
                costs = [list(map(int, cost)) for cost in COST.findall(answer)]
                self.assertEqual(len(costs), 0 if b'"error"' in answer else 1)
                for touched, tiles, rows in costs:
                    self.assertLessEqual(touched, ranks)
                    self.assertTrue(touched > 0 or tiles == rows == 0)

    def test_only_ranks_that_can_answer_are_asked(self):
        corner = [-73.80, 40.63, -73.76, 40.66]  # an airport: one stretch of the curve
        requests = [{"id": "everywhere", **HEAVY}, {"id": "corner", "op": "range", "box": corner, "limit": 10},
                    {"id": "near", "op": "nearest", "at": [-73.78, 40.645], "k": 1},
                    {"id": "near, short", "op": "nearest", "at": [-73.78, 40.645], "within_m": 200, "k": 10000},
                    {"id": "nowhere", "op": "aggregate", "by": ["hour"], "box": [0, 0, 1, 1]},
                    {"id": "never", "op": "nearest", "at": [-73.98, 40.75], "from": "2099-01-01"}]
        answers = map(json.loads, self.answers(lines_of(requests), "--explain", ranks=4))
        touched = {answer["id"]: answer["cost"]["ranks"] for answer in answers}
        self.assertEqual(touched, {"everywhere": 4, "corner": 1, "near": 1, "near, short": 1, "nowhere": 0, "never": 0})

    def test_more_ranks_than_tiles(self):
        """Ranks that have nothing; and a store that has nothing at all."""
        self.write_lines(b"Date/Time,Lat,Lon,Base\n4/1/2014 0:11:00,40.7484,-73.9857,B02512\n", "one.csv")
        self.write_lines(b"Date/Time,Lat,Lon,Base\n4/1/2014 0:11:00,1.5,1.5,B02512\n", "none.csv")
        for name, matched in (("one", 1), ("none", 0)):
            self.program.must("ingest", f"{name}.csv", "--store", f"{name}.h5")
            wanted = self.answers(self.text, store=f"{name}.h5")
            self.check_same(self.answers(self.text, store=f"{name}.h5", ranks=3), wanted)
            self.assertEqual(json.loads(wanted[-1])["matched"], matched)

    def test_the_comparison_can_fail(self):
        changed = self.text.replace(b'"k":10,', b'"k":9,', 1)
        self.assertFalse(changed == self.text)
        self.assertFalse(self.answers(changed, "--max-line", 2000) == self.wanted)


if __name__ == "__main__":
    run_tests()
