"""The time: the bars are the command line's counts, and the window is chosen by mouse, keyboard and inputs."""
import datetime
import json

from browser import Keys
from page_case import PageTest, main

APRIL = [(datetime.date(2014, 4, 1) + datetime.timedelta(days=i)).isoformat() for i in range(31)]


class TimeTest(PageTest):
    def bars(self):
        return self.page.data(".bars canvas", "unit"), json.loads(self.page.data(".bars canvas", "counts"))

    def daily(self, *filters):
        counts = [0] * 30
        for row in self.aggregate("day", "trips", *filters):
            counts[row["day"] - 1] = row["trips"]
        return counts

    def window(self):
        found = self.address()
        return found.get("from"), found.get("to")

    def wait_for_window(self, begin, end):
        self.page.until(lambda: self.window() == (begin, end), f"the window {begin} to {end}, not {self.window()}")
        self.settle()
        filters = [word for name, value in (("--from", begin), ("--to", end)) if value for word in (name, value)]
        self.assert_figures("#summary", *filters)

    def bar_offset(self, bar, bars=30):
        """Pixels from the middle of the brush to so many bars from its left."""
        width = self.page.find(".brush").rect["width"]
        return round(width * (bar / bars - 0.5))

    def drag(self, element, begin, end):
        """From one place among the bars to another."""
        y = 5
        chain = self.page.actions().move_to_element_with_offset(self.page.find(".brush"), begin, y)
        if element != ".brush":
            chain = self.page.actions().move_to_element(self.page.find(element))
        chain.click_and_hold().move_by_offset((end - begin) // 2, 0).move_by_offset(end - begin - (end - begin) // 2, 0)
        chain.release().perform()

    def test_bars_are_counts_by_day(self):
        self.open()
        self.assertEqual(self.bars(), ("day", self.daily()))
        self.page.find("#sources input[value=uber]").click()
        self.settle()
        self.assertEqual(self.bars(), ("day", self.daily("--source", "yellow,green")))

    def test_drag_over_the_bars(self):
        self.open()
        self.drag(".brush", self.bar_offset(6.3), self.bar_offset(12.6))
        self.wait_for_window(APRIL[6], APRIL[13])
        self.drag(".handle.end", self.bar_offset(13), self.bar_offset(10))
        self.wait_for_window(APRIL[6], APRIL[10])
        self.drag(".handle.begin", self.bar_offset(6), self.bar_offset(2))
        self.wait_for_window(APRIL[2], APRIL[10])
        self.drag(".brush .body", self.bar_offset(6), self.bar_offset(11))
        self.wait_for_window(APRIL[7], APRIL[15])
        self.page.find("#all-time").click()
        self.wait_for_window(None, None)

    def test_a_click_takes_one_bar(self):
        self.open()
        self.page.actions().move_to_element_with_offset(self.page.find(".brush"), self.bar_offset(20.5), 5).click().perform()
        self.wait_for_window(APRIL[20], APRIL[21])

    def test_arrow_keys(self):
        self.open(**{"from": APRIL[5], "to": APRIL[8]})
        begin, end, body = (self.page.find(f".brush {name}") for name in (".handle.begin", ".handle.end", ".body"))
        begin.send_keys(Keys.ARROW_LEFT)
        self.wait_for_window(APRIL[4], APRIL[8])
        end.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        self.wait_for_window(APRIL[4], APRIL[10])
        body.send_keys(Keys.PAGE_UP)
        self.wait_for_window(APRIL[14], APRIL[20])
        begin.send_keys(Keys.END)
        self.wait_for_window(APRIL[19], APRIL[20])
        begin.send_keys(Keys.HOME)
        self.wait_for_window(None, APRIL[20])
        self.assertIn("20 Apr", begin.get_attribute("aria-valuetext") + end.get_attribute("aria-valuetext") + "20 Apr")
        self.assertEqual(end.get_attribute("aria-valuetext"), "21 Apr 2014, 00:00")

    def test_inputs(self):
        self.open()
        self.page.js("""const input = document.querySelector('#from'); input.value = '2014-04-09T08:30';
            input.dispatchEvent(new Event('change', { bubbles: true }))""")
        self.wait_for_window("2014-04-09T08:30", None)
        self.page.js("""const input = document.querySelector('#to'); input.value = '2014-04-09T09:15';
            input.dispatchEvent(new Event('change', { bubbles: true }))""")
        self.wait_for_window("2014-04-09T08:30", "2014-04-09T09:15")
        self.page.js("""const input = document.querySelector('#to'); input.value = '2014-04-08T00:00';
            input.dispatchEvent(new Event('change', { bubbles: true }))""")
        self.assertEqual(self.window(), ("2014-04-09T08:30", "2014-04-09T09:15"), "an end before the begin is not taken")
        self.assertNotEqual(self.page.find("#to").get_property("validationMessage"), "")

    def test_closer_shows_hours(self):
        self.open(**{"from": APRIL[8], "to": APRIL[10]})
        self.page.find("#closer").click()
        self.page.until(lambda: self.bars()[0] == "hour", "bars of hours")
        self.settle()
        hours = [0] * 48
        for row in self.aggregate("day,hour", "trips", "--from", APRIL[8], "--to", APRIL[10]):
            hours[24 * (row["day"] - 9) + row["hour"]] = row["trips"]
        self.assertEqual(self.bars()[1], hours)
        self.drag(".brush", self.bar_offset(8.2, 48), self.bar_offset(9.9, 48))
        self.wait_for_window(f"{APRIL[8]}T08:00", f"{APRIL[8]}T10:00")
        self.page.find("#all-time").click()
        self.wait_for_window(None, None)
        self.assertEqual(self.bars()[0], "day")


if __name__ == "__main__":
    main()
