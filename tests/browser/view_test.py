"""Where one looks: moving, zooming, and that the address says it all, to whomever it is sent."""
from browser import Keys
from page_case import EMPIRE_STATE, MIDTOWN, WEEK, PageTest, main

SHARED = {"map": "13/40.75000/-73.98000", "from": WEEK[0], "to": WEEK[1], "span": "2014-04-01,2014-04-16", "on": "dropoff",
          "source": "yellow,green", "measure": "mean:fare", "at": EMPIRE_STATE, "k": "5", "box": "-73.99,40.745,-73.975,40.76",
          "speed": "600"}


class ViewTest(PageTest):
    def tiles(self):
        """Zooms of the pictures that are shown, and whether all have come."""
        return self.page.js("""return [...document.querySelectorAll('.leaflet-tile-container:last-child img.trips, .trips img')]
            .map((image) => [image.src, image.complete && image.naturalWidth])""")

    def assert_pictures(self, zoom, *words):
        tiles = self.tiles()
        self.assertGreater(len(tiles), 3)
        shown = [(address, width) for address, width in tiles if f"/tiles/{zoom}/" in address]
        self.assertGreater(len(shown), 3, tiles)
        for address, width in shown:
            self.assertEqual(width, 256, address)
            for word in words:
                self.assertIn(word, address)

    def test_pictures_are_of_what_is_chosen(self):
        self.open(map="12/40.74000/-73.97000")
        self.assert_pictures(12, "on=pickup", "measure=trips", "size=256")
        self.open(**SHARED)
        self.assert_pictures(13, "on=dropoff", "measure=mean:fare", "from=2014-04-07T00:00:00", "to=2014-04-14T00:00:00",
                             "source=yellow,green")

    def test_drag_and_wheel(self):
        self.open(map="12/40.74000/-73.97000")
        middle = self.page.find("#map")
        self.page.actions().move_to_element(middle).click_and_hold().move_by_offset(50, 20).move_by_offset(70, 40).release().perform()
        self.page.until(lambda: self.view()[2] < -73.97 and self.view()[1] > 40.74, "the map follows the mouse")
        self.page.find(".leaflet-control-zoom-in").click()
        self.page.until(lambda: self.view()[0] == 13, "one zoom in")
        self.settle()
        self.assert_pictures(13)
        self.assertNotIn("at", self.address(), "a drag is no click")

    def test_the_keyboard_moves_and_asks(self):
        self.open(map="12/40.74000/-73.97000")
        middle = self.page.find("#map")
        self.page.js("arguments[0].focus()", middle)
        middle.send_keys(Keys.ARROW_RIGHT)
        self.page.until(lambda: self.view()[2] > -73.97, "moved to the east")
        middle.send_keys("+")
        self.page.until(lambda: self.view()[0] == 13, "one zoom in")
        self.assertTrue(self.page.js("return getComputedStyle(document.querySelector('#aim')).visibility") == "visible")
        zoom, lat, lon = self.view()
        middle.send_keys(Keys.ENTER)
        self.wait_for_address("asked at the middle", lambda found: "at" in found)
        at = list(map(float, self.address()["at"].split(",")))
        self.assertLess(abs(at[0] - lon) + abs(at[1] - lat), 1e-3)
        middle.send_keys("b")
        self.assertTrue(self.page.is_shown("#drawing"))
        middle.send_keys(Keys.ESCAPE)
        self.assertFalse(self.page.is_shown("#drawing"))
        middle.send_keys("b", Keys.ENTER)
        self.wait_for_address("a box of the whole view", lambda found: "box" in found)
        west, south, east, north = map(float, self.address()["box"].split(","))
        self.assertTrue(west < lon < east and south < lat < north)

    def everything(self):
        return self.page.js("""return { panel: document.querySelector('#panel').innerText, bar: document.querySelector('#bar').innerText,
            bars: document.querySelector('.bars canvas').dataset.counts, from: document.querySelector('#from').value,
            to: document.querySelector('#to').value, measure: document.querySelector('#measure').value,
            speed: document.querySelector('#speed').value, on: document.querySelector('#ends input:checked').value,
            tiles: [...document.querySelectorAll('.trips img')].map((image) => image.src).sort() }""")

    def test_an_address_shows_the_same_to_others(self):
        self.open(**SHARED)
        self.page.until(lambda: len(self.page.all("path.ride")) == 5 and self.page.is_shown("#box .hours"), "rides and a box")
        shown = self.everything()
        # The page itself writes the address anew when something changes, and ends with what was given.
        self.page.find("#ends input[value=pickup]").click()
        self.wait_for_address("pick-ups", lambda found: "on" not in found)
        self.page.find("#ends input[value=dropoff]").click()
        self.wait_for_address("the same again", lambda found: found == {**SHARED})
        self.open(**self.address())
        self.assertEqual(self.everything(), shown)

    def test_an_edited_address_is_followed(self):
        self.open(map="12/40.74000/-73.97000")
        self.page.js(f"location.hash = '#map=14/40.70000/-74.00000&at={EMPIRE_STATE}&k=5'")
        self.page.until(lambda: len(self.page.all("path.ride")) == 5, "five rides")
        self.assertEqual(self.view(), (14, 40.7, -74.0))

    def test_nonsense_in_an_address(self):
        for nonsense in ({"map": "99/0/0", "from": "2014-02-31", "box": "1,2,3", "at": "NaN,0", "k": "-1", "source": "<b>",
                          "measure": "<img src=x>"}, {"from": WEEK[1], "to": WEEK[0]}, {"measure": "p50:fare"},
                         {"%%%": "&&&=="}):
            with self.subTest(nonsense):
                self.open(**nonsense)
                self.assert_figures("#summary")
                self.assertFalse(self.page.is_shown("#trouble"))

    def test_close_up_pixels_grow(self):
        self.open(map="19/40.75010/-73.98550")
        tiles = self.page.js("return [...document.querySelectorAll('.trips img')].map((image) => [image.src, image.getBoundingClientRect().width])")
        self.assertTrue(tiles)
        for address, width in tiles:
            self.assertIn("/tiles/17/", address)
            self.assertEqual(width, 4 * 256)

    def test_a_double_click_zooms_and_asks_nothing(self):
        self.open(map="12/40.74000/-73.97000")
        self.page.actions().double_click(self.page.find("#map")).perform()
        self.page.until(lambda: self.view()[0] == 13, "one zoom in")
        self.wait_for_address("no question", lambda found: "at" not in found)


if __name__ == "__main__":
    main()
