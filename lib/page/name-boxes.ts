import type { CardPage } from "../card/card-manifest.ts";

/** A box of a page; `index` is 0-based, null for an undivided field. */
export interface BoxPlace {
  readonly field: string;
  readonly index: number | null;
}

/** At most this many fields are named one by one. */
const MOST_NAMED = 3;

/** Boxes as a person counts them on the paper: "boxes 4 to 9 of row 2 and field 7". */
export function nameBoxes(places: readonly BoxPlace[], page: CardPage): string {
  const fields = [...new Set(places.map((place) => place.field))];
  const named = fields.slice(0, MOST_NAMED).map((field) => {
    const indices = places.flatMap((place) => (place.field === field && place.index !== null ? [place.index + 1] : []));
    return indices.length === 0 ? nameField(field) : `${nameRange(indices)} of ${nameField(field)}`;
  });
  const left = places.filter((place) => !fields.slice(0, MOST_NAMED).includes(place.field)).length;
  if (left > 0) named.push(`${left} more`);
  const whole = page.fields.length > 0 && fields.length === page.fields.length;
  if (whole && left > 0) return "nearly all boxes";
  return named.length === 1 ? named[0] : `${named.slice(0, -1).join(", ")} and ${named[named.length - 1]}`;
}

function nameRange(indices: readonly number[]): string {
  const sorted = [...indices].sort((a, b) => a - b);
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  if (sorted.length === 1) return `box ${first}`;
  if (last - first === sorted.length - 1) return `boxes ${first} to ${last}`;
  return `boxes ${sorted.slice(0, -1).join(", ")} and ${last}`;
}

/** Names of `buildCard`'s fields. */
function nameField(name: string): string {
  const number = Number(name.slice(1));
  if (!Number.isInteger(number) || name.length < 2) return name === "writer" ? "the writer code" : `field ${name}`;
  switch (name[0]) {
    case "r":
    case "c":
      return `row ${number}`;
    case "u":
      return `row ${number} of the capital letters`;
    case "l":
      return `row ${number} of the small letters`;
    default:
      return `field ${number}`;
  }
}
