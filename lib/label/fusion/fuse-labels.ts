import { assertArgument } from "../../core/assert.ts";
import { alignField, type FieldAlignment, logSumExp, SHIFT_COUNT, SHIFTS } from "./align-field.ts";
import { buildSmoothing, normalizeRows, type Smoothing, type SmoothingOptions } from "./confusion-matrix.ts";
import { checkFusionInput, type FusionInput, type PromptedField } from "./fusion-input.ts";
import { type GroupedVotes, groupVotes } from "./group-votes.ts";

export interface FusionOptions extends SmoothingOptions {
  /** It ends when a round adds less than this to the objective for each glyph; 1e-6 unless told. */
  readonly tolerance?: number;
  /** 200 unless told. */
  readonly maxRounds?: number;
  /** What an earlier estimate ended with: it begins from there. Absent: from an ordinary source. */
  readonly start?: FusionStart;
}

export type FusionStart = Pick<FusionResult, "classes" | "confusions" | "promptConfusion" | "slipRate" | "promptFrequency">;

export interface FusionResult {
  /** N x K, row-major: P(class | all that was said). */
  readonly posterior: Float64Array;
  /** K: how frequent each class is. */
  readonly classes: Float64Array;
  /** For each source K x K, row-major: P(it says v | the class is t) at t * K + v. */
  readonly confusions: readonly Float64Array[];
  /** The prompts' own: P(v was asked | t was written), where the writer did not lose the place. */
  readonly promptConfusion: Float64Array;
  /** For each field: P(the writer lost the place by one). */
  readonly slipped: Float64Array;
  readonly slipRate: number;
  /** K: log of how often each class is asked for, one more than seen. */
  readonly promptFrequency: Float64Array;
  /** Log of likelihood times priors after each round; it never falls. */
  readonly objective: readonly number[];
  readonly converged: boolean;
}

/** In the objective, as if so many fields had been seen before, and one of them had slipped. */
const SLIP_PSEUDO = { slipped: 1, kept: 99 };

/**
 * Estimates every glyph's class and every source's confusion matrix from votes alone, by expectation-maximization.
 *
 * Model (A. P. Dawid and A. M. Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm", Applied Statistics 28,
 * 1979): glyph n has class t with probability pi(t); source s then says v with probability theta_s(t, v), independently of the others.
 * E step, eq. 2.5: P(t | votes of n) ~ pi(t) prod theta_s(t, v). M step, eqs. 2.3 and 2.4: pi and theta are the shares of the expected counts.
 *
 * Three things are added. (1) Pseudo-counts towards the diagonal (a Dirichlet prior on each row): a source that said little is taken for an ordinary
 * one. (2) Sources of one group on one glyph share one vote: each enters with the power 1 / (how many they are). (3) The prompts are a source whose
 * place may slip by one within a field (align-field.ts), summed over as a hidden variable of the whole field.
 * The objective is the log likelihood plus the log priors; each round raises it or leaves it (Dempster, Laird, Rubin 1977).
 *
 * Cost: O(K (votes + 4 places)) a round.
 * @throws InkformError `invalid-argument`
 */
export function fuseLabels(input: FusionInput, options: FusionOptions = {}): FusionResult {
  checkFusionInput(input);
  const { items: N, classes: K, sources, fields } = input;
  const { tolerance = 1e-6, maxRounds = 200, start } = options;
  const smoothing = buildSmoothing(K, options);
  const votes = groupVotes(input);
  const state: State = start === undefined ? startOrdinary(K, sources.length, smoothing) : startFrom(start, K, sources.length);
  const work: Work = {
    posterior: new Float64Array(N * K),
    slipped: new Float64Array(fields.length),
    frequency: start?.promptFrequency ?? countPrompts(fields, K),
  };
  const objective: number[] = [];
  let converged = false;
  while (objective.length < maxRounds && !converged) {
    const counts = startCounts(state, smoothing);
    objective.push(estimate({ input, votes, state, work, counts }) + logPrior(state, smoothing));
    const gained = objective.length < 2 ? Number.POSITIVE_INFINITY : objective.at(-1)! - objective.at(-2)!;
    converged = gained < tolerance * Math.max(1, N);
    // The last round's posterior belongs to the parameters it was computed with.
    if (!converged && objective.length < maxRounds) maximize(state, counts, fields);
  }
  const { pi, theta, slipRate } = state;
  return {
    posterior: work.posterior,
    classes: pi,
    confusions: theta.slice(0, sources.length),
    promptConfusion: theta[sources.length],
    slipped: work.slipped,
    slipRate,
    promptFrequency: work.frequency,
    objective,
    converged,
  };
}

