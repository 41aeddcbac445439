/** One request, from sending it to its last byte. */
export interface Sample {
  /** What was asked for, as `routes` names it. */
  readonly route: string;
  readonly milliseconds: number;
  /** Since the probing began. */
  readonly atMs: number;
}

/** `routes`: name to path. */
export interface ProbeRequest {
  readonly url: string;
  readonly routes: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly everyMs: number;
}

/**
 * Asks for the routes in turn, one every `everyMs` whether or not the earlier ones have been answered: a server that stands still is asked on, as
 * people do.
 * @throws Error where an answer is no 200.
 */
export async function probe({ url, routes, seconds, everyMs }: ProbeRequest): Promise<Sample[]> {
  const entries = Object.entries(routes);
  const startedAt = performance.now();
  const asked: Promise<Sample>[] = [];
  for (let i = 0; i * everyMs < seconds * 1000; i++) {
    const wait = startedAt + i * everyMs - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const [route, path] = entries[i % entries.length]!;
    const sample = ask(route, url + path, startedAt);
    // A failure is thrown by Promise.all below, not before anyone listens.
    sample.catch(() => {});
    asked.push(sample);
  }
  return Promise.all(asked);
}

async function ask(route: string, url: string, startedAt: number): Promise<Sample> {
  const sentAt = performance.now();
  // A connection that the server closes just then is opened again, as a browser does; its time counts.
  const answer = await fetch(url).catch(() => fetch(url));
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return { route, milliseconds: performance.now() - sentAt, atMs: sentAt - startedAt };
}

/** The value that a share `q` of the samples does not pass (nearest rank). */
export function quantile(samples: readonly Sample[], q: number): number {
  const sorted = samples.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}
