// The words the server has put into the page in the reader's language, and how numbers are written in it.

const table = document.getElementById("words");
export const words = table ? JSON.parse(table.textContent) : {};
export const language = document.documentElement.lang || "en";

/** Puts values into the {places} of a sentence. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

export function number(value, digits = 0) {
  return value.toFixed(digits).replace(".", words.decimal_mark).replace("-", "−");
}

/** What people here call a target. */
export function nameOf(target) {
  return (target.names && target.names[language]) || target.designation;
}

export function kindOf(target) {
  return words.kinds[target.kind] || words.kinds.other;
}

export function constellationOf(target) {
  return words.constellations[target.constellation] || target.constellation || "";
}

/** "55° high now", or that it is below the horizon, or nothing when the altitude is not known. */
export function altitudeNow(degrees) {
  if (typeof degrees !== "number") return "";
  return degrees < 0 ? words.page.below : fill(words.page.altitude, { degrees: Math.round(degrees) });
}

export function towards(azimuth) {
  return words.towards[Math.floor((azimuth + 22.5) / 45) % 8];
}

/** How high, counted in fists at arm's length, ten degrees each. */
export function fists(altitude) {
  return altitude < 0 ? words.below : words.fists[Math.min(9, Math.round(altitude / 10))];
}

/** Hours, minutes and seconds (or degrees) of a value counted in whole `parts` of a second. */
function sexagesimal(whole, parts) {
  const seconds = (whole % (60 * parts)) / parts;
  const minutes = Math.floor(whole / (60 * parts));
  const digits = parts > 1 ? seconds.toFixed(1).padStart(4, "0") : String(seconds).padStart(2, "0");
  return [String(Math.floor(minutes / 60)).padStart(2, "0"), String(minutes % 60).padStart(2, "0"), digits];
}

export function rightAscension(hours) {
  const [h, m, s] = sexagesimal(Math.round(hours * 36000) % (24 * 36000), 10);
  return `${h}h ${m}m ${s}s`;
}

export function declination(degrees) {
  const seconds = Math.round(Math.abs(degrees) * 3600);
  const [d, m, s] = sexagesimal(seconds, 1);
  return `${degrees < 0 && seconds ? "−" : "+"}${d}° ${m}′ ${s}″`;
}
