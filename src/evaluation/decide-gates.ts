import { RecetaError } from '../contract/errors.js';
import type { GatePlan } from '../contract/pipeline-plan.js';
import { findGateProblems } from './gate-problems.js';

export interface GateDecision {
  readonly passed: boolean;
  /** One sentence for each bound that refuses the model. */
  readonly refusals: readonly string[];
}

/**
 * Decides whether a model may be deployed; bounds are inclusive. A metric that is not defined for the test
 * part refuses, too.
 *
 * @throws RecetaError pipeline-invalid listing all gates whose metric does not exist
 */
export function decideGates(
  gates: readonly GatePlan[],
  metrics: Readonly<Record<string, number>>,
): GateDecision {
  const problems = findGateProblems(gates);
  if (problems.length > 0) {
    const findings = problems.map((problem) => problem.message).join('; ');
    throw new RecetaError('pipeline-invalid', `cannot check the gates: ${findings}`, { problems });
  }
  const refusals = gates.flatMap((gate) => refuse(gate, metrics[gate.metric]));
  return { passed: refusals.length === 0, refusals };
}

function refuse({ metric, min, max }: GatePlan, value: number | undefined): string[] {
  if (value === undefined || Number.isNaN(value))
    return [`${metric} is not defined for the test part`];
  return [
    ...(min !== null && value < min ? [`${metric} is ${value}, but must be at least ${min}`] : []),
    ...(max !== null && value > max ? [`${metric} is ${value}, but must be at most ${max}`] : []),
  ];
}
