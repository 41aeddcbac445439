import { setFlagsFromString } from "node:v8";
import { readInput } from "../services/read/read-input.ts";
import type { OnePage } from "../services/read/read-part.ts";
import { readScan, type ScanPage } from "../services/read/read-scan.ts";
import { serveTasks } from "./serve-tasks.ts";

/** A file to read. */
export interface ReadRequest {
  readonly name: string;
  /** What is in it; else the child opens `path`. */
  readonly bytes?: Uint8Array;
  readonly path?: string;
  /** The .ink file of the model that gives the second opinion; default the pool's `ReadCommon`. */
  readonly model?: Uint8Array;
  /** Numbers (1-based) of pages that need not be read again. */
  readonly skipPages: readonly number[];
  /** Read this page alone. */
  readonly only?: OnePage;
  /** Text of a NIST reference file for this scan's template. */
  readonly reference?: string;
  /** Default true. */
  readonly previews?: boolean;
  /** Send outlines, and glyphs as they were cut. Default true. */
  readonly withPictures?: boolean;
  /** Measure what each page costs. */
  readonly measure?: boolean;
}

/** What all requests to a pool have in common. */
export interface ReadCommon {
  readonly model: Uint8Array;
}

// What lasts is some 25 MB; V8 would let it grow by half before it marks all of it again, that is once a page, for a twentieth of the page's time.
setFlagsFromString("--heap-growing-percent=200");
// There is a child for each core: threads that help to collect little wait for one, and together take twice as long as the one alone.
setFlagsFromString("--no-parallel-scavenge");
// The optimizing compiler took a third of the first ten pages' time, for hundreds of functions that a page calls a few times: what is called is compiled simply at once, and
// optimized when it has run fifteen times as long as V8 would wait. The loops over px are kernels.
setFlagsFromString("--always-sparkplug");
setFlagsFromString("--interrupt-budget=1000000");

/** Sends each page as it is read. */
serveTasks<ReadRequest, ScanPage>(async ({ name, path, skipPages, withPictures = true, ...more }, { emit, alive, common, signal }) => {
  const bytes = more.bytes ?? (await readInput(path ?? name));
  const model = more.model ?? (common as ReadCommon).model;
  for await (const page of readScan({ name, bytes }, { ...more, model, skipPages: new Set(skipPages), onStage: alive, signal })) {
    // Awaited: pages are not read faster than they are stored.
    await emit(withPictures ? page : withoutPictures(page));
    if (signal.aborted) return;
  }
});

/** Where nobody looks at them: most of a message's bytes. */
function withoutPictures(page: ScanPage): ScanPage {
  const fields = page.reading.fields.map((field) => ({
    ...field,
    outline: [],
    boxOutlines: [],
    glyphs: field.glyphs.map((glyph) => ({ ...glyph, raw: null })),
  }));
  return { ...page, reading: { ...page.reading, fields } };
}
