"""What the server's options change for the page: streets from elsewhere under the trips, and a token."""
import http.server
import os
import threading
import urllib.error
import urllib.request

from browser import Keys
from page_case import PageTest, main
from serving import Server

TOKEN = "0123456789abcdef-of-the-tests"
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"  # a pixel
                        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


class Streets(http.server.BaseHTTPRequestHandler):
    """Some other site's map."""
    asked = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(PICTURE)))
        self.end_headers()
        self.wfile.write(PICTURE)

    def log_message(self, *_):
        pass


class OptionsTest(PageTest):
    def serve(self, *options):
        """Another server for one test."""
        server = Server(self.program, self.store, *options)
        self.addCleanup(server.kill)
        before, type(self).server = self.server, server
        self.addCleanup(setattr, type(self), "server", before)

    def test_streets_under_the_trips(self):
        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Streets)
        self.addCleanup(site.server_close)
        self.addCleanup(site.shutdown)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        origin = f"http://127.0.0.1:{site.server_port}"
        self.serve("--basemap", origin + "/streets/{z}/{x}/{y}.png")
        self.open(map="13/40.75000/-73.98000")
        loaded = "return [...document.querySelectorAll('.basemap img')].filter((image) => image.naturalWidth === 1).length"
        self.page.until(lambda: self.page.js(loaded) > 3, "streets")
        self.assertTrue(all(path.startswith("/streets/13/") for path in Streets.asked), Streets.asked)
        self.assertEqual(self.page.all(".place-name"), [], "streets have their own names")
        self.assertEqual({url for url in self.page.asked() if url.startswith("http") and not url.startswith(self.server.origin)},
                         {origin + path for path in Streets.asked}, "only pictures come from there")

    def test_a_token_opens_the_page(self):
        path = self.path("token")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write(TOKEN + "\n")
        self.serve("--token-file", path)
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.server.ask("/api/info")
        self.assertEqual(refused.exception.code, 401)
        refused.exception.close()
        self.page.driver.get(f"{self.server.origin}/?token={TOKEN}#map=13/40.75000/-73.98000&on=dropoff")
        self.settle()
        self.assert_figures("#summary")
        self.assertEqual(self.page.js("return location.search"), "", "the token is not left in the address")
        self.assertEqual(self.address()["on"], "dropoff", "what was shared is still there")

    def test_a_store_that_does_not_know_where_trips_end(self):
        self.program.generate("uber.csv", "--format", "uber", "--trips", 2000, "--seed", 3)
        self.program.must("ingest", "uber.csv", "--store", "uber.h5")
        type(self).store, before = self.path("uber.h5"), self.store
        self.addCleanup(setattr, type(self), "store", before)
        self.serve()
        self.page.driver.get(f"{self.server.origin}/#map=13/40.75000/-73.98000&on=dropoff&measure=mean:fare")
        self.settle()
        self.assertIn("Pick-ups", self.page.text("#legend"))
        self.wait_for_address("an address of what is shown", lambda shown: not {"on", "measure"} & set(shown))
        self.assertIn("2,000", self.page.text("#summary"))

    def test_who_has_no_token_is_asked_for_it(self):
        path = self.path("token")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(TOKEN + "\n")
        self.serve("--token-file", path)
        self.page.driver.delete_all_cookies()
        self.page.driver.get(f"{self.server.origin}/#map=13/40.75000/-73.98000&on=dropoff")
        self.assertFalse(self.page.is_shown("#wrong"))
        self.assertEqual(self.page.js("return getComputedStyle(document.querySelector('main')).display"), "grid", "its style came")
        self.page.find("#token").send_keys("not the token", Keys.ENTER)
        self.page.until(lambda: self.page.is_shown("#wrong"), "what is wrong with it")
        self.page.find("#token").send_keys(TOKEN, Keys.ENTER)
        self.page.until(lambda: self.page.all("#summary"), "the page itself")
        self.settle()
        self.assert_figures("#summary")
        self.assertEqual(self.page.js("return location.search"), "", "the token is not left in the address")
        self.assertEqual(self.address()["on"], "dropoff", "what was shared is still there")
        self.page.complaints()  # of the browser, that the first answers were 401


if __name__ == "__main__":
    main()