interface State {
  pi: Float64Array;
  theta: Float64Array[];
  slipRate: number;
}

interface Work {
  readonly posterior: Float64Array;
  readonly slipped: Float64Array;
  /** log of how often each class is asked for. */
  readonly frequency: Float64Array;
}

// One matrix more than sources: the prompts'.
function startOrdinary(K: number, sources: number, { pseudo }: Smoothing): State {
  return {
    pi: new Float64Array(K).fill(1 / K),
    theta: Array.from({ length: sources + 1 }, () => normalizeRows(pseudo.slice(), K)),
    slipRate: SLIP_PSEUDO.slipped / (SLIP_PSEUDO.slipped + SLIP_PSEUDO.kept),
  };
}

function startFrom({ classes, confusions, promptConfusion, slipRate }: FusionStart, K: number, sources: number): State {
  assertArgument(
    classes.length === K && confusions.length === sources,
    `The estimate to begin from has ${classes.length} classes and ${confusions.length} sources, not ${K} and ${sources}.`,
  );
  return { pi: classes, theta: [...confusions, promptConfusion], slipRate };
}

/** Expected counts, with the pseudo-counts in them. */
interface Counts {
  readonly pi: Float64Array;
  readonly theta: readonly Float64Array[];
  slips: number;
}

interface Step {
  readonly input: FusionInput;
  readonly votes: GroupedVotes;
  readonly state: State;
  readonly work: Work;
  readonly counts: Counts;
}

function startCounts({ theta, pi }: State, { pseudo }: Smoothing): Counts {
  return { pi: new Float64Array(pi.length).fill(1), theta: theta.map(() => pseudo.slice()), slips: SLIP_PSEUDO.slipped };
}

/** E step: posteriors, and the counts expected from them. @returns the log likelihood */
function estimate({ input, votes, state, work, counts }: Step): number {
  const { items: N, classes: K, fields, sources } = input;
  const { posterior } = work;
  const logs = state.theta.map((matrix) => matrix.map(Math.log));
  addVoteLogs({ posterior, pi: state.pi, votes, logs });
  const fielded = new Uint8Array(N);
  const prompts = { logs: logs[sources.length], counts: counts.theta[sources.length] };
  let logLikelihood = 0;
  for (const [f, field] of fields.entries()) {
    const { logLikelihood: of, slipped } = expectField(field, {
      posterior,
      K,
      slipRate: state.slipRate,
      frequency: work.frequency,
      ...prompts,
    });
    logLikelihood += of;
    work.slipped[f] = slipped;
    counts.slips += field.prompt.length > 1 ? slipped : 0;
    for (const n of field.items) if (n >= 0) fielded[n] = 1;
  }
  for (let n = 0; n < N; n++) {
    if (fielded[n] === 0) logLikelihood += softmaxRow(posterior, n * K, K);
    for (let t = 0; t < K; t++) counts.pi[t] += posterior[n * K + t];
    for (let v = votes.start[n]; v < votes.start[n + 1]; v++) {
      const of = counts.theta[votes.source[v]];
      for (let t = 0; t < K; t++) of[t * K + votes.value[v]] += votes.weight[v] * posterior[n * K + t];
    }
  }
  return logLikelihood;
}

interface VoteLogs {
  readonly posterior: Float64Array;
  readonly pi: Float64Array;
  readonly votes: GroupedVotes;
  /** log theta of each source. */
  readonly logs: readonly Float64Array[];
}

/** posterior[n] = log pi + sum of weighted log theta over the votes on n. */
function addVoteLogs({ posterior, pi, votes, logs }: VoteLogs): void {
  const K = pi.length;
  const logPi = pi.map(Math.log);
  for (let n = 0; n * K < posterior.length; n++) {
    posterior.set(logPi, n * K);
    for (let v = votes.start[n]; v < votes.start[n + 1]; v++) {
      const matrix = logs[votes.source[v]];
      for (let t = 0; t < K; t++) posterior[n * K + t] += votes.weight[v] * matrix[t * K + votes.value[v]];
    }
  }
}

