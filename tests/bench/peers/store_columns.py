"""A store's trips as arrays, and what peers of plane geometry want beside them."""
import math

import h5py
import numpy

UNKNOWN = -2147483648
METRES_A_UNIT = 6371008.8 * math.pi / 180 / 1e7
MIDDLE_LON, MIDDLE_LAT = -739_500_000, 407_250_000  # of the town; the plane is off by at most half a percent there
METRES_A_UNIT_OF_LON = METRES_A_UNIT * math.cos(math.radians(MIDDLE_LAT / 1e7))


def x_of(lon):
    return (lon - MIDDLE_LON) * METRES_A_UNIT_OF_LON


def y_of(lat):
    return (lat - MIDDLE_LAT) * METRES_A_UNIT


def read_columns(store):
    """{name: array}, by pick-up time; places as metres, too: px, py, dx, dy (not a number where unknown)."""
    columns = {name: column[:] for name, column in h5py.File(store)["trips"].items()}
    order = numpy.lexsort((columns["line"], columns["file"], columns["pickup_time"]))
    for name in columns:
        columns[name] = numpy.ascontiguousarray(columns[name][order])
    for end, letter in (("pickup", "p"), ("dropoff", "d")):
        lon, lat = columns[end + "_lon"].astype("float64"), columns[end + "_lat"].astype("float64")
        known = columns[end + "_lon"] != UNKNOWN
        columns[letter + "x"] = numpy.where(known, x_of(lon), numpy.nan).astype("float32")
        columns[letter + "y"] = numpy.where(known, y_of(lat), numpy.nan).astype("float32")
    return columns
