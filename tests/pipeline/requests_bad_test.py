"""Lines that are no requests: each gets one error answer, with its id where it has one, and a code; the stream goes on
and ends well, and other lines do not mind."""
import json

from asking import AnswerTest, line_of
from program import run_tests

GOOD = b'{"id":"good","op":"range","count":true}\n'
NEAREST, RANGE = '{"id":"n","op":"nearest","at":[-73.98,40.75]', '{"id":"r","op":"range"'
GROUPS = '{"id":"a","op":"aggregate"'

# A line, and the id, code and parts of the message of its answer.
NO_JSON = {
    b"no": (None, "no JSON"),
    b'{"id":"t1","op":"range","count":true': ("t1",),
    b'{"id":"t2","op":"ra': ("t2",),
    b'{"id":"t': (None,),
    b'{"id":3,"op":"range"} {"id":4,"op":"range"}': (3,),
    b"{'id':1}": (None,),
    b'{"id":"c","op":"range",}': ("c",),
    b'{"id":"e","op":"nearest","at":[0,0],"within_m":1e999}': ("e",),
    b'{"id":"NaN","op":"range","limit":NaN}': ("NaN",),
    b'{"id":"deep","op":' + 2000 * b"[" + 2000 * b"]" + b"}": ("deep",),
    b'{"op":{"id":"inner"},': (None,),
    b'{"id":"n\0","op":"range"}': (None,),
    b'{"id":"n","op":"ran\0ge"}': ("n",),
    b"\0\0\0": (None,),
    b'\0{"id":"n","op":"range"}': ("n",),
    b'{"id":"\xff\xfe","op":"range"}': (None, "UTF-8"),
    b'{"id":"u","op":"\xff"}': ("u", "UTF-8"),
    b'{"id":"u","op":"\xed\xa0\x80"}': ("u", "UTF-8"),
    b'{"id":"\\ud800","op":"range"}': (None,),
    b"\xef\xbb\xbf" + GOOD[:-1]: ("good",),  # a byte order mark is one at the start alone
    b"[]": (None, "object"), b"3": (None, "object"), b"null": (None, "object"), b'"x"': (None, "object"),
}
NO_REQUEST = {
    "{}": (None, "op"), '{"id":"x"}': ("x", "op"), '{"op":"range","id":[1]}': (None, "id", "[1]"),
    '{"id":1.5,"op":"range"}': (None, "id", "1.5"), '{"id":true,"op":"range"}': (None, "id", "true"),
    '{"id":"x","op":"sing"}': ("x", "sing", "nearest"), '{"id":"x","op":7}': ("x", "7", "nearest"),
    '{"op":"sing","id":"late"}': ("late", "sing"), '{"frob":1,"op":"range","id":"late"}': ("late", "frob"),
    '{"id":"x","op":"nearest"}': ("x", "at"), '{"id":"x","op":"aggregate"}': ("x", "by"),
    '{"id":"x","op":"nearest","at":[1]}': ("x", "at", "LON,LAT"), '{"id":"x","op":"nearest","at":"1,2"}': ("x", "at"),
    '{"id":"x","op":"nearest","at":[181,0]}': ("x", "at", "181"), '{"id":"x","op":"nearest","at":[0,91]}': ("x", "91"),
    '{"id":"x","op":"nearest","at":[0,"0"]}': ("x", "at"), '{"id":"x","op":"nearest","at":[0,null]}': ("x", "at"),
    NEAREST + ',"k":0}': ("n", "k must be from 1 to 50, not 0"), NEAREST + ',"k":51}': ("n", "50", "51"),
    NEAREST + ',"k":-1}': ("n", "k", "-1"), NEAREST + ',"k":2.5}': ("n", "2.5"), NEAREST + ',"k":"3"}': ("n", '"3"'),
    NEAREST + ',"k":true}': ("n", "true"), NEAREST + ',"k":[1]}': ("n", "[1]"), NEAREST + ',"limit":3}': ("n", "limit"),
    NEAREST + ',"within_m":-1}': ("n", "within_m", "-1"), NEAREST + ',"within_m":"far"}': ("n", "within_m", "far"),
    NEAREST + ',"at":[0,0]}': ("n", "at", "twice"), NEAREST + ',"on":"roof"}': ("n", "on", "roof", "dropoff"),
    RANGE + ',"limit":201}': ("r", "limit", "200", "201"), RANGE + ',"limit":-1}': ("r", "limit", "-1"),
    RANGE + ',"count":1}': ("r", "count", "true"), RANGE + ',"k":1}': ("r", "k", "range"),
    RANGE + ',"box":[0,0,1]}': ("r", "box", "W,S,E,N"), RANGE + ',"box":[1,0,0,1]}': ("r", "box"),
    RANGE + ',"box":[0,1,1,0]}': ("r", "box"), RANGE + ',"box":[0,0,1,91]}': ("r", "box"),
    RANGE + ',"box":{}}': ("r", "box"), RANGE + ',"box":"0,0,1,1"}': ("r", "box"),
    RANGE + ',"from":"yesterday"}': ("r", "from", "yesterday"), RANGE + ',"to":20140401}': ("r", "to", "20140401"),
    RANGE + ',"from":"2014-02-30"}': ("r", "from"), RANGE + ',"from":"2014-04-02","to":"2014-04-02"}': ("r", "empty"),
    RANGE + ',"source":["red"]}': ("r", "source", "red"), RANGE + ',"source":[]}': ("r", "source"),
    RANGE + ',"source":[1]}': ("r", "source"), RANGE + ',"by":["hour"]}': ("r", "by"),
    GROUPS + ',"by":[]}': ("a", "key"), GROUPS + ',"by":["moon"]}': ("a", "moon", "hour"),
    GROUPS + ',"by":7}': ("a", "by"), GROUPS + ',"by":["hour"],"limit":1}': ("a", "limit"),
    GROUPS + ',"by":["hour","hour"]}': ("a", "twice"), GROUPS + ',"by":["hour"],"measure":["luck"]}': ("a", "luck"),
    GROUPS + ',"by":["hour"],"measure":[]}': ("a", "measure"), GROUPS + ',"by":["pickup_tile:25"]}': ("a", "25"),
}
TOO_LARGE = {RANGE + ',"limit":0}': ("r", "--max-rows", "200"),
             GROUPS + ',"by":["dropoff_tile:24"]}': ("a", "--max-rows")}
