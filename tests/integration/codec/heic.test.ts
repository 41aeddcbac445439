import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { decodeFile } from "../../../lib/server/codec/decode-file.ts";
import type { DecodedPage } from "../../../lib/server/codec/decoded-page.ts";
import { stripLocationMetadata } from "../../../lib/server/codec/strip-location-metadata.ts";

/** Debian's libheif-examples; it says which encoders it has. */
const encoders = spawnSync("heif-enc", ["--list-encoders"], { encoding: "utf8" });
const hasEncoder = encoders.status === 0 && encoders.stdout.includes("x265");

const folder = mkdtempSync(join(tmpdir(), "inkform-heic-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 120 x 80 as stored: corners of four colours; turned by a quarter clockwise it is upright. */
const CORNERS = { topLeft: [200, 30, 30], topRight: [30, 180, 30], bottomLeft: [30, 30, 200], bottomRight: [240, 240, 240] } as const;

async function makeHeic(orientation: number): Promise<Buffer> {
  const [width, height] = [120, 80];
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const row = y < height / 2 ? (["topLeft", "topRight"] as const) : (["bottomLeft", "bottomRight"] as const);
      data.set(CORNERS[row[x < width / 2 ? 0 : 1]], 3 * (y * width + x));
    }
  const jpeg = join(folder, `corners-${orientation}.jpg`);
  await sharp(data, { raw: { width, height, channels: 3 } })
    .withExif({
      IFD0: { Make: "Inkcam" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "47/1 22/1 6/1", GPSLongitudeRef: "E", GPSLongitude: "8/1 32/1 30/1" },
    })
    .withMetadata({ orientation })
    .jpeg({ quality: 98, chromaSubsampling: "4:4:4" })
    .toFile(jpeg);
  const heic = join(folder, `corners-${orientation}.heic`);
  execFileSync("heif-enc", ["-q", "90", "-o", heic, jpeg], { stdio: "pipe" });
  return readFileSync(heic);
}

/** Makes the property "pixi" (channels and bits, which the decoder can do without) an "irot" of a quarter turn clockwise: the length stays. */
function withQuarterTurn(heic: Buffer): Buffer {
  const turned = Buffer.from(heic);
  const at = turned.indexOf("pixi");
  if (at < 0) throw new Error("heif-enc wrote no pixi");
  turned.write("irot", at, "latin1");
  turned[at + 4] = 3;
  return turned;
}

async function decode(bytes: Uint8Array): Promise<DecodedPage> {
  for await (const page of decodeFile({ name: "photo.heic", bytes })) return page;
  throw new Error("no page came");
}

/** The colour in the middle of each quarter, row by row. */
function quarters({ raster }: DecodedPage): number[][] {
  if (raster?.rgb == null) throw new Error("no colour came");
  const { width, height, data } = raster.rgb;
  return [0.25, 0.75].flatMap((v) =>
    [0.25, 0.75].map((u) => {
      const at = 3 * (Math.floor(v * height) * width + Math.floor(u * width));
      return [...data.subarray(at, at + 3)];
    }),
  );
}

function expectNear(found: number[][], wanted: readonly (readonly number[])[]): void {
  for (const [i, colour] of wanted.entries())
    for (const [c, level] of colour.entries()) expect(Math.abs(found[i][c] - level), `quarter ${i}, channel ${c}`).toBeLessThan(16);
}

describe.skipIf(!hasEncoder)("a real HEIC (needs heif-enc with x265: Debian's libheif-examples)", () => {
  const { topLeft, topRight, bottomLeft, bottomRight } = CORNERS;

  it("is decoded with its colours", async () => {
    const page = await decode(await makeHeic(1));
    expect(page).toMatchObject({ number: 1, pageCount: 1, raster: { gray: { width: 120, height: 80 } } });
    expectNear(quarters(page), [topLeft, topRight, bottomLeft, bottomRight]);
  });

  it("is upright by its turn", async () => {
    // As phones write it; this heif-enc writes the turn of a JPEG into the EXIF alone, which by the standard turns nothing.
    const page = await decode(withQuarterTurn(await makeHeic(6)));
    expect(page.raster?.gray).toMatchObject({ width: 80, height: 120 });
    expectNear(quarters(page), [bottomLeft, topLeft, bottomRight, topRight]);
  });

  it("loses its location and nothing else", async () => {
    const heic = await makeHeic(6);
    const stripped = Buffer.from(stripLocationMetadata(heic));
    const latitude = Buffer.from([0, 0, 0, 47, 0, 0, 0, 1]);
    const holds = (bytes: Buffer): boolean => bytes.includes(latitude) || bytes.includes(Buffer.from(latitude).swap32());
    expect(holds(heic)).toBe(true);
    expect(holds(stripped)).toBe(false);
    expect(stripped.includes("Inkcam")).toBe(true);
    expect(stripped.length).toBe(heic.length);
    expect(quarters(await decode(stripped))).toEqual(quarters(await decode(heic)));
  });

  it("is refused in words when it is cut off", async () => {
    const heic = await makeHeic(1);
    await expect(decode(heic.subarray(0, heic.length - 300))).rejects.toMatchObject({ code: "invalid-file" });
  });
});
