"""A store as h5py sees it, without any of the program's code."""
import csv
import io

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
