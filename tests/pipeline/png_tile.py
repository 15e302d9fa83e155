"""A PNG of 8 bits a pixel with a palette, as the standard (ISO/IEC 15948) says, without any imaging library."""
import struct
import zlib

import numpy

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read_chunks(data):
    assert data.startswith(SIGNATURE), "no PNG"
    place = len(SIGNATURE)
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8:place + 8 + length]
        (crc,) = struct.unpack_from(">I", data, place + 8 + length)
        assert zlib.crc32(kind + body) == crc, f"{kind} is damaged"
        place += 12 + length
        yield kind, body
    assert place == len(data), "bytes after the end"


def paeth(left, above, corner):
    near = left + above - corner
    return min((abs(near - left), 0, left), (abs(near - above), 1, above), (abs(near - corner), 2, corner))[2]


def unfilter(kind, line, above):
    """One line of pixels: what the filter took away is added again."""
    if kind == 0:
        return line
    done = bytearray(len(line))
    for i, byte in enumerate(line):
        left, corner = (done[i - 1], above[i - 1]) if i else (0, 0)
        guess = (0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner))[kind]
        done[i] = (byte + guess) & 255
    return bytes(done)


def read_tile(data):
    """A picture's pixels as indices into its palette (an array [row, column]), the palette's colours, and the alpha of
    each of them."""
    chunks = list(read_chunks(data))
    kinds = [kind for kind, _ in chunks]
    assert kinds[0] == b"IHDR" and kinds[-1] == b"IEND", kinds
    width, height, depth, color, *rest = struct.unpack(">IIBBBBB", chunks[0][1])
    assert (depth, color, rest) == (8, 3, [0, 0, 0]), "8 bits, a palette, not interlaced"
    of_kind = dict(chunks)
    palette = [tuple(of_kind[b"PLTE"][i:i + 3]) for i in range(0, len(of_kind[b"PLTE"]), 3)]
    alpha = list(of_kind.get(b"tRNS", b"")) + [255] * (len(palette) - len(of_kind.get(b"tRNS", b"")))
    lines = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    assert len(lines) == height * (width + 1)
    rows, above = [], bytes(width)
    for row in range(height):
        begin = row * (width + 1)
        above = unfilter(lines[begin], lines[begin + 1:begin + 1 + width], above)
        rows.append(above)
    pixels = numpy.frombuffer(b"".join(rows), dtype=numpy.uint8).reshape(height, width)
    assert int(pixels.max(initial=0)) < len(palette), "a pixel without a colour"
    return pixels, palette, alpha
