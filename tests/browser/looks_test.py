"""Phones, dark and light, who likes stillness, names of all controls, and what the page may not do."""
import re
import urllib.request

from browser import Browser, Keys
from page_case import EMPIRE_STATE, MIDTOWN, PageTest, main

NAMELESS = """
    const nameOf = (element) => element.getAttribute('aria-label') || element.innerText?.trim() || element.title
        || [...element.labels ?? []].map((label) => label.innerText.trim()).join('');
    return [...document.querySelectorAll('button, a[href], input, select, [role=slider], [tabindex]')]
        .filter((element) => !nameOf(element)).map((element) => element.outerHTML)"""
COVERED = """
    const wide = document.documentElement.clientWidth;
    return [...document.querySelectorAll('#bar *, #time *, #panel *, #tools *')].filter((element) => {
        const box = element.getBoundingClientRect();
        const hidden = !box.width || element.closest('.scrolling, #switches, .unseen') || element.classList.contains('handle');
        return !hidden && (box.right > wide + 1 || box.left < -1);
    }).map((element) => element.outerHTML.slice(0, 200))"""
# Contrast as WCAG 2 has it: the least one among texts on a plain ground.
CONTRAST = """
    const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
    const light = ({ r, g, b }) => [r, g, b].map((value) => value / 255)
        .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = parse(getComputedStyle(at).backgroundColor);
            if (color.a === 1) return color;
        }
    };
    const texts = [...document.querySelectorAll('#bar *, #panel *, #time *, #tools *')].filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && element.offsetWidth
        && !element.closest('.unseen') && !element.matches(':disabled, :disabled *, :disabled + *, option'));
    return texts.map((element) => {
        const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
        return [(a + 0.05) / (b + 0.05), element.outerHTML.slice(0, 150)];
    }).sort((a, b) => a[0] - b[0])[0]"""


