// What the page is waiting for, when that takes long, and what went wrong, with a way to try again.
import { find, make, makeButton } from "./element.js";

const slow_ms = 300;

/** What is under way by subject: { words, slow }. */
const underWay = new Map();
/** What failed by subject: { message, retry }. */
const troubles = new Map();

function showStatus() {
  document.documentElement.dataset.underWay = underWay.size;
  const words = [...underWay.values()].filter((work) => work.slow).map((work) => work.words);
  const text = words.length > 0 ? `${words[0]}…` : "";
  const status = find("status");
  if (status.textContent !== text) status.textContent = text;
}

function showTroubles() {
  const place = find("trouble");
  place.hidden = troubles.size === 0;
  if (troubles.size === 0) return;
  const messages = new Set([...troubles.values()].map((trouble) => trouble.message));
  const retryAll = () => {
    const all = [...troubles.values()];
    troubles.clear();
    showTroubles();
    for (const { retry } of all) retry();
  };
  const dismiss = () => {
    troubles.clear();
    showTroubles();
  };
  place.replaceChildren(
    make("div", {}, ...[...messages].map((message) => make("p", {}, message))),
    makeButton("Try again", retryAll, { class: "strong" }),
    makeButton("Dismiss", dismiss, { class: "plain" }));
}

/** Says `words` if this takes more than 0.3 s. Call what it returns when it is over. */
export function begin(subject, words) {
  const work = { words, slow: false };
  underWay.set(subject, work);
  const timer = setTimeout(() => {
    work.slow = true;
    showStatus();
  }, slow_ms);
  showStatus();
  return () => {
    clearTimeout(timer);
    if (underWay.get(subject) !== work) return; // a later one has taken its place
    underWay.delete(subject);
    showStatus();
  };
}

/** Says at once what is going on, without waiting for it to be slow. */
export function say(subject, words) {
  const work = underWay.get(subject);
  if (!work) return;
  work.words = words;
  work.slow = true;
  showStatus();
}

export function fail(subject, message, retry) {
  troubles.set(subject, { message, retry });
  showTroubles();
}

export function succeed(subject) {
  if (troubles.delete(subject)) showTroubles();
}
