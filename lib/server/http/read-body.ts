import { InkformError } from "../../core/inkform-error.ts";

/**
 * Reads a request's body, at most `maxBytes`: a larger one is refused by its announced length, else as soon as it passes the bound.
 * @throws InkformError `too-large`
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of boundStream(request, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * A request's body in pieces, likewise bounded.
 * @throws InkformError `too-large`; `invalid-argument` where the connection ends before the announced length.
 */
export async function* boundStream(request: Request, maxBytes: number): AsyncGenerator<Uint8Array, void, void> {
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return;
  let bytes = 0;
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  try {
    while (true) {
      const { done, value } = await readChunk(reader);
      if (done) break;
      bytes += value.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
  if (announced !== null && bytes < Number(announced)) throw cutOff();
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch {
    throw cutOff();
  }
}

function cutOff(): InkformError {
  return new InkformError(
    "invalid-argument",
    "The connection ended before the whole file had come. Nothing of it was stored; send it again.",
  );
}

function tooLarge(maxBytes: number): InkformError {
  const limit = maxBytes >= 10_000_000 ? `${Math.round(maxBytes / 1_000_000)} MB` : `${Math.round(maxBytes / 1000)} kB`;
  return new InkformError(
    "too-large",
    `This is larger than the ${limit} that are taken at once. Nothing of it was stored. Split it into smaller parts.`,
  );
}
