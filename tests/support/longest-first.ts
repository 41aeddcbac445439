import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, by what they took of two processors; a fresh clone has no times of its own yet. */
const LONGEST = [
  "server/under-work",
  "server/server",
  "integration/nist-page",
  "integration/runs",
  "read/corpus",
  "integration/nist-robustness",
  "read/read-command",
  "read/cards",
  "integration/train-command",
  "read/read-again",
  "threads/process-pool",
  "integration/label-errors",
  "integration/cuts",
  "read/two-cards",
  "integration/mnist",
  "read/by-hand",
  "jobs/job-runner",
].map((name) => `${name}.test.ts`);

/**
 * Starts the longest files first, so that at the end no worker waits for one that began late; then the larger ones. Before them go those that have a process of their own:
 * one that files share stays only while the next file shares it too.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return place < 0 ? LONGEST.length : place;
    };
    const shares = ({ project }: TestSpecification): number => (project.config.isolate ? 0 : 1);
    return rest.sort((a, b) => shares(a) - shares(b) || rank(a) - rank(b));
  }
}
