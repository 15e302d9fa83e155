"""A store as h5py sees it, without any of the program's code."""
import csv
import io
import struct
import zlib

import h5py
import numpy

from oracle_rows import COLUMNS


def read_data_sets(path):
    """Every data set of a store: name -> (type, shape, bytes)."""
    found = {}
    with h5py.File(path, "r") as file:
        def visit(name, thing):
            if isinstance(thing, h5py.Dataset):
                found[name] = (str(thing.dtype), thing.shape, thing[()].tobytes())
        file.visititems(visit)
    return found


def read_columns(path):
    """The trips' columns, in store order."""
    with h5py.File(path, "r") as file:
        return {name: file["trips"][name][()] for name in COLUMNS}


def by_file_and_line(columns):
    order = numpy.lexsort((columns["line"], columns["file"]))
    return {name: column[order] for name, column in columns.items()}


def columns_of(trips):
    """Trips of the oracle, which come in (file, line) order, as columns."""
    table = numpy.array(trips, dtype=numpy.int64).reshape(len(trips), len(COLUMNS))
    return {name: table[:, i] for i, name in enumerate(COLUMNS)}


def differ_in(stored, trips):
    """Sentences about the columns that are not the oracle's; none when all are equal."""
    stored, wanted, faults = by_file_and_line(stored), columns_of(trips), []
    for name in COLUMNS:
        if len(stored[name]) != len(wanted[name]):
            return [f"{len(stored[name])} trips in the store, {len(wanted[name])} expected"]
        wrong = numpy.flatnonzero(stored[name].astype(numpy.int64) != wanted[name])
        if len(wrong):
            i = wrong[0]
            faults.append(f"{name}: {len(wrong)} differ, first in file {wanted['file'][i]} line {wanted['line'][i]}: "
                          f"{stored[name][i]} in the store, {wanted[name][i]} expected")
    return faults


def read_rejects(path):
    """Rows of a --rejects file: (file name, line, reason, text)."""
    csv.field_size_limit(1 << 24)  # a rejected line may have 8 MiB
    with open(path, encoding="latin-1", newline="") as file:
        rows = list(csv.reader(io.StringIO(file.read(), newline="")))
    assert rows[0] == ["file", "line", "reason", "text"], rows[0]
    return [(name, int(line), reason, text) for name, line, reason, text in rows[1:]]


PIECE_ROWS, SEAL_BYTES, SEAL_SPANS = 1 << 16, 512, 30


def sum_pieces(file):
    """The checksums that columns should have: tiles, cut after each PIECE_ROWS rows."""
    first, columns = file["tiles/first_trip"][()], file["checksums"].attrs["columns"].decode().split()
    pieces = [(begin, min(begin + PIECE_ROWS, last)) for tile, last in zip(first[:-1], first[1:])
              for begin in range(tile, last, PIECE_ROWS)]
    values = {name: file["trips"][name][()] for name in columns}
    return numpy.array([[zlib.crc32(values[name][begin:end].tobytes()) for name in columns] for begin, end in pieces],
                       dtype=numpy.uint32).reshape(len(pieces), len(columns))


def seal(path, version=2):
    """Writes the seal that fits what is in the file now, as somebody could on purpose."""
    with h5py.File(path, "r") as file:
        columns = []
        for name in COLUMNS:
            data = file["trips"].get(name)
            offset = data.id.get_offset() if data is not None and data.chunks is None else None
            if offset:
                columns.append((offset, offset + data.id.get_storage_size()))
    with open(path, "rb") as file:
        data = file.read()
    spans, begin = [], SEAL_BYTES
    for first, last in sorted(columns) + [(len(data), len(data))]:
        if first > begin:
            spans.append((begin, first))
        begin = max(begin, last)
    assert len(spans) <= SEAL_SPANS, "too many gaps between the columns"
    numbers = [number for span in spans for number in span] + [0] * (2 * (SEAL_SPANS - len(spans)))

    def block(crc):
        return struct.pack("<8sIIQQ60Q", b"TESSERA\n", version, crc, len(data), len(spans), *numbers)
    crc = zlib.crc32(block(0))
    for first, last in spans:
        crc = zlib.crc32(data[first:last], crc)
    with open(path, "r+b") as file:
        file.write(block(crc))


def reseal(path, sums=True):
    """Makes a store that was changed one whose checksums all fit."""
    if sums:
        with h5py.File(path, "r+") as file:
            file["checksums"][...] = sum_pieces(file)
    seal(path)
