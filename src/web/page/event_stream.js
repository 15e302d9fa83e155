// Server-sent events by fetch, not by EventSource: that would not tell what the server says when it refuses, and would
// ask again from the start when the connection breaks.
import { fetchGood, Refused } from "./api.js";

const silence_ms = 45_000; // the server says something every 15 s

/** { event, data } of the lines between two blank ones; null where there is no data (a comment). */
function parseEvent(lines) {
  let event = "message";
  const data = [];
  for (const line of lines) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  return data.length > 0 ? { event, data: data.join("\n") } : null;
}

/** Reads with a limit on the silence between two pieces. */
async function readPiece(reader, control) {
  const timer = setTimeout(() => control.abort(new Refused("The server has gone silent.", 0)), silence_ms);
  try {
    return await reader.read();
  } catch (problem) {
    if (control.signal.aborted) throw control.signal.reason;
    throw new Refused("The connection to the server broke.", 0);
  } finally {
    clearTimeout(timer);
  }
}

/** The events of a stream, until it ends or `control` is aborted. */
export async function* readEvents(subject, url, control) {
  const response = await fetchGood(subject, url, { headers: { Accept: "text/event-stream" }, cache: "no-store" }, control.signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "", lines = [];
  for (;;) {
    const { done, value } = await readPiece(reader, control);
    if (done) return;
    const pieces = (rest + value).split(/\r?\n/);
    rest = pieces.pop();
    for (const line of pieces) {
      if (line !== "") {
        lines.push(line);
        continue;
      }
      const event = parseEvent(lines);
      lines = [];
      if (event) yield event;
    }
  }
}
