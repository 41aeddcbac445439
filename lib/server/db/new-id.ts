import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
let lastTime = 0;
let counter = 0;

/**
 * A new row's id: 20 characters of Crockford's base32. 9 of milliseconds, 4 of a counter within the millisecond, 7 random (35 bits).
 * Ids of one process grow strictly, so that ordering by id is ordering by insertion, and new rows go to the end of each index.
 */
export function newId(): string {
  const now = Date.now();
  if (now > lastTime) {
    lastTime = now;
    counter = 0;
  } else {
    counter++;
    if (counter === 32 ** 4) {
      lastTime++;
      counter = 0;
    }
  }
  let random = "";
  for (const byte of randomBytes(7)) random += ALPHABET[byte & 31];
  return encode(lastTime, 9) + encode(counter, 4) + random;
}

function encode(value: number, digits: number): string {
  let text = "";
  let rest = value;
  for (let i = 0; i < digits; i++) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
