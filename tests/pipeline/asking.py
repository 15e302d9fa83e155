"""What the tests of `answer` share: a small store of all sources, requests as lines of JSON, and their answers."""
import json
import os
import re

import oracle
from program import PipelineTest

MICROS = re.compile(rb'"micros":\d+')
MADE = [("yellow", "2014", 3000), ("green", "2015", 2000), ("uber", "2014", 3000)]  # source, layout, trips


def line_of(request):
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def lines_of(requests):
    return b"".join(map(line_of, requests))


def without_micros(answers):
    """The only part of an answer that differs from run to run."""
    return MICROS.sub(b'"micros":0', answers)


class AnswerTest(PipelineTest):
    """t.h5 holds some 8,000 trips of all sources, twelve of them from one place at one time of the day."""
    tile_trips = 64

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        paths = [cls.program.generate(f"{source}.csv", "--format", source, "--layout", layout, "--trips", trips,
                                      "--seed", trips + len(layout), "--dirty", 0.05) for source, layout, trips in MADE]
        paths.append(cls.folder + "/same \"place\".csv")
        with open(paths[-1], "w", encoding="ascii") as file:
            file.write("Date/Time,Lat,Lon,Base\n")
            file.writelines(f"4/{day}/2014 0:11:00,40.7484,-73.9857,B02512\n" for day in range(28, 16, -1))
        cls.inputs, cls.files = paths, [os.path.basename(path) for path in paths]
        cls.program.must("ingest", *paths, "--store", "t.h5", "--tile-trips", cls.tile_trips)

    @classmethod
    def read_trips(cls):
        return oracle.clean(cls.inputs).trips

    @classmethod
    def make_requests(cls, count, seed, *options):
        """Requests of the program's own, about the store's trips."""
        out = cls.program.must("generate", "requests", "--count", count, "--seed", seed, "--store", "t.h5",
                               *options).out
        return [json.loads(line) for line in out.splitlines()]

    @classmethod
    def write_lines(cls, lines, name="r.jsonl"):
        with open(os.path.join(cls.folder, name), "wb") as file:
            file.write(lines)
        return name

    @classmethod
    def answer(cls, lines, *options, store="t.h5", **how):
        """A run over a file of these bytes that has to succeed."""
        return cls.program.must("answer", store, "--requests", cls.write_lines(lines), *options, text=False, **how)

    @classmethod
    def answers(cls, lines, *options, **how):
        """Its answers, line by line, as they are but for micros."""
        return without_micros(cls.answer(lines, *options, **how).out).splitlines(keepends=True)
