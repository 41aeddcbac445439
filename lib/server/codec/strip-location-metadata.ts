import { assertNever } from "../../core/assert.ts";
import { detectFormat } from "./detect-format.ts";
import { scrubHeic } from "./scrub-heic.ts";
import { scrubJpeg } from "./scrub-jpeg.ts";
import { scrubPng } from "./scrub-png.ts";
import { scrubTiff } from "./scrub-tiff.ts";
import { scrubWebp } from "./scrub-webp.ts";

/**
 * The same file without what it says about where it was made: GPS in EXIF, places in XMP and IPTC. Pixels are not encoded again,
 * and orientation, resolution, dates and everything else stays.
 * @returns `bytes` itself where there was nothing to take out; else a new array (`bytes` is not written to)
 */
export function stripLocationMetadata(bytes: Uint8Array): Uint8Array {
  const format = detectFormat(bytes);
  // Not slice(): a Buffer's shares its memory.
  const copy = new Uint8Array(bytes);
  switch (format) {
    case null:
      return bytes;
    case "png":
      return scrubPng(bytes) ?? bytes;
    // A PDF made of photographs holds them as they are, with their EXIF. Lengths do not change, so its offsets hold.
    case "jpeg":
    case "pdf":
      return scrubJpeg(copy) ? copy : bytes;
    case "webp":
      return scrubWebp(copy) ? copy : bytes;
    case "tiff":
      return scrubTiff(copy) ? copy : bytes;
    case "heic":
      return scrubHeic(copy) ? copy : bytes;
    default:
      return assertNever(format);
  }
}
