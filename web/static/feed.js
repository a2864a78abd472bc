// The live state as it arrives, once for all parts of a page. Knows nothing of the page.
//
// A page that lives from it (marked with the id "live") holds a stream of server-sent events while it can be seen, and
// asks once a second while that does not work. Every other page only asks: a browser holds few connections to one
// server, and the pages left open in other tabs must never take the one that STOP needs.

const STATUS = "/api/status";
const STREAM = "/api/live";
const QUIET_AFTER = 5000; // ms without news before it is worth a sentence
const ASK_EVERY = 1000;
const TRY_STREAM_AGAIN = 15000;

const followers = [];
let last = performance.now();
let asking = null;
let stream = null;

function news(state) {
  last = performance.now();
  for (const { heard } of followers) heard(state);
}

async function ask() {
  if (!document.hidden) {
    try {
      const answer = await fetch(STATUS, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(4000) });
      if (answer.ok) news(await answer.json());
    } catch {
      // no news: the tick says so on the page
    }
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
  if (stream || document.hidden) return;
  if (!("EventSource" in window) || !document.getElementById("live")) {
    askFrom();
    return;
  }
  const mine = new EventSource(STREAM);
  stream = mine;
  mine.addEventListener("status", (event) => {
    stopAsking();
    news(JSON.parse(event.data));
  });
  mine.onerror = () => {
    askFrom();
    if (mine.readyState !== EventSource.CLOSED || stream !== mine) return;
    stream = null;
    setTimeout(listen, TRY_STREAM_AGAIN);
  };
}

function hangUp() {
  if (stream) stream.close();
  stream = null;
}

function start() {
  listen();
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", (event) => event.persisted && listen());
  document.addEventListener("visibilitychange", () => (document.hidden ? hangUp() : listen()));
  setInterval(() => {
    if (document.hidden) return;
    const silent = performance.now() - last;
    if (silent > QUIET_AFTER) askFrom();
    for (const { tick } of followers) tick(silent, silent > QUIET_AFTER);
  }, 500);
}

/** Calls `heard(state)` for every state, and twice a second `tick(ms since the last one, whether that is too long)`. */
export function follow(heard, tick = () => {}) {
  followers.push({ heard, tick });
  if (followers.length === 1) start();
}
