import type { OnePage } from "../services/read/read-part.ts";
import { readScan, type ScanPage } from "../services/read/read-scan.ts";
import { serveTasks } from "./serve-tasks.ts";

/** A file to read. */
export interface ReadRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The .ink file of the model that gives the second opinion. */
  readonly model: Uint8Array;
  /** Numbers (1-based) of pages that need not be read again. */
  readonly skipPages: readonly number[];
  /** Read this page alone. */
  readonly only?: OnePage;
  /** Text of a NIST reference file for this scan's template. */
  readonly reference?: string;
  /** Default true. */
  readonly previews?: boolean;
  /** Measure what each page costs. */
  readonly measure?: boolean;
}

/** Sends each page as it is read. */
serveTasks<ReadRequest, ScanPage>(async ({ name, bytes, model, skipPages, ...more }, { emit, signal }) => {
  for await (const page of readScan({ name, bytes }, { ...more, model, skipPages: new Set(skipPages), signal })) {
    // Awaited: pages are not read faster than they are stored.
    await emit(page);
    if (signal.aborted) return;
  }
});
