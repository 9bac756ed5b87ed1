import { RecetaError } from '../contract/errors.js';
import { type StepName, stepNames } from '../contract/steps.js';

/** sha256 of everything that implements a step, by name: `features/fit-column.ts`, `npm:@duckdb/node-api`. */
export type CodeDigestsOfStep = Readonly<Record<string, string>>;

/** What the build noted of the code of each step; `dist/code-digests.json`. */
export interface CodeDigests {
  readonly format: 'receta-code/1';
  readonly steps: Readonly<Record<StepName, CodeDigestsOfStep>>;
}

/** @throws RecetaError `setup-incomplete` when the text is not what this version's build writes */
export function parseCodeDigests(text: string, path: string): CodeDigests {
  const digests = parseJson(text);
  if (digests?.format === 'receta-code/1' && stepNames.every((step) => hasDigests(digests, step))) {
    return digests as CodeDigests;
  }
  throw new RecetaError(
    'setup-incomplete',
    `Reading ${path}: it does not hold the digests of this version's code; run \`npm run build\`.`,
  );
}

function parseJson(text: string): Partial<CodeDigests> | null {
  try {
    return JSON.parse(text) as Partial<CodeDigests> | null;
  } catch {
    return null;
  }
}

function hasDigests(digests: Partial<CodeDigests>, step: StepName): boolean {
  return Object.keys(digests.steps?.[step] ?? {}).length > 0;
}
