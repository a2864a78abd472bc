// The stop: at the first touch, from every page, with the Escape key too. It is sent again until the server has it,
// and the page does not say "at rest" before the telescope has been seen at rest.

import { say, send } from "./orders.js";
import { words } from "./words.js";

const AGAIN_EVERY = 500; // ms; a stop may be repeated blindly, nothing else may
const TRIES = 6;
const OWN_CLICK = 1000; // ms in which a click is the end of a touch that has stopped the telescope at its beginning
const REST_WITHIN = 3000; // ms until the page asks for the power switch

const form = document.getElementById("stop");
const button = form.querySelector("button");
let round = 0;
let touchedAt = -Infinity;

function pause(milliseconds) {
  return new Promise((wake) => setTimeout(wake, milliseconds));
}

async function stop() {
  const mine = ++round;
  button.classList.add("pressed");
  say(words.page.stopping, "bad");
  document.dispatchEvent(new CustomEvent("clubscope:stop"));
  const done = await untilTaken(mine);
  if (mine !== round) return;
  button.classList.remove("pressed");
  if (!done.ok) return say(reason(done), "bad");
  say(words.page.stop_sent, "good");
  await sayWhenAtRest(mine);
}

async function untilTaken(mine) {
  let done = { ok: false, status: 0 };
  for (let tried = 0; tried < TRIES && mine === round; tried += 1) {
    done = await send("stop", {}, { signal: AbortSignal.timeout(2000), keepalive: true });
    if (done.ok || done.status === 401 || done.status === 403) return done;
    say(reason(done), "bad");
    await pause(AGAIN_EVERY);
  }
  return done;
}

/** Where the server itself cannot be reached, only the page can say what to do. */
function reason(done) {
  return done.status === 0 ? words.page.stop_failed : done.message;
}

async function sayWhenAtRest(mine) {
  const until = performance.now() + REST_WITHIN;
  while (performance.now() < until && mine === round) {
    const state = await fetch("/api/status", { cache: "no-store" }).then((answer) => answer.json()).catch(() => null);
    if (mine !== round) return;
    if (state && state.line === "up" && ["stopped", "tracking", "parked"].includes(state.motion)) {
      return say(words.page.stop_rests, "good");
    }
    await pause(AGAIN_EVERY);
  }
  if (mine === round) say(words.page.stop_unconfirmed, "bad");
}

button.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  touchedAt = performance.now();
  stop();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (performance.now() - touchedAt > OWN_CLICK) stop(); // from a key or a screen reader
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.repeat) stop();
});
