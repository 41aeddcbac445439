import { assertArgument } from "../core/assert.ts";

/** Bits written one after the other, most significant first. */
export class BitWriter {
  readonly bits: number[] = [];

  /** Appends the lower `count` bits of `value`; `count` <= 32. */
  write(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) this.bits.push(Math.floor(value / 2 ** i) % 2);
  }

  /** Appends a whole number >= 1 in Elias's gamma code (short for small numbers). */
  writeGamma(value: number): void {
    const length = Math.floor(Math.log2(value));
    this.write(0, length);
    this.write(value, length + 1);
  }
}

/** Reads what `BitWriter` wrote. @throws InkformError `invalid-argument` past the end. */
export class BitReader {
  private position = 0;

  constructor(private readonly bits: readonly number[]) {}

  read(count: number): number {
    assertArgument(this.position + count <= this.bits.length, "the card code is too short");
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bits[this.position++];
    return value;
  }

  readGamma(): number {
    let length = 0;
    while (this.read(1) === 0) length++;
    return 2 ** length + this.read(length);
  }

  /** The bits not read yet. */
  rest(): readonly number[] {
    return this.bits.slice(this.position);
  }
}
