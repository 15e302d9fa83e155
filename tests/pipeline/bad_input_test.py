"""Bad files and bad command lines: one clear message from rank 0 that names what is wrong and what to do, exit code 1
or 2, within seconds, nothing left behind, nothing overwritten; at one rank and at three."""
import gzip
import os

import h5py

from program import run_tests
from refusals import HEADER, ROW, Refusals


class BadFiles(Refusals):
    def test_no_such_file_or_folder(self):
        self.refuse_ingest("absent.csv", "no such file")
        os.makedirs(self.path("folder/inside.csv"), exist_ok=True)
        self.refuse_ingest("folder", "no .csv")
        with self.subTest("one good, one absent"):
            self.write("good.csv", HEADER + ROW)
            self.check_everywhere(["ingest", "good.csv", "gone.csv", "--store", "new.h5"], 1, "gone.csv")

    def test_nothing_in_it(self):
        self.refuse_ingest(self.write("empty.csv", b""), "empty")
        self.refuse_ingest(self.write("header.csv", HEADER), "no rows")
        self.refuse_ingest(self.write("blank.csv", b"\r\n \n\n"), "blank")
        self.refuse_ingest(self.write("mark.csv", b"\xef\xbb\xbf"), "blank")
        self.refuse_ingest(self.write("nothing.csv.gz", gzip.compress(b"")), "empty")

    def test_a_header_of_no_format(self):
        self.refuse_ingest(self.write("zones.csv", b"VendorID,tpep_pickup_datetime,PULocationID\n1,2,3\n"), "yellow",
                           "uber", ":1:")
        self.refuse_ingest(self.write("twice.csv", b"Date/Time,Lat,Lat,Lon,Base\n1,2,3,4,5\n"), "lat")
        self.write("uber.csv", HEADER + ROW)
        self.check_everywhere(["ingest", "uber.csv", "--store", "new.h5", "--format", "green"], 1, "uber.csv", "green")

    def test_no_text(self):
        """Also a message about bytes that are no text is whole, remedy included."""
        text = (HEADER + ROW).decode()
        self.refuse_ingest(self.write("utf16.csv", text.encode("utf-16")), "tried")
        self.refuse_ingest(self.write("nul.csv", b"Date\0/Time,Lat,Lon,Base\n" + ROW), "tried")
        self.refuse_ingest(self.write("escape.csv", b"\x1b[31mDate,Lat\n1,2\n"), "tried")
        self.refuse_ingest(self.write("noise.csv", bytes(range(255, 13, -1)) * 3 + b"\n1,2\n"), "tried")
        self.refuse_ingest(self.write("long.csv", b"a" * (3 << 20)), "longer")

    def test_escape_codes_do_not_reach_the_terminal(self):
        self.write("red.csv", b"\x1b[31mDate,Lat\n1,2\n")
        self.assertNotIn("\x1b", self.program.run("ingest", "red.csv", "--store", "new.h5").err)

    def test_bad_gzip(self):
        rows = gzip.compress(HEADER + ROW * 40_000)
        for cut in (5, 11, 40, len(rows) // 2, len(rows) - 9, len(rows) - 4, len(rows) - 1):
            self.refuse_ingest(self.write(f"cut{cut}.csv.gz", rows[:cut]), "gzip", "again")
        self.refuse_ingest(self.write("plain.csv.gz", HEADER + ROW), "gzip")
        flipped = bytearray(rows)
        flipped[len(rows) // 2] ^= 255
        self.refuse_ingest(self.write("flipped.csv.gz", flipped), "gzip data")

    def test_a_rank_that_fails_alone(self):
        """Of three gzip files, one breaks far into its data: its rank takes the others down."""
        rows = gzip.compress(HEADER + ROW * 200_000, 1)
        for number in range(3):
            self.write(f"three{number}.csv.gz", rows[:-len(rows) // 8] if number == 1 else rows)
        names = [f"three{number}.csv.gz" for number in range(3)]
        self.check_refusal(["ingest", *names, "--store", "new.h5"], 1, names[1], "cut short", ranks=3)

    def test_no_regular_file(self):
        os.mkfifo(self.path("pipe.csv"))
        self.refuse_ingest("pipe.csv")
        os.remove(self.path("pipe.csv"))
        for name in ("/dev/null", "/dev/zero", "/proc/self/mem"):
            with self.subTest(name):
                self.check_everywhere(["ingest", name, "--store", "new.h5"], 1, os.path.basename(name))

    def test_only_bad_rows(self):
        """Nothing to keep is an answer or a refusal, but nothing in between: a store that can be asked, or one message
        that says why."""
        self.write("rejected.csv", HEADER + b'"4/1/2014 0:11:00",0,0,"B02512"\n' * 9)
        for ranks in (None, 3):
            done = self.program.run("ingest", "rejected.csv", "--store", "none.h5", "--overwrite", ranks=ranks)
            if done.code == 0:
                self.assertEqual(self.program.must("range", "none.h5", "--count", ranks=ranks).out, "0\n")
            else:
                self.assertEqual((done.code, len(done.messages)), (1, 1), done)
                self.assertIn("rejected", done.messages[0].replace("rejected.csv", ""), done)


class HostileRows(Refusals):
    """Rows that no publisher wrote: the file is read to its end, and every line is accounted for."""

    def test_all_kinds_of_rows(self):
        rows = [b",", b'"', b'""', b'"""', b"," * 100_000, b'"' * 9999, b"\0" * 500, b"\xff\xfe", b"9" * 2_000_000,
                b"0." + b"0" * 100_000 + b"1,1,1,1", b"4/1/2014 0:11:00," + b"4" * 5000 + b",-73.9,B02512",
                b"4/1/2014 0:11:00,4e99999999999999999999,-73.9,B02512", b"4/1/2014 0:11:00,nan,inf,B02512",
                b"4/1/2014 0:11:00,-,+,B02512", b"4/1/2014 0:11:00,.,.,B02512", b"0/0/0000 0:00:00,40.7,-73.9,B",
                b"99/99/9999 99:99:99,40.7,-73.9,B", b"2/30/2014 0:00:00,40.7,-73.9,B", b"4/1/2014,40.7,-73.9,B",
                b"1/1/1970 0:00:00,40.7,-73.9,B", b"12/31/2105 23:59:59,40.7,-73.9,B02512",
                b"1/1/2106 0:00:00,40.7,-73.9,B02512", b"4/1/2014 0:11:00,40.7,-73.9," + b"B" * (5 << 20)]
        kept = 2  # New Year's Eve of 2105, and the base with a name of 5 MiB
        for name, end in (("lf.csv", b"\n"), ("crlf.csv", b"\r\n"), ("cr.csv", b"\r")):
            data = HEADER.rstrip() + end + end.join(rows * 3) + end
            for kind, pack in ((name, bytes), (name + ".gz", lambda text: gzip.compress(text, 1))):
                self.write(kind, pack(data))
                for ranks in (None, 3):
                    with self.subTest(kind, ranks=ranks):
                        self.program.must("ingest", kind, "--store", "hostile.h5", "--overwrite", "--rejects", "r.csv",
                                          ranks=ranks, patience=30)
                        with h5py.File(self.path("hostile.h5")) as store:
                            ledger = {column: int(store["ledger"][column][0]) for column in store["ledger"]}
                        self.assertEqual((ledger["lines"], ledger["kept"]), (1 + 3 * len(rows), 3 * kept), ledger)
                        self.assertEqual(ledger["malformed"], 3 * (len(rows) - kept), ledger)

    def test_a_quote_that_never_ends(self):
        self.write("quote.csv", HEADER + b'"4/1/2014 0:11:00,40.769,-73.9549,B02512\n' + ROW * 5)
        self.program.must("ingest", "quote.csv", "--store", "quote.h5", ranks=2)
        self.assertEqual(self.program.must("range", "quote.h5", "--count").out, "5\n")


if __name__ == "__main__":
    run_tests()
