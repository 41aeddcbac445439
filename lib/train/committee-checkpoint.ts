import { z } from "zod";
import { InkformError } from "../core/inkform-error.ts";
import { MAX_MEMBERS } from "../mlp/model.ts";
import { decodeCheckpoint } from "../mlp/model-file/checkpoint.ts";
import { decodeContainer, encodeContainer } from "../mlp/model-file/container.ts";
import { decodeModel } from "../mlp/model-file/decode-model.ts";
import type { Pieces } from "../mlp/model-file/pieces.ts";

/** A committee on its way: the networks that are done, and the checkpoint of the one that trains. */
export interface CommitteeCheckpoint<Current = Uint8Array> {
  /** How many there will be. */
  readonly members: number;
  /** An .ink file each, in 32 bits. */
  readonly finished: readonly Uint8Array[];
  readonly current: Current;
}

const headerSchema = z.object({
  kind: z.literal("committee-checkpoint"),
  members: z.number().int().min(2).max(MAX_MEMBERS),
  /** Bytes of each finished network's file; the rest of the payload is the current one's checkpoint. */
  finished: z.array(z.number().int().min(0)).max(MAX_MEMBERS - 1),
});

/** @param checkpoint its current one may come in pieces */
export function encodeCommitteeCheckpoint(checkpoint: CommitteeCheckpoint<Pieces | Uint8Array>): Pieces {
  const { members, finished, current } = checkpoint;
  const header: z.infer<typeof headerSchema> = { kind: "committee-checkpoint", members, finished: finished.map(({ length }) => length) };
  return encodeContainer(header, [...finished, current], 2);
}

/** @returns null where it is the checkpoint of a single network. @throws InkformError `invalid-file` */
export function decodeCommitteeCheckpoint(bytes: Uint8Array): CommitteeCheckpoint | null {
  const { header, payload } = decodeContainer(bytes);
  if (typeof header !== "object" || header === null || !("kind" in header) || header.kind !== "committee-checkpoint") return null;
  const parsed = headerSchema.safeParse(header);
  if (!parsed.success) {
    throw new InkformError("invalid-file", "The committee's checkpoint cannot be read. Start the training anew.", parsed.error.issues);
  }
  const { members, finished: lengths } = parsed.data;
  if (lengths.length >= members) {
    throw new InkformError("invalid-file", "The committee's checkpoint has no network left to train. Start the training anew.");
  }
  let at = 0;
  const finished = lengths.map((length) => {
    const file = payload.subarray(at, at + length);
    at += length;
    return file;
  });
  return { members, finished, current: payload.subarray(at) };
}

/** Training time so far, of a network's or a committee's checkpoint. @throws InkformError `invalid-file` */
export function readCheckpointSeconds(bytes: Uint8Array): number {
  const committee = decodeCommitteeCheckpoint(bytes);
  if (committee === null) return decodeCheckpoint(bytes).seconds;
  const before = committee.finished.reduce((sum, file) => sum + (decodeModel(file).meta.records[0]?.seconds ?? 0), 0);
  return before + decodeCheckpoint(committee.current).seconds;
}
