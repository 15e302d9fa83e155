"""A headless Chromium that is asked what a person would see, and that keeps what it complained about and whom it asked."""
import json
import os
import shutil
import sys

SKIPPED = 77
PATIENCE_S = 40

try:
    from selenium import webdriver
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, TimeoutException
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError:
    webdriver = Keys = None


def skip_without_browser():
    """Ends the script with CTest's code for skipped where there is nothing to test with."""
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    if webdriver is None:
        missing.append("python3-selenium")
    if missing:
        print(f"skipped: no {', '.join(missing)} here (bash tests/setup.sh browser)")
        sys.exit(SKIPPED)


def options_for(width, height, touch, pixel_ratio):
    options = Options()
    options.binary_location = shutil.which("chromium")
    for word in ("--headless=new", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
                 "--disable-sync", "--no-first-run", "--no-default-browser-check", "--disable-features=OptimizationHints",
                 f"--window-size={width},{height}"):
        options.add_argument(word)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's own rule for root; the page is ours
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if touch:
        options.add_experimental_option(
            "mobileEmulation", {"deviceMetrics": {"width": width, "height": height, "pixelRatio": pixel_ratio, "touch": True}})
    return options


class Browser:
    def __init__(self, width=1280, height=800, touch=False, pixel_ratio=1, scheme="dark", motion="no-preference"):
        self.driver = webdriver.Chrome(options=options_for(width, height, touch, pixel_ratio),
                                       service=Service(shutil.which("chromedriver")))
        self.command("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": motion}]})
        if not touch:  # the window's own size has borders
            self.command("Emulation.setDeviceMetricsOverride",
                         {"width": width, "height": height, "deviceScaleFactor": pixel_ratio, "mobile": False})

    def command(self, name, values):
        return self.driver.execute_cdp_cmd(name, values)

    def js(self, text, *values):
        return self.driver.execute_script(text, *values)

    def until(self, condition, what):
        """Waits until `condition()` is true, and gives what it gave; fails with `what` else."""
        try:
            return WebDriverWait(self.driver, PATIENCE_S, poll_frequency=0.05,
                                 ignored_exceptions=(NoSuchElementException, StaleElementReferenceException)).until(
                                     lambda _: condition())
        except TimeoutException:
            raise AssertionError(f"never: {what}\n{self.driver.current_url}\n{self.text('body')[:3000]}") from None

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.js("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def is_shown(self, selector):
        return any(element.is_displayed() for element in self.all(selector))

    def data(self, selector, name="value"):
        return self.js("return document.querySelector(arguments[0])?.dataset[arguments[1]]", selector, name)

    def actions(self):
        return ActionChains(self.driver, duration=60)

    def complaints(self):
        """What the console said since the last time, but notes."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def asked(self):
        """Addresses of all requests since the last time."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return found

    def quit(self):
        self.driver.quit()
