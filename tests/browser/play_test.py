"""The replay: counts while it runs, pauses, ends; in all, those of `tessera replay`."""
import json

from page_case import PageTest, main

HOURS = ("2014-04-09T08:00", "2014-04-09T12:00")


class PlayTest(PageTest):
    def replayed(self, begin, end, *filters):
        """What the command line counts: trips, trips of each source, cents."""
        lines = self.program.must("replay", self.store, "--speed", "0", "--every", "1h", "--from", begin, "--to", end, *filters).out
        windows = [json.loads(line) for line in lines.splitlines()]
        sources = {name: sum(window["sources"][name] for window in windows) for name in ("yellow", "green", "uber")}
        return sum(window["trips"] for window in windows), sources, sum(round(100 * window["fares"]["sum"]) for window in windows)

    def counted(self, key="trips"):
        return float(self.page.data(f"#live [data-key={key}]"))

    def phase(self):
        return self.page.data("#live", "phase")

    def hurry(self, speed):
        self.page.js("""const choice = document.querySelector('#speed'); choice.value = arguments[0];
            choice.dispatchEvent(new Event('change'))""", speed)

    def wait_for_end(self):
        self.page.until(lambda: self.phase() == "ended", "the end of the replay")

    def assert_counts(self, begin, end, *filters):
        trips, sources, cents = self.replayed(begin, end, *filters)
        self.assertGreater(trips, 0)
        self.assertEqual(self.counted(), trips)
        self.assertEqual(round(100 * self.counted("fares")), cents)
        for name, count in sources.items():
            self.assertEqual(self.counted(name), count, name)

    def points_drawn(self):
        """How many pixels of the canvas, made small, are lit."""
        return self.page.js("""const copy = Object.assign(document.createElement('canvas'), { width: 100, height: 100 });
            const pen = copy.getContext('2d', { willReadFrequently: true });
            pen.drawImage(document.querySelector('.live-points'), 0, 0, 100, 100);
            return pen.getImageData(0, 0, 100, 100).data.filter((value, i) => i % 4 === 3 && value > 0).length""")

    def test_a_window_to_its_end(self):
        self.open(**{"from": HOURS[0], "to": HOURS[1], "speed": 600})
        self.page.find("#play").click()
        self.page.until(lambda: self.page.text("#play") == "Pause", "playing")
        self.page.until(lambda: self.points_drawn() > 0, "points of trips on the map")
        self.hurry("14400")
        self.wait_for_end()
        self.assert_counts(*HOURS)
        self.assertEqual(self.page.text("#play"), "Play")
        self.page.find("#stop").click()
        self.assertFalse(self.page.is_shown("#live"))

    def test_pause_and_go_on_at_another_speed(self):
        self.open(**{"from": HOURS[0], "to": HOURS[1], "speed": 600})
        self.page.find("#play").click()
        self.page.until(lambda: self.phase() == "playing" and self.counted() > 0, "something counted")
        self.page.find("#play").click()
        self.page.until(lambda: self.phase() == "paused", "paused")
        paused = self.counted()
        self.assertLess(paused, self.replayed(*HOURS)[0])
        self.hurry("14400")
        self.assertEqual(self.counted(), paused, "nothing is counted in a pause")
        self.page.find("#play").click()
        self.wait_for_end()
        self.assert_counts(*HOURS)
        self.wait_for_address("the speed", lambda shown: shown.get("speed") == "14400")

    def test_pause_in_the_middle_of_a_longer_window(self):
        """Windows of another speed begin at other times; no trip is counted twice or left out."""
        self.open(**{"from": "2014-04-09T08:05", "to": "2014-04-09T11:55", "speed": 600})
        self.page.find("#play").click()
        self.page.until(lambda: self.phase() == "playing" and "08:14" <= self.page.text("#live .clock") < "09", "08:14")
        self.hurry("86400")
        self.wait_for_end()
        self.assert_counts("2014-04-09T08:05", "2014-04-09T11:55")

    def test_sources_that_are_chosen(self):
        self.open(source="yellow,green", speed=86400, **{"from": "2014-04-09", "to": "2014-04-11"})
        self.page.find("#play").click()
        self.wait_for_end()
        self.assert_counts("2014-04-09", "2014-04-11", "--source", "yellow,green")

    def test_without_a_window_the_busiest_day(self):
        days = self.aggregate("day", "trips")
        busiest = max(days, key=lambda row: row["trips"])["day"]
        self.open(speed=14400)
        self.page.find("#play").click()
        self.wait_for_address("a day", lambda found: found.get("from") == f"2014-04-{busiest:02}")
        self.wait_for_end()
        self.assert_counts(f"2014-04-{busiest:02}", self.address()["to"])

    def test_stop_and_a_new_window(self):
        self.open(speed=60, **{"from": HOURS[0], "to": HOURS[1]})
        for leave in ("#stop", "#all-time"):
            self.page.find("#play").click()
            self.page.until(lambda: self.phase() == "playing" and self.page.is_shown("#stop"), "playing")
            self.page.find(leave).click()
            self.page.until(lambda: not self.page.is_shown("#live"), f"{leave} ends it")
            self.assertEqual(self.page.text("#play"), "Play")


if __name__ == "__main__":
    main()
