import { assertArgument } from "../core/assert.ts";
import { InkformError } from "../core/inkform-error.ts";
import { decodeBase32, encodeBase32 } from "./base32.ts";
import { BitReader, BitWriter } from "./bit-string.ts";
import { PAPERS, type Paper, TEMPLATE_IDS, type TemplateId } from "./card-manifest.ts";
import { type CardSpec, canonicalSpec, DROP_OUTS, type DropOut, TEMPLATE_VERSIONS } from "./card-spec.ts";
import { readCustom, writeCustom } from "./custom-bits.ts";

const CHECK_BITS = 15;
const PAYLOAD_PREFIX = "INKFORM";

/**
 * The text code that holds a card's whole specification: Crockford base 32 in groups of four joined by dashes.
 *
 * Bits, first to last: template version 5, template 3, paper 2, drop-out colour 3, seed 32 (45 in all, nine characters); for a
 * custom card repeats - 1 (6), box in 0.1 mm above 6 mm (8), the characters, zeros up to a multiple of five; at the end a 15 bit
 * cyclic check (three characters), which finds every change of up to three neighbouring characters. 12 characters for a built-in
 * template, 18 for a custom one of digits, 28 with Latin letters.
 *
 * @throws InkformError `invalid-argument` for a spec that makes no card.
 */
export function encodeCardCode(spec: CardSpec): string {
  const { template, paper, seed, dropOut, custom } = canonicalSpec(spec);
  const writer = new BitWriter();
  writer.write(TEMPLATE_VERSIONS[template], 5);
  writer.write(TEMPLATE_IDS.indexOf(template), 3);
  writer.write(PAPERS.indexOf(paper), 2);
  writer.write(DROP_OUTS.indexOf(dropOut), 3);
  writer.write(seed, 32);
  if (custom !== undefined) writeCustom(writer, custom);
  while (writer.bits.length % 5 !== 0) writer.write(0, 1);
  writer.write(checkOf(writer.bits), CHECK_BITS);
  return (encodeBase32(writer.bits).match(/.{1,4}/g) ?? []).join("-");
}

/**
 * Reads a card code as printed, typed or scanned: lower case, spaces, dashes, O for 0, I and L for 1 are fine.
 *
 * @returns the canonical spec; `buildCard` makes the identical card of it.
 * @throws InkformError `invalid-argument` for a code with a wrong character, or of a template version this program does not know.
 */
export function decodeCardCode(code: string): CardSpec {
  const bits = decodeBase32(code);
  assertArgument(
    bits.length >= 45 + CHECK_BITS,
    `the card code "${code}" is too short: it has 12 characters or more, printed at the card's foot`,
  );
  const body = bits.slice(0, -CHECK_BITS);
  const check = new BitReader(bits.slice(-CHECK_BITS)).read(CHECK_BITS);
  assertArgument(
    check === checkOf(body),
    `the card code "${code}" does not pass its check: a character is wrong, missing or doubled. Compare it with the code printed at the card's foot.`,
  );
  const reader = new BitReader(body);
  const version = reader.read(5);
  const template = choice(TEMPLATE_IDS, reader.read(3), code);
  assertVersion(template, version, code);
  const paper: Paper = choice(PAPERS, reader.read(2), code);
  const dropOut: DropOut = choice(DROP_OUTS, reader.read(3), code);
  const seed = reader.read(32);
  const spec: CardSpec =
    template === "custom" ? { template, paper, seed, dropOut, custom: readCustom(reader) } : { template, paper, seed, dropOut };
  const rest = reader.rest();
  const canonical = canonicalSpec(spec);
  assertArgument(
    rest.length < 5 && rest.every((bit) => bit === 0) && encodeBase32(decodeBase32(encodeCardCode(canonical))) === encodeBase32(bits),
    `the card code "${code}" has characters that belong to no card`,
  );
  return canonical;
}

/**
 * What the machine-readable code of page `page` (0-based) holds: `INKFORM/<code without dashes>/<page, 1-based>`. Only characters
 * of QR's alphanumeric set, so that it stays small.
 */
export function encodePagePayload(code: string, page: number): string {
  assertArgument(Number.isInteger(page) && page >= 0, `the page must be a whole number from 0, got ${page}`);
  return `${PAYLOAD_PREFIX}/${code.replaceAll("-", "")}/${page + 1}`;
}

/**
 * @returns the card's code in its printed form, and the 0-based page.
 * @throws InkformError `invalid-argument` if the payload is not a card's, or its code is refused (`decodeCardCode`).
 */
export function decodePagePayload(payload: string): { code: string; page: number } {
  const match = /^INKFORM\/([0-9A-Z]+)\/([1-9]\d{0,3})$/.exec(payload.trim().toUpperCase());
  assertArgument(match !== null, "the machine-readable code on this page is not one of Inkform's");
  const code = (match[1].match(/.{1,4}/g) ?? []).join("-");
  decodeCardCode(code);
  return { code, page: Number(match[2]) - 1 };
}

function assertVersion(template: TemplateId, version: number, code: string): void {
  const known = TEMPLATE_VERSIONS[template];
  if (version === known) return;
  throw new InkformError(
    "invalid-argument",
    `the card "${code}" is of version ${version} of the template "${template}"; this program knows version ${known}. ` +
      (version > known ? "Update Inkform to read it." : "Print the card anew, or read it with the Inkform that printed it."),
  );
}

function choice<T>(choices: readonly T[], index: number, code: string): T {
  if (index < choices.length) return choices[index];
  throw new InkformError(
    "invalid-argument",
    `the card code "${code}" names a template, paper or colour that this program does not know. Update Inkform to read it.`,
  );
}

/** CRC-15/CAN (polynomial 0x4599), started at all ones so that leading zeros count. */
function checkOf(bits: readonly number[]): number {
  let register = 0x7fff;
  for (const bit of bits) {
    const top = ((register >> 14) & 1) ^ bit;
    register = (register << 1) & 0x7fff;
    if (top === 1) register ^= 0x4599;
  }
  return register;
}
