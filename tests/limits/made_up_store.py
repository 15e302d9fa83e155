"""A store of five billion trips that takes a few megabytes: the trips of a small store, behind 4.5 billion that are a hole
in the file. The hole is a tile of its own, far from New York, earlier on the curve and in the year 1970, and so is what
follows, later on the curve."""
import h5py
import numpy

from oracle_questions import hilbert_prefix
from oracle_rows import COLUMNS

TRIPS, BEFORE = 5_000_000_000, 4_500_000_000
DEEPEST = 24
PLACES = sorted(((lon * 10**7, lat * 10**7) for lon in (-90, 90) for lat in (-45, 45)),
                key=lambda place: hilbert_prefix(*place, DEEPEST))
ENDS = (PLACES[0], PLACES[-1])
NOWHERE = {"key": [hilbert_prefix(*place, DEEPEST) for place in ENDS], "level": (DEEPEST, DEEPEST), "first_time": (1, 1),
           "last_time": (1, 1), "pickup_box": [2 * place for place in ENDS], "dropoff_box": ([1, 1, 0, 0], [1, 1, 0, 0])}


def enlarge(source, target):
    """Copies a store, and moves its trips from row 0 to row BEFORE of TRIPS."""
    with h5py.File(source, "r") as small, h5py.File(target, "w") as large:
        for name, value in small.attrs.items():
            large.attrs.create(name, value, dtype=small.attrs.get_id(name).dtype)
        large.attrs.create("trips", TRIPS, dtype="u8")
        large.attrs.create("format_version", 1, dtype="u4")  # which had no checksums: nobody sums up a hole
        for name in ("files", "ledger"):
            small.copy(name, large)
        trips = len(small["trips/line"])
        for name, (first, last) in NOWHERE.items():
            tiles = small["tiles"][name][()]
            large["tiles/" + name] = numpy.concatenate([numpy.array([end], tiles.dtype).reshape(1, *tiles.shape[1:])
                                                        if i != 1 else tiles for i, end in enumerate((first, 0, last))])
        first_trip = BEFORE + small["tiles/first_trip"][()].astype("u8")
        large["tiles/first_trip"] = numpy.concatenate([[0], first_trip, [TRIPS]]).astype("u8")
        for name in COLUMNS:
            column = small["trips"][name]
            as_holes(large, f"trips/{name}", column.dtype)[BEFORE:BEFORE + trips] = column[()]


def as_holes(file, name, kind):
    """A data set that has its place in the file, and nothing in it."""
    layout = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    layout.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    layout.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
    links = h5py.h5p.create(h5py.h5p.LINK_CREATE)
    links.set_create_intermediate_group(True)
    h5py.h5d.create(file.id, name.encode(), h5py.h5t.py_create(kind), h5py.h5s.create_simple((TRIPS,)), layout, links)
    return file[name]
