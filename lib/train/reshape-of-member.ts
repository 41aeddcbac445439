import type { TrainSettings } from "../contracts/runs.ts";
import { RESHAPES, type Reshape } from "../mlp/reshape/reshapes.ts";

/** How network m of a committee, from 0, looks at images. With "varied" they take turns; the first, or one alone, sees them as they are. */
export function reshapeOfMember({ reshape }: Pick<TrainSettings, "reshape">, m: number): Reshape {
  return reshape === "varied" ? RESHAPES[m % RESHAPES.length]! : reshape;
}
