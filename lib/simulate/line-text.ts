import type { Rng } from "../core/rng.ts";

const CITIES = ["Salem", "Dover", "Austin", "Boise", "Albany", "Lincoln", "Helena"];
const STATES = ["OR", "DE", "TX", "ID", "NY", "NE", "MT"];

/**
 * What a writer might put on a line, by its field's name: a date, a zip code, a state, a city. Where the name says none of them (NIST's
 * are numbered), a short line gets a date and a long one city, state and zip code.
 */
export function composeLineText(field: { name: string; widthMm: number }, rng: Rng): string {
  const name = field.name.toLowerCase();
  const place = rng.int(CITIES.length);
  const date = `${1 + rng.int(12)}-${1 + rng.int(28)}-${String(20 + rng.int(10))}`;
  const zip = String(10000 + rng.int(89999));
  if (name.includes("date") || (/^f?\d+$/.test(name) && field.widthMm < 60)) return date;
  if (name.includes("zip") && !name.includes("city")) return zip;
  if (name.includes("state") && !name.includes("city")) return STATES[place];
  if (name.includes("city") && !name.includes("zip")) return name.includes("state") ? `${CITIES[place]}, ${STATES[place]}` : CITIES[place];
  return `${CITIES[place]}, ${STATES[place]} ${zip}`;
}
