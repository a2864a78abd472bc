// Lets the clocks of the page tick, and compares the one of this phone with the computer's.

import { fill } from "./words.js";

const page = document.getElementById("clocks");
const { timezone: timeZone } = page.dataset;
const asked = performance.getEntriesByType("navigation")[0];
const answeredAt = asked ? asked.responseStart : 0; // the computer read its clock at about this moment
const HOUR = 3600;
const DAY = 86400;
const NOTICED = 60; // s; with less one cannot tell a wrong clock from a slow page

function since() {
  return performance.now() - answeredAt;
}

function write(place, when) {
  place.querySelector("b").textContent = when.toLocaleTimeString("ru", { timeZone, hour12: false });
}

function tick() {
  for (const place of page.querySelectorAll("[data-clock]")) {
    write(place, new Date(Date.parse(place.dataset.clock) + since()));
  }
  for (const place of page.querySelectorAll("[data-utc]")) {
    place.textContent = new Date(Date.parse(place.dataset.utc) + since()).toISOString().slice(11, 19);
  }
  const phone = document.getElementById("phone-clock");
  write(phone, new Date());
  phone.querySelector("span").textContent = new Date().toLocaleDateString("ru", { timeZone }); // no month names in kk
}

/** In which way two clocks that differ by so many seconds differ. */
function difference(seconds) {
  const size = Math.abs(seconds);
  const near = (unit) => size > unit / 2 && Math.abs(size - Math.round(size / unit) * unit) <= NOTICED;
  if (size <= NOTICED) return ["same", {}];
  if (near(DAY)) return ["days", { days: Math.round(size / DAY) }];
  if (near(HOUR) && size < 15 * HOUR) return ["hours", { hours: Math.round(size / HOUR) }];
  const whole = Math.round(size);
  const [hours, rest] = [Math.floor(whole / HOUR), whole % HOUR];
  return ["differs", { hours, minutes: Math.floor(rest / 60), seconds: rest % 60 }];
}

function compare() {
  const computer = Date.parse(page.dataset.asked) + since();
  const said = document.getElementById("phone-difference");
  const [kind, numbers] = difference((Date.now() - computer) / 1000);
  said.textContent = fill(said.dataset[kind], numbers);
  said.hidden = false;
}

const form = document.getElementById("phone-time");
if (form) {
  form.hidden = false;
  form.addEventListener("submit", () => {
    form.elements.utc.value = new Date().toISOString();
  });
}
document.getElementById("phone-clock").hidden = false;
tick();
if (page.dataset.source !== "shifted") compare();
setInterval(tick, 1000);
