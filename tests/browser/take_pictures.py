"""Takes the pictures of the page that README shows, each smaller than 400 kB.

    take_pictures.py TESSERA STORE FOLDER     (a store of Uber's pick-ups of April 2014)"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pipeline"))

from browser import Browser, skip_without_browser
from program import Program
from serving import Server

MOST_BYTES = 400_000
WEEK = "from=2014-04-07&to=2014-04-14"
PICTURES = [
    ("page-dark", {"width": 1280, "height": 800}, "map=13/40.7480/-73.9850&at=-73.9857,40.7484&box=-74.0098,40.7195,-73.9964,40.7296"),
    ("page-light", {"width": 1280, "height": 800, "scheme": "light"}, f"map=12/40.7420/-73.9670&{WEEK}&at=-73.8740,40.7735"),
    ("page-phone", {"width": 390, "height": 844, "touch": True, "pixel_ratio": 2}, f"map=12/40.7350/-73.9750&{WEEK}"),
    ("page-play", {"width": 1280, "height": 800}, "map=12/40.7420/-73.9670&from=2014-04-12&to=2014-04-13&span=2014-04-12,2014-04-13&speed=3600"),
]
QUIET = """const root = document.documentElement.dataset;
    return root.ready === 'true' && root.underWay === '0' && document.querySelector('#summary dd') !== null
        && [...document.querySelectorAll('.trips img')].every((image) => image.complete)
        && (!location.hash.includes('at=') || document.querySelectorAll('.rides tbody tr').length > 0)"""


def take(server, folder, name, how, fragment):
    page = Browser(**how)
    try:
        page.driver.get(f"{server.origin}/#{fragment}")
        page.until(lambda: page.js(QUIET), "the page is whole")
        if name == "page-play":
            page.find("#play").click()
            page.until(lambda: int(page.data("#live [data-key=trips]") or 0) > 14000, "the evening")
        path = os.path.join(folder, f"{name}.png")
        if not page.driver.save_screenshot(path):
            sys.exit(f"{path} cannot be written")
    finally:
        page.quit()
    size = os.path.getsize(path)
    if size > MOST_BYTES:
        sys.exit(f"{path} has {size:,} bytes, more than {MOST_BYTES:,}")
    print(f"{size:>9,}  {path}")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    skip_without_browser()
    binary, store, folder = sys.argv[1:]
    server = Server(Program(binary, folder), os.path.abspath(store))
    try:
        for name, how, fragment in PICTURES:
            take(server, folder, name, how, fragment)
    finally:
        server.kill()
        os.remove(server.log.name)


if __name__ == "__main__":
    main()