interface FieldStep {
  readonly posterior: Float64Array;
  readonly K: number;
  readonly slipRate: number;
  readonly frequency: Float64Array;
  /** The prompts' log theta, and their counts. */
  readonly logs: Float64Array;
  readonly counts: Float64Array;
}

/** A field's glyphs: their rows of `posterior` come in as logs without the prompt, and leave as probabilities with it. */
function expectField({ prompt, items }: PromptedField, { posterior, K, slipRate, frequency, logs, counts }: FieldStep): FieldAlignment {
  const n = prompt.length;
  const askedAt = [0, 1, -1];
  const asked = (j: number, shift: number): number => (shift === SHIFTS.none ? -1 : (prompt[j + askedAt[shift]] ?? -1));
  const seen = new Float64Array(n * SHIFT_COUNT);
  const row = new Float64Array(K);
  const joint = (j: number, shift: number): Float64Array => {
    const v = asked(j, shift);
    for (let t = 0; t < K; t++) row[t] = posterior[items[j] * K + t] + (v < 0 ? 0 : logs[t * K + v]);
    return row;
  };
  for (let j = 0; j < n; j++) {
    for (let shift = 0; shift < SHIFT_COUNT; shift++) {
      const v = asked(j, shift);
      seen[j * SHIFT_COUNT + shift] = items[j] >= 0 ? logSumExp(joint(j, shift)) : v < 0 ? 0 : frequency[v];
    }
  }
  const weights = new Float64Array(n * SHIFT_COUNT);
  const unwritten = Float64Array.from(prompt, (v) => frequency[v]);
  const result = alignField(seen, unwritten, slipRate, weights);
  const mixed = new Float64Array(K);
  for (let j = 0; j < n; j++) {
    if (items[j] < 0) continue;
    mixed.fill(0);
    for (let shift = 0; shift < SHIFT_COUNT; shift++) {
      const weight = weights[j * SHIFT_COUNT + shift];
      if (weight === 0) continue;
      const given = joint(j, shift);
      const v = asked(j, shift);
      for (let t = 0; t < K; t++) {
        const p = weight * Math.exp(given[t] - seen[j * SHIFT_COUNT + shift]);
        mixed[t] += p;
        if (v >= 0) counts[t * K + v] += p;
      }
    }
    posterior.set(mixed, items[j] * K);
  }
  return result;
}

/** M step. */
function maximize(state: State, counts: Counts, fields: readonly PromptedField[]): void {
  const K = state.pi.length;
  state.pi = normalizeRows(counts.pi, K);
  state.theta = counts.theta.map((matrix) => normalizeRows(matrix, K));
  const able = fields.reduce((sum, { prompt }) => sum + (prompt.length > 1 ? 1 : 0), 0);
  state.slipRate = counts.slips / (able + SLIP_PSEUDO.slipped + SLIP_PSEUDO.kept);
}

function logPrior({ pi, theta, slipRate }: State, { pseudo }: Smoothing): number {
  let sum = SLIP_PSEUDO.slipped * Math.log(slipRate) + SLIP_PSEUDO.kept * Math.log1p(-slipRate);
  for (const p of pi) sum += Math.log(p);
  for (const matrix of theta) for (let k = 0; k < matrix.length; k++) sum += pseudo[k] * Math.log(matrix[k]);
  return sum;
}

/** log of each class's share among the prompts, one more than seen. */
function countPrompts(fields: readonly PromptedField[], K: number): Float64Array {
  const counts = new Float64Array(K).fill(1);
  for (const { prompt } of fields) for (const v of prompt) counts[v] += 1;
  return normalizeRows(counts, K).map(Math.log);
}

/** Logs to probabilities, in place. @returns the log of their sum */
function softmaxRow(rows: Float64Array, from: number, K: number): number {
  const total = logSumExp(rows, from, from + K);
  for (let t = from; t < from + K; t++) rows[t] = Math.exp(rows[t] - total);
  return total;
}
