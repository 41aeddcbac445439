import { wholePower } from "../core/whole-power.ts";
import type { UpdateRule } from "./kernels/kernels.ts";
import type { TrainerSettings } from "./training-settings.ts";

/** How gradients move weights in step t, from 1, of a training. */
export function ruleForStep({ optimizer, regularization }: TrainerSettings, { rate, t }: { rate: number; t: number }): UpdateRule {
  const { weightDecay, maxNorm } = regularization;
  if (optimizer.kind === "sgd") return { rate, momentum: optimizer.momentum, nesterov: optimizer.nesterov, weightDecay, maxNorm };
  const { beta1, beta2, epsilon } = optimizer;
  const adam = { beta2, epsilon, correction1: 1 - wholePower(beta1, t), correction2: 1 - wholePower(beta2, t) };
  return { rate, momentum: beta1, adam, weightDecay, maxNorm };
}
