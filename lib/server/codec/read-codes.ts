import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import type { GrayImage } from "../../image/images.ts";
import type { FoundCode } from "../../page/read-page-code.ts";
import { packageFile } from "./package-file.ts";

let prepared: Promise<unknown> | null = null;

/** The QR codes in an image, under any turn. The reader's wasm comes from its package: left alone it would ask a CDN. */
export async function readCodes(image: GrayImage): Promise<FoundCode[]> {
  prepared ??= prepare();
  await prepared;
  const { width, height, data } = image;
  const rgba = new Uint8ClampedArray(4 * width * height);
  const words = new Uint32Array(rgba.buffer);
  for (let i = 0; i < data.length; i++) words[i] = 0xff000000 | (data[i] * 0x010101);
  const results = await readBarcodes({ width, height, data: rgba, colorSpace: "srgb" } as ImageData, {
    formats: ["QRCode"],
    tryHarder: true,
  });
  return results
    .filter((result) => result.isValid)
    .map(({ text, version, position: { topLeft, topRight, bottomRight, bottomLeft } }) => ({
      text,
      // ISO/IEC 18004: version 1 has 21 modules a side, each further one four more.
      modules: 17 + 4 * Number(version),
      corners: [topLeft, topRight, bottomRight, bottomLeft],
    }));
}

async function prepare(): Promise<unknown> {
  const wasm = await readFile(packageFile(join("zxing-wasm", "dist", "reader", "zxing_reader.wasm")));
  return prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer },
    fireImmediately: true,
  });
}