LIMITS = ["--max-k", 50, "--max-rows", 200, "--max-line", 6000]


class RequestsBad(AnswerTest):
    def ask(self, lines, *options, **how):
        return [json.loads(line) for line in self.answers(lines, *options, **how)]

    def check_error(self, answer, wanted_id, code, *parts):
        self.assertEqual(set(answer), {"error"} if wanted_id is None else {"id", "error"}, answer)
        self.assertEqual((answer.get("id"), set(answer["error"])), (wanted_id, {"code", "message"}), answer)
        self.assertEqual(answer["error"]["code"], code, answer)
        for part in parts:
            self.assertIn(part, answer["error"]["message"])

    def test_each(self):
        """Between good ones, at one rank and at three, in one batch and alone."""
        cases = [(line, (wanted_id, "bad_json", *parts)) for line, (wanted_id, *parts) in NO_JSON.items()]
        for code, table in (("bad_request", NO_REQUEST), ("too_large", TOO_LARGE)):
            cases += [(line.encode(), (wanted_id, code, *parts)) for line, (wanted_id, *parts) in table.items()]
        text = GOOD + b"".join(line + b"\n" + GOOD for line, _ in cases)
        wanted = self.ask(text, *LIMITS)
        self.assertEqual(len(wanted), 2 * len(cases) + 1)
        for (line, error), answer, good in zip(cases, wanted[1::2], wanted[2::2]):
            with self.subTest(line):
                self.check_error(answer, *error)
                self.assertEqual(good, wanted[0])
                if error[0] is None:
                    self.assertIn(f"line {2 * cases.index((line, error)) + 2}: ", answer["error"]["message"])
        for batch, ranks in ((1, None), (1024, 3)):
            self.assertEqual(self.ask(text, *LIMITS, "--batch", batch, ranks=ranks), wanted)

    def test_limits_can_be_reached(self):
        trips = self.ask(GOOD)[0]["matched"]
        for limit, code in ((trips, None), (trips - 1, "too_large")):
            for ranks in (None, 3):
                answer, = self.ask(line_of({"op": "range", "limit": 0}), "--max-rows", limit, ranks=ranks)
                self.assertEqual(answer.get("error", {}).get("code"), code)
        self.assertEqual(len(self.ask(line_of({"op": "nearest", "at": [0, 0], "k": 50}), *LIMITS)[0]["rides"]), 50)

    def test_long_lines(self):
        """To the byte; a line end of two bytes does not count. Lines far longer than any buffer pass by."""
        head, tail = b'{"id":"long","op":"range","count":true,"source":"', b'uber"}'
        for size, code in ((6000, "bad_request"), (6001, "too_long"), (3_000_000, "too_long")):
            line = head + b"x" * (size - len(head) - len(tail)) + tail
            for end in (b"\n", b"\r\n"):
                answers = self.ask(GOOD + line + end + GOOD + line, *LIMITS, ranks=3 if size > 10**6 else None)
                self.assertEqual(answers[0], answers[2])
                for answer in answers[1::2]:
                    self.check_error(answer, "long", code)
        blank, = self.ask(b" " * 7000 + b"\n", *LIMITS)
        self.check_error(blank, None, "too_long")

    def test_lines_that_are_odd_but_right(self):
        good, = self.ask(GOOD)
        for text in (b"\xef\xbb\xbf" + GOOD, GOOD[:-1], GOOD[:-1] + b"\r\n", b"\n\r\n  \t\n" + GOOD + b"\n\n",
                     b" \t" + GOOD[:-1] + b"  \r\n", GOOD.replace(b"good", b"go\\u006fd")):
            for ranks in (None, 2):
                self.assertEqual(self.ask(text, ranks=ranks), [good], text)
        for text in (b"", b"\n", b"\r\n\n", b"\xef\xbb\xbf", b"   "):
            self.assertEqual(self.ask(text), [], text)

    def test_the_line_is_told_where_there_is_no_id(self):
        answers = self.ask(b"\r\n\nno\n" + GOOD + b"\nno", "--batch", 1)
        self.assertIn("line 3: ", answers[0]["error"]["message"])
        self.assertIn("line 6: ", answers[2]["error"]["message"])

    def test_nothing_but_noise(self):
        with open(self.program.binary, "rb") as file:
            noise = file.read(300_000)
        for answer in self.ask(noise, ranks=2):
            self.assertIn(answer["error"]["code"], ("bad_json", "too_long"))


if __name__ == "__main__":
    run_tests()
