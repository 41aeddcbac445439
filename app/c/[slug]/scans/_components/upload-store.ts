import type { UploadResult } from "../../../../../lib/contracts/scans.ts";
import { uploadFile } from "./upload-file.ts";

export interface Upload {
  readonly id: number;
  readonly file: File;
  /** Files that were added at once share it. */
  readonly batch: string;
  readonly state: "waiting" | "sending" | "sent" | "duplicate" | "failed";
  readonly fraction: number;
  readonly error: unknown;
  readonly result: UploadResult | null;
}

/** Two at once keep the line busy without one slow file holding up the rest. */
const AT_ONCE = 2;

/** The uploads of one collection. It outlives the screen, so that going to Review does not break off an upload. */
export class UploadStore {
  private uploads: readonly Upload[] = [];
  private readonly listeners = new Set<() => void>();
  private nextId = 1;

  constructor(private readonly slug: string) {}

  readonly snapshot = (): readonly Upload[] => this.uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(files: Iterable<File>): void {
    const batch = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
    const added = [...files].map((file): Upload => {
      return { id: this.nextId++, file, batch, state: "waiting", fraction: 0, error: null, result: null };
    });
    // what was sent without trouble makes room for the next batch; what went wrong stays
    this.set([...this.uploads.filter((upload) => upload.state !== "sent"), ...added]);
    this.sendNext();
  }

  retry(id: number): void {
    this.change(id, { state: "waiting", fraction: 0, error: null });
    this.sendNext();
  }

  dismiss(id: number): void {
    this.set(this.uploads.filter((upload) => upload.id !== id));
  }

  private sendNext(): void {
    const sending = this.uploads.filter((upload) => upload.state === "sending").length;
    for (const upload of this.uploads.filter((u) => u.state === "waiting").slice(0, Math.max(0, AT_ONCE - sending))) {
      void this.send(upload);
    }
  }

  private async send({ id, file, batch }: Upload): Promise<void> {
    this.change(id, { state: "sending" });
    try {
      const result = await uploadFile(this.slug, { file, batch }, (fraction) => this.change(id, { fraction }));
      this.change(id, { state: result.duplicate ? "duplicate" : "sent", fraction: 1, result });
    } catch (error) {
      this.change(id, { state: "failed", error });
    }
    this.sendNext();
  }

  private change(id: number, part: Partial<Upload>): void {
    this.set(this.uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)));
  }

  private set(uploads: readonly Upload[]): void {
    this.uploads = uploads;
    for (const listener of this.listeners) listener();
  }
}
