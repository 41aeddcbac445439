import { datasetViewSchema } from "../../../lib/contracts/datasets.ts";
import { glyphPageSchema } from "../../../lib/contracts/review.ts";
import { runViewSchema } from "../../../lib/contracts/runs.ts";
import { pageViewSchema, scanViewSchema, uploadResultSchema } from "../../../lib/contracts/scans.ts";
import { withComment } from "./make-scans.ts";

/** A server that holds some pages. */
export interface Filled {
  /** What a user would ask for: name to path. */
  readonly routes: Readonly<Record<string, string>>;
  /** Starts a training without an end, and one scan after another, each uploaded when the one before has been read. Resolves when both go on. */
  startWork(): Promise<Work>;
}

export interface Work {
  /** Ends the training and the uploads. @returns how many pages were read meanwhile, and how many epochs trained. */
  stop(): Promise<{ pages: number; epochs: number }>;
}

/**
 * Uploads `scans` to a running server and waits until they are read.
 * @param options.mnist train on MNIST (the server has it); else on the glyphs of `scans`
 */
export async function fillServer(url: string, scans: readonly Uint8Array[], options: { mnist: boolean }): Promise<Filled> {
  const api = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/api${path}`, {
      ...(body !== undefined && { method: "POST" }),
      ...(body instanceof Uint8Array ? { body: body as Uint8Array<ArrayBuffer> } : {}),
      ...(body !== undefined &&
        !(body instanceof Uint8Array) && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const readScan = async (slug: string, name: string, bytes: Uint8Array): Promise<string> => {
    const { scanId } = uploadResultSchema.parse(await api(`/collections/${slug}/scans?name=${name}`, bytes));
    while (true) {
      const { state, failure, pages } = scanViewSchema.parse(await api(`/scans/${scanId}`));
      if (state === "done") return pages[0]!.id;
      if (state === "failed") throw new Error(`${name} could not be read: ${failure}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  // Over all works: the same bytes again would be no new scan.
  let uploads = 0;
  let pageId = "";
  for (const [i, scan] of scans.entries()) pageId = await readScan("mine", `first-${i}.jpg`, scan);
  const page = pageViewSchema.parse(await api(`/pages/${pageId}`));
  const { glyphs } = glyphPageSchema.parse(await api("/collections/mine/glyphs?state=all&limit=200"));
  return {
    routes: {
      home: "/",
      collection: "/c/mine",
      "scans page": "/c/mine/scans",
      "review page": "/c/mine/review",
      "train page": "/c/mine/train",
      "page JSON": `/api/pages/${page.id}`,
      "page picture": `/api/pages/${page.id}/image?width=1000`,
      "glyph queue": "/api/collections/mine/glyphs?state=open&limit=300",
      "glyph images": `/api/glyphs/images?ids=${glyphs.map(({ id }) => id).join(",")}`,
      "scans JSON": "/api/collections/mine/scans",
      "runs JSON": "/api/collections/mine/runs",
    },
    async startWork() {
      const spec = { includeAgreeing: true, testFraction: 0 };
      const dataset = options.mnist ? "mnist" : datasetViewSchema.parse(await api("/collections/mine/datasets", spec)).id;
      const run = runViewSchema.parse(await api("/collections/mine/runs", { dataset, settings: { epochs: 1000, threads: 2 } }));
      const viewRun = async () => runViewSchema.parse(await api(`/runs/${run.id}`));
      while ((await viewRun()).curveLength === 0) await new Promise((resolve) => setTimeout(resolve, 200));

      let stopped = false;
      let pages = 0;
      const reading = (async () => {
        for (; !stopped; pages++, uploads++) {
          // In one collection a card that is there already would be a duplicate, and its glyphs not stored.
          const slug = `more-${uploads}`;
          await api("/collections", { slug, name: slug });
          await readScan(slug, `${slug}.jpg`, withComment(scans[pages % scans.length]!, `upload ${uploads}`));
        }
      })();
      reading.catch(() => {});

      return {
        async stop() {
          stopped = true;
          await reading;
          const { curve } = await viewRun();
          await api(`/runs/${run.id}/stop`, {});
          return { pages, epochs: Math.floor(curve.at(-1)?.epoch ?? 0) };
        },
      };
    },
  };
}
