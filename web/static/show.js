// Writes the live state into the parts of a page marked data-show, in the words the server has sent along.

import { follow } from "./feed.js";
import {
  constellationOf, declination, fill, fists, kindOf, nameOf, number, rightAscension, towards, words,
} from "./words.js";

const page = document.getElementById("live");
const silence = document.getElementById("silence");

let age = null; // seconds, as the server last counted them
let heardAt = 0;

function part(name) {
  return document.querySelector(`[data-show="${name}"]`);
}

/** Sets a text where it differs, so that a screen reader is not told the same thing twice. */
function write(name, text) {
  const place = part(name);
  if (place && place.textContent.trim() !== text) place.textContent = text;
}

function reveal(name, visible) {
  const place = part(name);
  if (place) place.toggleAttribute("hidden", !visible);
}

function motionSentence(state) {
  const { motions } = words;
  let key = state.motion;
  if (state.line !== "up") key = "lost";
  else if (state.motion === "slewing" && state.target) key = "slewing_to";
  else if (state.motion === "tracking" && state.target && state.arrived) key = "tracking_on";
  const sentence = motions[key] || motions.unknown;
  return state.target ? fill(sentence, { name: nameOf(state.target) }) : sentence;
}

function showTarget(state) {
  const { target } = state;
  const nobodyKnows = state.line === "up" ? words.page.nothing_chosen : words.page.no_position;
  const name = target ? nameOf(target) : nobodyKnows;
  write("name", name);
  write("designation", target ? target.designation : "");
  reveal("designation", Boolean(target) && target.designation !== name);
  reveal("target", Boolean(target));
  write("kind", target ? kindOf(target) : "");
  write("constellation", target ? constellationOf(target) : "");
  reveal("constellation-row", Boolean(target && target.constellation));
  write("story", (target && words.stories[target.kind]) || "");
  write("motion", motionSentence(state));
  write("detour", (state.line === "up" && words.detours[state.detour]) || "");
  reveal("detour", Boolean(state.line === "up" && words.detours[state.detour]));
  write("motion-word", words.motion_words[state.motion] || words.motion_words.unknown);
}

function showPosition(position) {
  const unknown = words.page.no_position;
  write("ra", position ? rightAscension(position.ra_hours_j2000) : unknown);
  write("dec", position ? declination(position.dec_degrees_j2000) : unknown);
  write("altitude", position ? `${number(position.altitude_degrees, 1)}°` : unknown);
  write("azimuth", position ? `${number(position.azimuth_degrees, 1)}°` : unknown);
  write("towards", position ? towards(position.azimuth_degrees) : unknown);
  write("fists", position ? fists(position.altitude_degrees) : "");
  write("dome-description", position ? `${fists(position.altitude_degrees)} ${towards(position.azimuth_degrees)}` : "");
  showDome(position);
}

function showDome(position) {
  const dot = part("dome");
  if (!dot) return;
  dot.toggleAttribute("hidden", !position);
  if (!position) return;
  dot.setAttribute("transform", `rotate(${-position.azimuth_degrees})`);
  for (const circle of dot.children) circle.setAttribute("cy", String(position.altitude_degrees - 90));
}

function showClock(state) {
  if (!part("shifted") || !state.utc) return;
  const timeZone = page.dataset.timezone || "UTC";
  const time = new Date(state.utc).toLocaleTimeString("ru", { timeZone, hour: "2-digit", minute: "2-digit" });
  write("shifted", fill(words.page.shifted, { time }));
}

function showAge() {
  if (age === null) return write("age", words.page.no_position);
  const seconds = age + (performance.now() - heardAt) / 1000;
  write("age", fill(words.page.age, { seconds: number(seconds, 1) }));
}

/** Starts following; `also(state)` is called after each state has been written. */
export function start(also = () => {}) {
  follow(
    (state) => {
      age = state.age_seconds;
      heardAt = performance.now();
      page.dataset.line = state.line;
      showTarget(state);
      showPosition(state.position);
      showClock(state);
      write("line", state.line === "up" ? words.page.line_up : words.page.line_lost);
      write("mount", state.mount || words.page.no_position);
      showAge();
      also(state);
    },
    (milliseconds, tooLong) => {
      showAge();
      silence.toggleAttribute("hidden", !tooLong);
      if (tooLong) silence.textContent = fill(words.page.silence, { seconds: Math.round(milliseconds / 1000) });
    },
  );
}

export { reveal, write };
