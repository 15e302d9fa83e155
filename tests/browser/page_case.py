"""What all tests of the page share: a store, its server, a browser, and that the browser had nothing to complain of."""
import json
import math
import os
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pipeline"))

from browser import Browser, skip_without_browser  # noqa: E402
from program import PipelineTest, run_tests  # noqa: E402
from serving import Server, make_store  # noqa: E402

WEEK = ("2014-04-07", "2014-04-14")
EMPIRE_STATE = "-73.9857,40.7484"
MIDTOWN = "-73.9900,40.7450,-73.9750,40.7600"


class PageTest(PipelineTest):
    browser_options = {}
    ranks = None
    allowed_complaints = ()  # of the console, by a word of theirs

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store = make_store(cls.program)
        cls.server = Server(cls.program, cls.store, ranks=cls.ranks)
        cls.addClassCleanup(lambda: cls.server.kill())
        cls.page = Browser(**cls.browser_options)
        cls.addClassCleanup(cls.page.quit)

    def tearDown(self):
        complaints = [text for text in self.page.complaints() if not any(word in text for word in self.allowed_complaints)]
        self.assertEqual(complaints, [])
        others = [url for url in self.page.asked() if not url.startswith((self.server.origin + "/", "data:", "blob:", "about:"))]
        self.assertEqual(others, [], "requests to other places than the server")

    def open(self, **fragment):
        """A page anew, with so much of a state in its address; waits until it has all its numbers."""
        text = "&".join(f"{name}={value}" for name, value in fragment.items())
        self.page.driver.get("about:blank")
        self.page.driver.get(f"{self.server.origin}/#{text}")
        self.settle()

    def settle(self):
        self.page.until(self.is_quiet, "the page has everything that it asked for")

    def is_quiet(self):
        root = "return document.documentElement.dataset."
        return self.page.js(root + "ready") == "true" and self.page.js(root + "underWay") == "0" and \
            self.page.js("return document.querySelector('#summary dd') !== null")

    def address(self):
        """The address's fragment as a dictionary."""
        fragment = self.page.js("return location.hash").lstrip("#")
        return dict(urllib.parse.parse_qsl(fragment))

    def view(self):
        zoom, lat, lon = self.address()["map"].split("/")
        return int(zoom), float(lat), float(lon)

    def wait_for_address(self, what, holds):
        self.page.until(lambda: holds(self.address()), what)

    def cli(self, *words):
        """The answer of a command that writes JSON."""
        return json.loads(self.program.must(*words, "--format", "json").out)

    def aggregate(self, by, measures, *filters):
        """Rows of the command line's answer as dictionaries."""
        answer = self.cli("aggregate", self.store, "--by", by, "--measure", measures, *filters)
        return [dict(zip(answer["columns"], row)) for row in answer["rows"]]

    def assert_figures(self, place, *filters):
        """The large numbers of a panel are the command line's, to the last digit."""
        measures = "trips,mean:fare,mean:distance,mean:duration"
        [whole] = self.aggregate("pickup_tile:0", measures, *filters)
        for key in ("trips", "mean_fare", "mean_distance", "mean_duration"):
            shown = self.page.data(f"{place} .figures [data-key={key}]")
            self.assertEqual(float(shown), whole[key], (place, key))
        trips = int(self.page.text(f"{place} .figures [data-key=trips]").replace(",", ""))
        self.assertEqual(trips, whole["trips"])
        sources = self.aggregate("source", measures, *filters)
        for row in sources if len(sources) > 1 else []:
            for key in ("trips", "mean_fare"):
                shown = self.page.data(f"{place} [data-source={row['source']}] [data-key={key}]")
                self.assertEqual(None if shown is None else float(shown), row[key], (place, row["source"], key))
        return whole

    def point_on_map(self, lon, lat):
        """Where a place is, in pixels from the map's middle, by the page's own view: Web Mercator, 256 pixels at zoom 0."""
        zoom, middle_lat, middle_lon = self.view()
        scale = 256 * 2 ** zoom

        def down(degrees):
            return (1 - math.asinh(math.tan(math.radians(degrees))) / math.pi) / 2
        return round((lon - middle_lon) / 360 * scale), round((down(lat) - down(middle_lat)) * scale)


def main():
    skip_without_browser()
    run_tests()