class LooksTest(PageTest):
    def everything_open(self):
        self.open(map="13/40.75000/-73.98000", at=EMPIRE_STATE, box=MIDTOWN, **{"from": "2014-04-07", "to": "2014-04-14"})
        self.page.until(lambda: self.page.is_shown("#box .hours") and self.page.all(".rides tbody tr"), "rides and a box")

    def on(self, **how):
        """Another browser for one test."""
        page = Browser(**how)
        self.addCleanup(page.quit)
        type(self).page, before = page, self.page
        self.addCleanup(setattr, type(self), "page", before)

    def test_all_controls_have_names(self):
        self.everything_open()
        self.page.find("#draw").click()
        self.assertEqual(self.page.js(NAMELESS), [])
        self.assertEqual(self.page.js("return document.querySelectorAll('[style]').length === 0 ? '' : 'styles are set by scripts only'"),
                         "styles are set by scripts only")

    def test_dark_and_light_can_be_read(self):
        grounds = []
        for scheme in ("dark", "light"):
            with self.subTest(scheme):
                self.page.command("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
                self.everything_open()
                contrast, where = self.page.js(CONTRAST)
                self.assertGreaterEqual(contrast, 4.5, where)
                grounds.append(self.page.js("return getComputedStyle(document.body).backgroundColor"))
        self.assertNotEqual(*grounds)
        self.page.command("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})

    def test_a_phone(self):
        self.on(width=390, height=844, touch=True, pixel_ratio=2)
        self.open(map="13/40.75000/-73.98000")
        self.assertEqual(self.page.js(COVERED), [])
        self.assertEqual(self.page.js("return document.documentElement.scrollWidth"), 390)
        self.assertEqual(self.page.find("#sheet").get_attribute("aria-expanded"), "false")
        [whole] = self.aggregate("pickup_tile:0", "trips")
        self.assertIn(f"{whole['trips']:,} trips", self.page.text("#sheet"))
        self.assertTrue(self.page.js("return document.querySelector('.trips img').src.includes('size=512')"), "sharp pictures")
        self.page.find("#draw").click()
        self.assertEqual(self.page.js(COVERED), [])
        self.page.find("#draw").click()
        self.page.js("""const map = document.querySelector('#map'), box = map.getBoundingClientRect();
            window.place = [box.left + box.width / 2, box.bottom - 30]""")
        x, y = self.page.js("return window.place")
        for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
            self.page.command("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self.page.until(lambda: len(self.page.all(".rides tbody tr")) == 10, "ten rides after a touch")
        self.assertEqual(self.page.find("#sheet").get_attribute("aria-expanded"), "true")
        self.page.until(lambda: self.page.js("""const ring = document.querySelector('.asked-ring').getBoundingClientRect();
            return ring.bottom < document.querySelector('#panel').getBoundingClientRect().top"""), "the place is above the sheet")
        self.assertEqual(self.page.js(COVERED), [])
        self.page.find("#sheet").click()
        self.assertEqual(self.page.find("#sheet").get_attribute("aria-expanded"), "false")

    def test_a_box_with_a_finger(self):
        self.on(width=390, height=844, touch=True, pixel_ratio=2)
        self.open(map="13/40.75000/-73.98000")
        self.page.find("#draw").click()
        x, y = self.page.js("const box = document.querySelector('#map').getBoundingClientRect(); return [box.left + 80, box.top + 130]")
        for kind, dx in (("touchStart", 0), ("touchMove", 60), ("touchMove", 140), ("touchEnd", None)):
            points = [] if dx is None else [{"x": x + dx, "y": y + dx}]
            self.page.command("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self.wait_for_address("a box", lambda found: "box" in found)
        self.settle()
        self.assert_figures("#box", "--box", self.address()["box"])

    def test_stillness(self):
        self.on(motion="reduce")
        self.open(speed=3600, **{"from": "2014-04-09T08:00", "to": "2014-04-09T10:00"})
        self.page.find("#play").click()
        self.page.until(lambda: self.page.data("#live", "phase") == "ended", "the end")
        [whole] = self.aggregate("pickup_tile:0", "trips", "--from", "2014-04-09T08:00", "--to", "2014-04-09T10:00")
        self.assertEqual(int(self.page.data("#live [data-key=trips]")), whole["trips"])

        self.assertFalse(self.page.js("return document.querySelector('#map').classList.contains('leaflet-zoom-anim')"))
        same = self.page.js("""const canvas = document.querySelector('.live-points'), before = canvas.toDataURL();
            const blank = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).toDataURL();
            return new Promise((resolve) => { let frames = 0;
                const count = () => ++frames < 40 ? requestAnimationFrame(count) : resolve([before !== blank, canvas.toDataURL() === before]);
                count(); })""")
        self.assertEqual(same, [True, True], "points are there, and stay as they are")

    def test_by_keyboard_alone(self):
        """Tab goes through all controls in order, and each shows that it has the focus."""
        self.everything_open()
        self.page.js("document.activeElement.blur()")
        reached = []
        for _ in range(60):
            self.page.actions().send_keys(Keys.TAB).perform()
            name, outlined = self.page.js("""const at = document.activeElement, style = getComputedStyle(at);
                const shown = at.matches('.segments input') ? getComputedStyle(at.nextElementSibling) : style;
                return [at.id || at.getAttribute('aria-label') || at.innerText || at.value, shown.outlineStyle !== 'none']""")
            if name in reached and reached[0] == name or self.page.js("return document.activeElement === document.body"):
                break
            reached.append(name)
            self.assertTrue(outlined, f"{name} shows no focus")
        for wanted in ("map", "draw", "play", "speed", "from", "to", "closer", "all-time", "Begin of the time", "End of the time", "k",
                       "Close the box", "Close the nearest rides", "Show ride 1 on the map"):
            self.assertIn(wanted, reached)

    def test_what_the_page_may_do(self):
        with urllib.request.urlopen(self.server.origin + "/") as response:
            policy, text = response.headers["Content-Security-Policy"], response.read().decode()
        self.assertIn("default-src 'none'", policy)
        self.assertIn("script-src 'self'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertIsNone(re.search(r"<script>|<style|\sstyle=|\son\w+=|javascript:", text), "no scripts or styles inside the page")
        self.everything_open()
        blocked = self.page.js("""const [image, script] = [new Image(), document.createElement('script')];
            return new Promise((resolve) => { const seen = [];
                document.addEventListener('securitypolicyviolation', (event) => {
                    seen.push(event.effectiveDirective); if (seen.length === 2) resolve(seen.sort()); });
                image.src = 'http://localhost:9/x.png'; script.src = 'http://localhost:9/x.js'; document.head.append(script); })""")
        self.assertEqual([name.split("-")[0] for name in blocked], ["img", "script"])
        # what was tried just now
        self.page.complaints()
        self.page.asked()


if __name__ == "__main__":
    main()
