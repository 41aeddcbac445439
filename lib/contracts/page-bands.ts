import { z } from "zod";

/** What pages are told apart by on Quality and in the review's filter; `key` stands in addresses, `name` is for people. A value belongs to the first band above it. */
interface Band<Key extends string> {
  readonly key: Key;
  readonly below: number;
  readonly name: string;
}

/** Of the page's blur: full width at half maximum of a sharp edge, mm; see lib/page's quality gate, which refuses from 0.8. */
export const SHARPNESS_BANDS = [
  { key: "sharp", below: 0.35, name: "sharp: edges within 0.35 mm" },
  { key: "soft", below: 0.55, name: "soft: 0.35 to 0.55 mm" },
  { key: "blurred", below: Number.POSITIVE_INFINITY, name: "blurred: over 0.55 mm" },
] as const satisfies readonly Band<string>[];

/** Of the scan's resolution, px an inch of the card. */
export const RESOLUTION_BANDS = [
  { key: "low", below: 180, name: "below 180 dpi" },
  { key: "medium", below: 270, name: "180 to 270 dpi" },
  { key: "usual", below: 350, name: "about 300 dpi" },
  { key: "high", below: Number.POSITIVE_INFINITY, name: "over 350 dpi" },
] as const satisfies readonly Band<string>[];

/** The key and the name of pages of which it is not known; of a device, too. */
export const UNKNOWN = "unknown";

export const sharpnessSchema = z.enum([...SHARPNESS_BANDS.map(({ key }) => key), UNKNOWN]);
export const resolutionSchema = z.enum([...RESOLUTION_BANDS.map(({ key }) => key), UNKNOWN]);

/** The key of a band by its name, as a row of Quality has it; undefined for a name that is none. */
export function findBandKey<Key extends string>(bands: readonly Band<Key>[], name: string): Key | typeof UNKNOWN | undefined {
  return name === UNKNOWN ? UNKNOWN : bands.find((band) => band.name === name)?.key;
}
