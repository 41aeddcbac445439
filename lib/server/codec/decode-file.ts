import { assertNever } from "../../core/assert.ts";
import { InkformError } from "../../core/inkform-error.ts";
import { decodeHeic } from "./decode-heic.ts";
import { decodePdf } from "./decode-pdf.ts";
import { decodeWithSharp } from "./decode-with-sharp.ts";
import type { DecodedPage, NamedFile } from "./decoded-page.ts";
import { detectFormat } from "./detect-format.ts";
import { MAX_FILE_BYTES } from "./limits.ts";

/**
 * Decodes a scan page by page; one page's pixels are held at a time. Bytes, pages and pixels are bounded before anything is
 * decoded, from the file's headers.
 *
 * A page that can't be decoded in a file of several is yielded with its `failure`.
 * @throws InkformError `unsupported-file`, `invalid-file` or `too-large` where the whole file can't be read; the message names the
 *   file, what is wrong and what to do.
 */
export async function* decodeFile(file: NamedFile): AsyncGenerator<DecodedPage> {
  const { name, bytes } = file;
  if (bytes.length === 0) throw new InkformError("invalid-file", `${name} is empty. Copy or scan it again.`);
  if (bytes.length > MAX_FILE_BYTES) {
    throw new InkformError(
      "too-large",
      `${name} has ${Math.ceil(bytes.length / 2 ** 20)} MB; the limit is ${MAX_FILE_BYTES / 2 ** 20} MB. Split it, or scan at 300 dpi.`,
    );
  }
  const format = detectFormat(bytes);
  switch (format) {
    case null:
      throw new InkformError(
        "unsupported-file",
        `${name} is not a JPEG, PNG, WebP, TIFF, PDF or HEIC file, whatever its name says. Save it as one of these.`,
      );
    case "jpeg":
    case "png":
    case "webp":
    case "tiff":
      yield* decodeWithSharp(file, format);
      return;
    case "pdf":
      yield* decodePdf(file);
      return;
    case "heic":
      yield* decodeHeic(file);
      return;
    default:
      assertNever(format);
  }
}
