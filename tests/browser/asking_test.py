"""Clicks and boxes: what the page shows is what the command line says."""
import json

from browser import Keys
from page_case import EMPIRE_STATE, MIDTOWN, WEEK, PageTest, main


class AskingTest(PageTest):
    ranks = 2

    def shown_rides(self):
        return self.page.js("""return [...document.querySelectorAll('.rides tbody tr')].map((row) => ({
            file: row.dataset.file, line: Number(row.dataset.line),
            ride: row.querySelector('[data-key=Ride]')?.innerText ?? '',
            cells: Object.fromEntries([...row.querySelectorAll('td')].map((cell) => [cell.dataset.key, cell.dataset.value])) }))""")

    def assert_nearest(self, at, k, *filters):
        wanted = self.cli("nearest", self.store, "--at", at, "--k", k, *filters)["rides"]
        shown = self.shown_rides()
        self.assertEqual([(ride["file"], ride["line"]) for ride in shown], [(ride["file"], ride["line"]) for ride in wanted])
        for ride, row in zip(wanted, shown):
            self.assertEqual(float(row["cells"]["Away"]), ride["metres"])
            self.assertEqual(row["cells"]["Picked up"], ride["pickup_time"])
            if "fare" in ride:
                self.assertEqual(float(row["cells"]["Fare"]), ride["fare"])
            else:
                self.assertEqual(row["ride"], "", "Uber does not say how far or how long")
        self.assertEqual(len(self.page.all("path.ride")), len(wanted))

    def test_a_click_finds_the_nearest_rides(self):
        self.open(map="14/40.75000/-73.98000")
        self.page.actions().move_to_element_with_offset(self.page.find("#map"), -60, 45).click().perform()
        self.page.until(lambda: len(self.shown_rides()) == 10, "ten rides after a click")
        self.wait_for_address("the place asked about is in the address", lambda found: "at" in found)
        at = self.address()["at"]
        lon, lat = map(float, at.split(","))
        x, y = self.point_on_map(lon, lat)
        self.assertLess(abs(x + 60) + abs(y - 45), 3, "the place asked about is where the mouse was")
        self.assert_nearest(at, 10)

    def test_how_many_and_when_and_whose(self):
        self.open(map="14/40.75000/-73.98000", at=EMPIRE_STATE, k=25)
        self.assert_nearest(EMPIRE_STATE, 25)
        self.page.js("const k = document.querySelector('#k'); k.value = '5'; k.dispatchEvent(new Event('change'))")
        self.page.until(lambda: len(self.shown_rides()) == 5, "five rides")
        self.page.find("#sources input[value=uber]").click()
        self.page.until(lambda: all("uber" not in ride["file"] for ride in self.shown_rides()) and self.is_quiet(), "no Uber")
        self.assert_nearest(EMPIRE_STATE, 5, "--source", "yellow,green")
        self.page.find("#ends input[value=dropoff]").click()
        self.settle()
        self.assert_nearest(EMPIRE_STATE, 5, "--source", "yellow,green", "--on", "dropoff")
        self.wait_for_address("two sources", lambda shown: shown.get("source") == "yellow,green")

    def test_the_last_source_cannot_be_switched_off(self):
        self.open(source="green")
        self.page.find("#sources input[value=green]").click()
        self.assertTrue(self.page.find("#sources input[value=green]").is_selected())
        self.assert_figures("#summary", "--source", "green")

    def test_numbers_of_the_window(self):
        self.open()
        self.assert_figures("#summary")
        self.open(**{"from": WEEK[0], "to": WEEK[1]})
        self.assert_figures("#summary", "--from", WEEK[0], "--to", WEEK[1])

    def assert_box(self, box, *filters):
        self.assert_figures("#box", "--box", box, *filters)
        hours = [0] * 24
        for row in self.aggregate("hour", "trips", "--box", box, *filters):
            hours[row["hour"]] = row["trips"]
        self.assertEqual(json.loads(self.page.data("#box .hours", "hours")), hours)

    def test_a_box_is_counted(self):
        window = ("--from", WEEK[0], "--to", WEEK[1])
        self.open(map="14/40.75000/-73.98000", box=MIDTOWN, **{"from": WEEK[0], "to": WEEK[1]})
        self.assert_box(MIDTOWN, *window)
        self.page.find("#ends input[value=dropoff]").click()
        self.settle()
        self.assert_box(MIDTOWN, "--on", "dropoff", *window)

    def draw(self, key=None):
        """Drags from one place to another on the map; returns the box in the address."""
        chain = self.page.actions().move_to_element_with_offset(self.page.find("#map"), -100, -80)
        if key:
            chain.key_down(key)
        chain.click_and_hold().move_by_offset(120, 90).move_by_offset(60, 50).release()
        if key:
            chain.key_up(key)
        chain.perform()
        self.wait_for_address("a box is in the address", lambda found: "box" in found)
        self.settle()
        return self.address()["box"]

    def test_a_box_is_drawn(self):
        self.open(map="14/40.75000/-73.98000")
        before = self.view()
        for key in (Keys.SHIFT, None):
            with self.subTest(key=key):
                if key is None:
                    self.page.find("#box .close").click()
                    self.wait_for_address("no box", lambda found: "box" not in found)
                    self.page.find("#draw").click()
                box = self.draw(key)
                west, south, east, north = map(float, box.split(","))
                for (lon, lat), (x, y) in (((west, north), (-100, -80)), ((east, south), (80, 60))):
                    found = self.point_on_map(lon, lat)
                    self.assertLess(abs(found[0] - x) + abs(found[1] - y), 4)
                self.assert_box(box)
                self.assertNotIn("at", self.address(), "the end of a drag is no click")
                self.assertEqual(self.view(), before, "and the map stays")

    def test_answers_to_take_away(self):
        self.open(at=EMPIRE_STATE, box=MIDTOWN, **{"from": WEEK[0], "to": WEEK[1]})
        link = self.page.find("#nearest a[download]").get_attribute("href")
        features = self.server.ask(link.removeprefix(self.server.origin))["features"]
        self.assertEqual([feature["properties"]["line"] for feature in features], [ride["line"] for ride in self.shown_rides()])
        rides = self.cli("nearest", self.store, "--at", EMPIRE_STATE, "--from", WEEK[0], "--to", WEEK[1])["rides"]
        text = self.page.js("""return import('/page/download.js').then(({ csvOf }) => csvOf(arguments[0]))""", rides)
        self.assertEqual(len(text.splitlines()), 1 + len(rides))
        self.assertIn(f"{rides[0]['file']},{rides[0]['line']}", text.splitlines()[1])


if __name__ == "__main__":
    main()
