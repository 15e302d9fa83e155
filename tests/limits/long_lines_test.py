"""Lines of 8 MiB, lines longer than any block, one line of a whole gibibyte, and bytes beyond 4 GiB: the same at any
ranks and threads, and in memory that does not grow with the line."""
import gzip
import json
import os
import re

import oracle
import stored
from program import PipelineTest, run_tests

HEADER = b"Date/Time,Lat,Lon,Base\n"
ROW = b"4/1/2014 0:11:00,40.769,-73.9549,B02512"
MIB = 1 << 20
LONGEST = 8 * MIB
LARGEST = re.compile(r"largest rank ([\d,]+) MiB")
# A rank's own 30 MiB, a round's rows, and buffers of some MiB a thread: 150 of the 1,024 that the line has.
MOST_MIB = 150


def of_length(size):
    """A good row of so many bytes: fields beyond the known ones are nobody's."""
    return ROW + b"," + b"x" * (size - len(ROW) - 1)


class LongLines(PipelineTest):
    def write(self, name, parts):
        with open(self.path(name), "wb") as file:
            file.writelines(parts)
        return self.path(name)

    def write_sparse(self, name, begin, hole, end):
        """`begin`, so many zeros that take no place on the disk, and `end`."""
        with open(self.path(name), "wb") as file:
            file.write(begin)
            file.seek(hole, os.SEEK_CUR)
            file.write(end)
            file.truncate()
        return self.path(name)

    def ingest(self, path, ranks, threads):
        done = self.program.must("ingest", path, "--store", "t.h5", "--overwrite", "--ledger", "l.json", "--rejects",
                                 "r.csv", ranks=ranks, threads=threads, patience=240)
        with open(self.path("l.json"), encoding="utf-8") as file:
            ledger = json.load(file)
        return done, ledger, stored.read_rejects(self.path("r.csv")), stored.read_columns(self.path("t.h5"))

    def test_as_the_oracle_reads_them(self):
        """Good rows of up to 8 MiB are read; a byte more, and they are malformed; so for lines across many blocks and
        over the borders of ranks, which cut a file into equal shares."""
        lines = [HEADER]
        for size in (LONGEST, LONGEST + 1, 200, MIB, 3 * LONGEST, 100, 2 * LONGEST, LONGEST - 1):
            lines += [of_length(size), b"\n", ROW, b"\n"]
        lines += [b" " * (LONGEST + 3), b"\r\n", ROW, b"\r\n", of_length(2 * LONGEST)]
        plain = self.write("long.csv", lines)
        packed = self.write("packed.csv.gz", [gzip.compress(b"".join(lines), 1)])
        for path in (plain, packed):
            wanted = oracle.clean([path])
            self.assertEqual((len(wanted.trips), len(wanted.rejects)), (14, 5))
            for ranks, threads in ((None, 2), (2, 1), (3, 2), (4, 1)):
                with self.subTest(path=path, ranks=ranks, threads=threads):
                    _, ledger, rejects, columns = self.ingest(path, ranks, threads)
                    self.assertEqual(ledger, wanted.ledger())
                    self.assertTrue(rejects == wanted.rejects)
                    self.assertEqual(stored.differ_in(columns, wanted.trips), [])

    def test_a_gibibyte_without_a_line_end(self):
        """Plain (a hole in a file) and inflated (a MiB of gzip data, again and again)."""
        plain = self.write_sparse("gib.csv", HEADER + ROW + b"\n", 1024 * MIB, b"")
        zeros = gzip.compress(bytes(64 * MIB), 1)
        packed = self.write("gib.csv.gz", [gzip.compress(HEADER + ROW + b"\n"), *[zeros] * 16])
        for path, ways in ((plain, ((None, 1), (3, 2))), (packed, ((2, 1),))):
            for ranks, threads in ways:
                with self.subTest(path=path, ranks=ranks, threads=threads):
                    done, ledger, rejects, columns = self.ingest(path, ranks, threads)
                    largest = int(LARGEST.search(done.err)[1].replace(",", ""))
                    print(f"{os.path.basename(path)}: the largest rank of {ranks or 1} took {largest} MiB")
                    self.assertLess(largest, MOST_MIB)
                    self.assertEqual((ledger["total"]["lines"], ledger["total"]["rejected"]["malformed"]), (3, 1))
                    self.assertEqual([(row[1], row[2], len(row[3])) for row in rejects], [(3, "malformed", LONGEST)])
                    self.assertEqual(columns["line"].tolist(), [2])

    def test_bytes_beyond_4_gib(self):
        """A line of 4.2 GiB, with rows on both sides."""
        path = self.write_sparse("far.csv", HEADER + (ROW + b"\n") * 3, 4300 * MIB, b"\n" + (ROW + b"\n") * 5)
        self.assertGreater(os.path.getsize(path), 1 << 32)
        for ranks, threads in ((3, 1), (None, 2)):
            with self.subTest(ranks=ranks):
                _, ledger, rejects, columns = self.ingest(path, ranks, threads)
                total = ledger["total"]
                self.assertEqual((total["bytes"], total["lines"], total["kept"]), (os.path.getsize(path), 10, 8))
                self.assertEqual([row[1:3] for row in rejects], [(5, "malformed")])
                self.assertEqual(sorted(columns["line"].tolist()), [2, 3, 4, 6, 7, 8, 9, 10])


if __name__ == "__main__":
    run_tests()
