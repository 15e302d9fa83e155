"""What goes wrong is said, with a way to try again; what takes long is said, too."""
from page_case import EMPIRE_STATE, MIDTOWN, WEEK, PageTest, main
from serving import Server


class TroubleTest(PageTest):
    allowed_complaints = ("net::ERR_", "the server responded with a status of 4", "the server responded with a status of 5")

    def setUp(self):
        # A test may have ended the server.
        if self.server.process.poll() is not None:
            type(self).server = Server(self.program, self.store, port=self.server.port)
        self.slow_down(0)

    def slow_down(self, latency_ms, offline=False):
        self.page.command("Network.enable", {})
        self.page.command("Network.emulateNetworkConditions",
                          {"offline": offline, "latency": latency_ms, "downloadThroughput": -1, "uploadThroughput": -1})

    def refuse(self, pattern, status, body, headers=()):
        """Answers requests like `pattern` in the server's stead, from now on."""
        self.page.js("""const [pattern, status, body, headers] = arguments; const real = window.realFetch ??= window.fetch;
            window.fetch = (url, options) => String(url).includes(pattern)
                ? Promise.resolve(new Response(body, { status, headers: Object.fromEntries(headers) })) : real(url, options)""",
                     pattern, status, body, list(headers))

    def accept(self):
        self.page.js("window.fetch = window.realFetch")

    def trouble(self):
        return self.page.text("#trouble") if self.page.is_shown("#trouble") else ""

    def test_what_takes_long_is_said(self):
        self.open(**{"from": WEEK[0], "to": WEEK[1]})
        self.slow_down(2500)
        self.page.find("#all-time").click()
        self.page.until(lambda: self.page.text("#status").endswith("…"), "words about what takes long")
        self.slow_down(0)
        self.page.until(lambda: self.page.text("#status") == "", "nothing is said any more")
        self.settle()
        self.assert_figures("#summary")

    def test_old_questions_are_given_up(self):
        """Of a window that was chosen while the one before was still being counted, the numbers are the later one's."""
        self.open()
        self.slow_down(1200)
        for day in ("08", "09", "10"):
            self.page.js(f"location.hash = '#from=2014-04-{day}&to=2014-04-{int(day) + 1:02}'")
        self.slow_down(0)
        self.page.until(lambda: "10 Apr" in self.page.text("#summary h2"), "the last window's numbers")
        self.settle()
        self.assert_figures("#summary", "--from", "2014-04-10", "--to", "2014-04-11")
        self.assertEqual(self.trouble(), "", "what was given up is no trouble")

    def test_a_server_that_dies_and_comes_back(self):
        self.open(map="13/40.75000/-73.98000")
        self.server.kill()
        self.page.js(f"location.hash = '#map=13/40.75/-73.98&at={EMPIRE_STATE}&box={MIDTOWN}'")
        self.page.until(lambda: "does not answer" in self.trouble(), "the server's death is told")
        type(self).server = Server(self.program, self.store, port=self.server.port)
        self.page.find("#trouble button.strong").click()
        self.page.until(lambda: len(self.page.all("path.ride")) == 10 and self.page.is_shown("#box .hours"), "asked again")
        self.page.until(lambda: self.trouble() == "", "no trouble any more")
        self.assert_figures("#box", "--box", MIDTOWN)

    def test_a_page_that_opens_while_the_store_is_silent(self):
        self.page.command("Network.setBlockedURLs", {"urls": ["*/api/info"]})
        self.page.driver.get("about:blank")
        self.page.driver.get(f"{self.server.origin}/#map=13/40.75000/-73.98000")
        self.page.until(lambda: "does not answer" in self.trouble(), "that nothing is known of the store")
        self.page.command("Network.setBlockedURLs", {"urls": []})
        self.page.find("#trouble button.strong").click()
        self.settle()
        self.assert_figures("#summary")
        self.assertEqual(self.trouble(), "")

    def test_an_answer_without_words(self):
        self.open()
        self.refuse("/api/requests", 500, "<h1>what?</h1>")
        self.page.actions().click(self.page.find("#map")).perform()
        self.page.until(lambda: "The server answered 500" in self.trouble(), "told")
        self.page.find("#trouble button.plain").click()
        self.assertEqual(self.trouble(), "", "dismissed")
        self.accept()

    def test_a_replay_that_breaks_off_goes_on(self):
        self.open(speed=600, **{"from": "2014-04-09T08:00", "to": "2014-04-09T09:00"})
        self.page.find("#play").click()
        self.page.until(lambda: self.page.data("#live [data-key=trips]") not in (None, "0"), "something counted")
        self.server.kill()
        self.page.until(lambda: self.trouble() != "", "the end of the stream is told")
        self.assertEqual(self.page.text("#play"), "Go on")
        type(self).server = Server(self.program, self.store, port=self.server.port)
        self.page.find("#trouble button.strong").click()
        self.page.until(lambda: self.page.data("#live", "phase") == "ended", "the end")
        [whole] = self.aggregate("pickup_tile:0", "trips", "--from", "2014-04-09T08:00", "--to", "2014-04-09T09:00")
        self.assertEqual(int(self.page.data("#live [data-key=trips]")), whole["trips"], "no trip twice, none missing")

    def test_a_refusal_is_told_in_the_servers_words(self):
        self.open()
        refused = '{"error":{"code":"bad_request","message":"k must be <b>less</b>, not 10"}}'
        self.refuse("/api/requests", 400, refused)
        self.page.actions().click(self.page.find("#map")).perform()
        self.page.until(lambda: "k must be <b>less</b>, not 10" in self.trouble(), "the message, as text")
        self.accept()
        self.page.find("#trouble button.strong").click()
        self.page.until(lambda: len(self.page.all("path.ride")) == 10 and self.trouble() == "", "asked again")

    def test_a_busy_server_is_asked_again(self):
        self.open()
        busy = '{"error":{"code":"busy","message":"too many questions at once"}}'
        self.refuse("/api/requests", 503, busy, [["Retry-After", "1"]])
        self.page.actions().click(self.page.find("#map")).perform()
        self.page.until(lambda: "busy" in self.page.text("#status"), "that the server is busy")
        self.accept()
        self.page.until(lambda: len(self.page.all("path.ride")) == 10, "asked again, by itself")
        self.assertEqual(self.trouble(), "")

    def test_pictures_that_do_not_come(self):
        self.open(map="13/40.75000/-73.98000")
        self.slow_down(0, offline=True)
        self.page.find("#ends input[value=dropoff]").click()
        self.page.until(lambda: "does not answer" in self.trouble(), "told")
        self.slow_down(0)
        self.page.find("#trouble button.strong").click()
        self.page.until(lambda: self.trouble() == "" and self.is_quiet(), "tried again")
        loaded = """return [...document.querySelectorAll('.trips img')].filter((image) =>
            image.src.includes('on=dropoff') && image.complete && image.naturalWidth === 256).length"""
        self.page.until(lambda: self.page.js(loaded) > 3, "pictures")


if __name__ == "__main__":
    main()
