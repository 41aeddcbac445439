import type { ModelView } from "../../lib/contracts/runs.ts";

/** A model's name in a list, with how many networks vote where there are several. */
export function modelLabel({ name, networks }: Pick<ModelView, "name" | "networks">): string {
  return networks > 1 ? `${name}, committee of ${networks}` : name;
}
