// Questions to the server. A question about a subject ends the one before it, so that old answers never come late.
import { begin, fail, say, succeed } from "./activity.js";
import { formatTime } from "./civil_time.js";

const tries = 4;
const patience_ms = 60_000;

/** Asked again meanwhile, or no longer wanted: nothing to tell anybody. */
export class Superseded extends Error {}

/** What the server, or its silence, says: for people. */
export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

const running = new Map();

export function stopAsking(subject) {
  running.get(subject)?.abort(new Superseded());
  running.delete(subject);
}

/** Waits, or ends early with the signal's reason. */
function wait(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

async function refusalOf(response) {
  const text = await response.text();
  try {
    return new Refused(JSON.parse(text).error.message, response.status);
  } catch {
    return new Refused(`The server answered ${response.status} ${response.statusText}`.trim(), response.status);
  }
}

/** A response that is good. A server that is busy (503) is asked again when it says so. */
export async function fetchGood(subject, url, options, signal) {
  for (let attempt = 1; ; ++attempt) {
    let response;
    try {
      response = await fetch(url, { ...options, signal });
    } catch (problem) {
      if (signal.aborted) throw signal.reason;
      throw new Refused("The server does not answer. Is tessera serve still running?", 0);
    }
    if (response.ok) return response;
    if (response.status !== 503 || attempt === tries) throw await refusalOf(response);
    say(subject, "The server is busy, asking again");
    await wait(1000 * Math.min(Number(response.headers.get("Retry-After")) || 1, 10), signal);
  }
}

/** The text of a good answer. `words` is said while it takes long. */
async function fetchText(subject, url, words, options) {
  stopAsking(subject);
  const control = new AbortController();
  running.set(subject, control);
  const done = begin(subject, words);
  const late = setTimeout(() => control.abort(new Refused("The server has not answered for a minute.", 0)), patience_ms);
  try {
    const response = await fetchGood(subject, url, options, control.signal);
    return await response.text();
  } catch (problem) {
    throw control.signal.aborted ? control.signal.reason : problem;
  } finally {
    clearTimeout(late);
    done();
    if (running.get(subject) === control) running.delete(subject);
  }
}

export async function fetchInfo() {
  return JSON.parse(await fetchText("info", "/api/info", "Opening the store"));
}

/** Filters as the server reads them: times as text. */
function spell(request) {
  const spelled = { ...request };
  for (const name of ["from", "to"]) {
    if (typeof spelled[name] === "number") spelled[name] = formatTime(spelled[name]);
  }
  return spelled;
}

/** A request as an address's query; lists by comma. */
export function queryOf(request) {
  return new URLSearchParams(Object.entries(spell(request)).map(([name, value]) => [name, String(value)]))
    .toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/** Requests in one round, answers in the same order. */
async function ask(subject, requests, words) {
  const lines = requests.map((request, i) => JSON.stringify({ id: String(i), ...spell(request) }));
  const options = { method: "POST", headers: { "Content-Type": "application/x-ndjson" }, body: `${lines.join("\n")}\n` };
  const text = await fetchText(subject, "/api/requests", words, options);
  const answers = text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  const refused = answers.find((answer) => answer.error);
  if (refused) throw new Refused(refused.error.message, 400);
  if (answers.length !== requests.length) throw new Refused("The server's answer broke off.", 0);
  return answers;
}

/** Asks and hands the answers to `show`. What goes wrong is told, with a button that asks again. */
export async function askAndShow(subject, requests, words, show) {
  try {
    const answers = await ask(subject, requests, words);
    succeed(subject);
    show(answers);
  } catch (problem) {
    if (problem instanceof Superseded) return;
    if (!(problem instanceof Refused)) throw problem;
    fail(subject, problem.message, () => askAndShow(subject, requests, words, show));
  }
}

/** The rows of an aggregate as objects: { hour: 8, trips: 120 }. */
export function rowsOf(answer) {
  return answer.rows.map((row) => Object.fromEntries(answer.columns.map((column, i) => [column, row[i]])));
}
