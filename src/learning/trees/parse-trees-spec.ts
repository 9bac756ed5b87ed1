import { invalidTrees } from './tree-text.js';
import type { TreesSpec } from './trees-spec.js';

const answerKinds: readonly unknown[] = ['identity', 'sigmoid', 'softmax'];

/**
 * Reads how trees answer from untrusted JSON.
 *
 * @throws RecetaError `model-invalid` naming the first thing that is not as it must be
 */
export function parseTreesSpec(value: unknown): TreesSpec {
  const { inputWidth, outputs, answer, iterations } = Object(value) as Record<string, unknown>;
  const numbers = { inputWidth, outputs, iterations };
  for (const [name, number] of Object.entries(numbers)) {
    if (Number.isSafeInteger(number) && (number as number) > 0) continue;
    throw invalidTrees(`their ${name} is ${JSON.stringify(number)} and no positive integer`);
  }
  if (!answerKinds.includes(answer)) {
    throw invalidTrees(`they answer by ${JSON.stringify(answer)}`);
  }
  const spec = { ...numbers, answer } as TreesSpec;
  const fits = { identity: outputs === 1, sigmoid: outputs === 2, softmax: spec.outputs > 2 };
  if (!fits[spec.answer]) throw invalidTrees(`${spec.answer} does not give ${outputs} outputs`);
  return spec;
}
