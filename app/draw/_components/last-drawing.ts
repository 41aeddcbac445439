const KEY = "inkform.drawing";

export interface Drawing {
  /** The network that read it: "starter" or a run's id. */
  readonly model: string;
  /** 28 x 28, 255 = ink. */
  readonly image: Uint8Array;
}

/** Keeps the last drawing for "How it works", for as long as the tab is open. */
export function rememberDrawing(model: string, image: Uint8Array): void {
  sessionStorage.setItem(KEY, JSON.stringify({ model, image: [...image] }));
}

/** @returns the last drawing of this tab, null where there is none or it can't be understood. */
export function recallDrawing(): Drawing | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (kept === null || typeof kept !== "object" || !("model" in kept) || !("image" in kept)) return null;
    if (typeof kept.model !== "string" || !Array.isArray(kept.image) || kept.image.length !== 784) return null;
    return { model: kept.model, image: Uint8Array.from(kept.image as number[]) };
  } catch {
    return null;
  }
}
