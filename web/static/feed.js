// The live state as it arrives: server-sent events, and plain questions once a second while those do not work.
// Knows nothing of the page.

const STATUS = "/api/status";
const STREAM = "/api/live";
const QUIET_AFTER = 5000; // ms without news before it is worth a sentence
const ASK_EVERY = 1000;
const TRY_STREAM_AGAIN = 15000;

/** Calls `heard(state)` for every state, and twice a second `tick(ms since the last one, whether that is too long)`. */
export function follow(heard, tick) {
  let last = performance.now();
  let asking = null;

  function news(state) {
    last = performance.now();
    heard(state);
  }

  async function ask() {
    try {
      const answer = await fetch(STATUS, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(4000) });
      if (answer.ok) news(await answer.json());
    } catch {
      // no news: the tick says so on the page
    }
    if (asking !== null) asking = setTimeout(ask, ASK_EVERY);
  }

  function askFrom() {
    if (asking === null) asking = setTimeout(ask, 0);
  }

  function stopAsking() {
    clearTimeout(asking);
    asking = null;
  }

  function listen() {
    if (!("EventSource" in window)) return askFrom();
    const stream = new EventSource(STREAM);
    stream.addEventListener("status", (event) => {
      stopAsking();
      news(JSON.parse(event.data));
    });
    stream.onerror = () => {
      askFrom();
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, TRY_STREAM_AGAIN);
    };
    addEventListener("pagehide", () => stream.close(), { once: true });
  }

  listen();
  addEventListener("pageshow", (event) => event.persisted && listen());
  setInterval(() => {
    const silent = performance.now() - last;
    if (silent > QUIET_AFTER) askFrom();
    tick(silent, silent > QUIET_AFTER);
  }, 500);
}
