// Moving by hand: a press is a lease that this page renews while a finger or a key is down. Whatever ends the press
// (release, a second finger, another page, a fault of this page, a lost network) ends the renewing, and then the mount
// rests by itself. Nothing here has to work for that: a page that is frozen, locked or killed renews nothing either.

import { say, send } from "./orders.js";
import { words } from "./words.js";

const BEAT_EVERY = 150; // ms; the server lets the lease lapse after 400
const LONGEST_PRESS = 10000;
const SHORT_PRESS = 400; // for a click without a finger: a screen reader, a switch
const WAITING_AT_MOST = 3; // beats on the way; more would only arrive late and mean nothing
const DEAF_AFTER = 1200; // ms without an answer to any beat: the lease has lapsed long ago, so the page says so
const RELEASE_TRIES = 3;
const ARROWS = { ArrowUp: "north", ArrowDown: "south", ArrowLeft: "west", ArrowRight: "east" };
const PUSHES = [" ", "Enter"];

const form = document.getElementById("nudge");
const pad = form.querySelector(".pad");
let press = null;
let spent = null; // the touch that ended a press by coming as a second finger; it begins none itself

function nameForPress() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is absent on plain http
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function begin(button, source) {
  if (press) return end();
  press = {
    name: nameForPress(),
    beat: 0,
    waiting: 0,
    heardAt: performance.now(),
    button,
    source,
    rate: new FormData(form).get("rate"),
    aborter: new AbortController(),
  };
  button.classList.add("pressed");
  say("");
  press.timer = setInterval(beat, BEAT_EVERY);
  press.limit = setTimeout(() => {
    end();
    say(words.page.press_over);
  }, LONGEST_PRESS);
  beat();
}

async function beat() {
  const mine = press;
  if (!mine) return;
  if (performance.now() - mine.heardAt > DEAF_AFTER) {
    end();
    say(words.page.unreachable, "bad");
    return;
  }
  if (mine.waiting >= WAITING_AT_MOST) return;
  mine.waiting += 1;
  const fields = { direction: mine.button.value, rate: mine.rate, press: mine.name, beat: mine.beat++ };
  const done = await send("nudge", fields, { signal: mine.aborter.signal });
  mine.waiting -= 1;
  mine.heardAt = performance.now();
  if (done.ok || press !== mine) return;
  end();
  say(done.message, "bad");
}

async function end() {
  const mine = press;
  if (!mine) return;
  press = null;
  clearInterval(mine.timer);
  clearTimeout(mine.limit);
  mine.aborter.abort();
  mine.button.classList.remove("pressed");
  const fields = { direction: null, rate: mine.rate, press: mine.name, beat: mine.beat };
  for (let tried = 0; tried < RELEASE_TRIES; tried += 1) {
    const done = await send("nudge", fields, { keepalive: true, signal: AbortSignal.timeout(1000) });
    if (done.code !== "unreachable") return;
  }
}

function buttonFor(direction) {
  return pad.querySelector(`[value="${direction}"]`);
}

// ---- fingers and mice

document.addEventListener("pointerdown", (event) => {
  if (!press || press.source === event.pointerId) return;
  spent = event;
  end(); // a second finger, anywhere
}, true);
pad.addEventListener("pointerdown", (event) => {
  const button = event.target.closest("button");
  if (!button || event.button !== 0 || !event.isPrimary || event === spent) return;
  event.preventDefault();
  button.focus({ preventScroll: true });
  button.setPointerCapture(event.pointerId);
  begin(button, event.pointerId);
});
pad.addEventListener("pointermove", (event) => {
  if (press && press.source === event.pointerId && !(event.buttons & 1)) end(); // let go while another button is down
});
for (const ending of ["pointerup", "pointercancel", "lostpointercapture"]) pad.addEventListener(ending, end);
pad.addEventListener("contextmenu", (event) => event.preventDefault());

// ---- keys

pad.addEventListener("keydown", (event) => {
  if (event.repeat) {
    if (event.key in ARROWS || PUSHES.includes(event.key)) event.preventDefault(); // a held Enter would click for ever
    return undefined;
  }
  const button = PUSHES.includes(event.key) ? event.target.closest("button") : buttonFor(ARROWS[event.key]);
  if (!button || event.ctrlKey || event.altKey || event.metaKey) return end();
  event.preventDefault();
  return begin(button, event.key);
});
pad.addEventListener("keyup", (event) => {
  if (event.key === " ") event.preventDefault();
  if (press && press.source === event.key) end();
});
pad.addEventListener("focusout", end);

// ---- neither: a screen reader, a switch

pad.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  event.preventDefault();
  if (event.detail !== 0 || press) return; // the finger's own click comes after its press
  begin(button, "click");
  setTimeout(end, SHORT_PRESS);
});
form.addEventListener("submit", (event) => event.preventDefault());

// ---- whatever else takes the hand away

for (const leaving of ["blur", "pagehide", "offline", "error", "unhandledrejection"]) addEventListener(leaving, end);
for (const leaving of ["freeze", "clubscope:stop"]) document.addEventListener(leaving, end);
document.addEventListener("visibilitychange", () => document.hidden && end());
