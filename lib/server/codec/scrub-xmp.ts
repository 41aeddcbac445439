/** Properties that say where a picture was taken: EXIF's and drones' GPS, Photoshop's, IPTC Core's and Extension's, W3C geo's. */
const NAME =
  "[\\w-]+:(?:[Gg][Pp][Ss]\\w*|lat|long|lat_long|[Ll]atitude|[Ll]ongitude|City|State|Country|CountryCode|CountryName|Location|LocationCreated|LocationShown|Sublocation|ProvinceState|WorldRegion)";
const ELEMENT = new RegExp(`<(${NAME})(?:\\s[^>]*)?(?:/>|>[\\s\\S]*?</\\1\\s*>)`, "g");
const ATTRIBUTE = new RegExp(`(?<=\\s)${NAME}\\s*=\\s*(?:"[^"]*"|'[^']*')`, "g");

/**
 * Overwrites location in an XMP packet with spaces, in place: same length, still well-formed XML.
 * @returns whether anything was changed
 */
export function scrubXmp(packet: Uint8Array): boolean {
  // One byte a character, so that positions in the string are positions in the bytes; UTF-8's names are ASCII.
  const text = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength).toString("latin1");
  if (isWide(packet)) return scrubWide(packet, text);
  let changed = false;
  for (const pattern of [ELEMENT, ATTRIBUTE]) {
    for (const match of text.matchAll(pattern)) {
      packet.fill(0x20, match.index, match.index + match[0].length);
      changed = true;
    }
  }
  return changed;
}

/** UTF-16 or UTF-32, which no camera writes but the standard allows. */
function isWide(packet: Uint8Array): boolean {
  return packet.length >= 4 && (packet[0] === 0 || packet[1] === 0 || packet[0] >= 0xfe);
}

/** There the whole packet goes if it says anything about places. */
function scrubWide(packet: Uint8Array, text: string): boolean {
  const narrow = text.replaceAll("\0", "");
  if (!new RegExp(ELEMENT).test(narrow) && !new RegExp(ATTRIBUTE).test(narrow)) return false;
  packet.fill(0);
  return true;
}
