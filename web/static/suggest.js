// Suggestions under a text field, with the altitude each object has now. The field works without them.

import { altitudeNow, constellationOf, fill, kindOf, nameOf, words } from "./words.js";

const AFTER_TYPING = 150; // ms
const AT_MOST = 8;

export function suggest(field) {
  const list = document.getElementById(field.dataset.suggest);
  const count = document.getElementById(field.dataset.suggest.replace("-list", "-count"));
  let timer = 0;
  let asked = 0;
  let chosen = -1;
  let pressed = false; // nothing may move under a finger that is down: its press would be lost

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  close();

  function close() {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  /** Close it, and do not open it for an answer that is still to come. */
  function dismiss() {
    clearTimeout(timer);
    asked += 1;
    close();
  }

  function open(objects) {
    list.replaceChildren(...objects.slice(0, AT_MOST).map(row));
    chosen = -1;
    list.hidden = objects.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    count.textContent = objects.length
      ? fill(words.page.found_some, { count: list.children.length })
      : words.page.found_none;
  }

  function row(object, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.designation = object.designation;
    const name = nameOf(object);
    const title = document.createElement("b");
    title.textContent = name === object.designation ? name : `${name} (${object.designation})`;
    const rest = document.createElement("small");
    rest.textContent = [kindOf(object), constellationOf(object), altitudeNow(object.altitude_degrees)]
      .filter(Boolean)
      .join(" · ");
    item.append(title, rest);
    return item;
  }

  async function ask() {
    const mine = ++asked;
    const query = field.value.trim();
    if (!query) return close();
    try {
      const answer = await fetch(`/api/objects?q=${encodeURIComponent(query)}`, { signal: AbortSignal.timeout(4000) });
      const given = await answer.json();
      if (mine === asked && answer.ok && document.activeElement === field) open(given.objects || given);
    } catch {
      // the field works without suggestions
    }
  }

  function mark(index) {
    const items = [...list.children];
    chosen = (index + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    items[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", items[chosen].id);
  }

  function take(item) {
    field.value = item.dataset.designation;
    asked += 1;
    close();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, AFTER_TYPING);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return dismiss(); // and the telescope stops: Escape always does
    if (list.hidden) return undefined;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else return undefined;
    return event.preventDefault();
  });
  field.addEventListener("blur", () => {
    clearTimeout(timer);
    asked += 1;
    if (!pressed) close();
  });
  document.addEventListener("pointerdown", () => { pressed = true; }, true);
  for (const lifted of ["pointerup", "pointercancel"]) {
    document.addEventListener(lifted, () => {
      pressed = false;
      setTimeout(() => document.activeElement === field || close()); // once the press has landed
    }, true);
  }
  field.form.addEventListener("submit", dismiss);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) take(item);
  });
}
