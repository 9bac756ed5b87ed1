import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncLocalStorage, type Context } from '@temporalio/activity';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import { isArtifactRef } from '../cache/find-artifact-refs.js';
import { toStepKey } from '../cache/key-parts.js';
import type { StepRequest } from '../cache/step-cache.js';
import type { RunTrialInput } from '../contract/activities.js';
import { type StepName, stepNames } from '../contract/steps.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { evaluateModel } from './evaluate-model.js';
import { findStudy } from './find-study.js';
import { prepareSplits } from './prepare-splits.js';
import { promoteModel } from './promote-model.js';
import { registerModel } from './register-model.js';
import { runTrial } from './run-trial.js';
import {
  evaluateInput,
  prepareInput,
  promoteInput,
  registerInput,
  studyInput,
  trainInput,
  transformInput,
  trialInput,
  validateInput,
} from './testdata/step-inputs.js';
import { trainModel } from './train-model.js';
import { transformDataset } from './transform-dataset.js';
import { validateDataset } from './validate-dataset.js';

// Every field of every step's input is changed, one at a time: the key must change exactly for those that may change
// the result. The steps run as they do in a worker, up to the point where the cache is asked.

let workDir = '';
beforeAll(async () => {
  workDir = await mkdtemp(join(tmpdir(), 'receta-keys-'));
});
afterAll(() => rm(workDir, { recursive: true, force: true }));

type Step<Input> = (deps: ActivityDependencies, input: Input) => Promise<unknown>;

interface Case {
  readonly name: string;
  readonly step: Step<never>;
  readonly input: object;
  /** Paths of fields, beside those of `neverMeant`, that cannot change the result, each for the reason beside it. */
  readonly notMeant: readonly RegExp[];
}

/** How the run is called, how long it may take, and which hits it may have. */
const neverMeant = /^(runId|pipeline|cache|limits)(\.|$)/;

const cases: readonly Case[] = [
  {
    name: 'validateDataset',
    step: validateDataset,
    input: validateInput,
    // Rows are counted and leaks looked for in the table to learn from, by later steps.
    notMeant: [/^validate\.(rows|leakage)/],
  },
  {
    name: 'transformDataset',
    step: transformDataset,
    input: transformInput,
    // Leaks are looked for by the next step; what was checked before is of no use but for what it leaves out.
    notMeant: [/^validate\.leakage/, /^checkedColumns/],
  },
  {
    name: 'prepareSplits',
    step: prepareSplits,
    input: prepareInput,
    // Features are those of the first model; others have theirs fitted when they train.
    notMeant: [/^models\.1$/, /^learning\.classWeights$/],
  },
  { name: 'findStudy', step: findStudy, input: studyInput, notMeant: [] },
  {
    name: 'runTrial',
    // A trial that is compared with others while it runs is never taken over.
    step: (deps, input: RunTrialInput) => runTrial(deps, { ...input, pruning: null }),
    input: trialInput,
    // Numbers only name the trial: its seed and its parameters are given.
    notMeant: [/^(number|again|pruning)/],
  },
  { name: 'trainModel', step: trainModel, input: trainInput, notMeant: [] },
  { name: 'evaluateModel', step: evaluateModel, input: evaluateInput, notMeant: [] },
  {
    name: 'registerModel',
    step: registerModel,
    input: registerInput,
    // A version is the model with its report: where they come from stands in the version that has them already.
    notMeant: [
      /^(dataset|plan|startedAt)/,
      /^trained\.(history|members|kind|calibration|bestEpoch|value|bestTrialValue|resumedFromEpoch|backend|platformKey|warnings|cache)/,
      /^evaluated\.(metrics|baseline|cache)/,
    ],
  },
  { name: 'promoteModel', step: promoteModel, input: promoteInput, notMeant: [] },
];

class CacheAsked extends Error {
  constructor(readonly key: string) {
    super('the cache was asked');
  }
}

function createDependencies(change: Partial<ActivityDependencies> = {}): ActivityDependencies {
  const objects = new MemoryObjectStore();
  const ask = async ({ parts }: StepRequest<never>): Promise<never> => {
    throw new CacheAsked(toStepKey(parts));
  };
  const digests = stepNames.map((step): [StepName, object] => [step, { 'a.ts': 'aa' }]);
  const alias = { moved: true, alias: { runId: null } };
  return {
    objects,
    artifacts: new ArtifactStore(objects),
    stepCache: { take: ask, find: ask },
    code: { format: 'receta-code/1', steps: Object.fromEntries(digests) },
    registry: { moveAlias: async () => alias },
    backend: 'tensorflow',
    platform: {},
    workDir,
    workerIdentity: 'w',
    nowMs: () => 0,
    ...change,
  } as unknown as ActivityDependencies;
}

async function readKey({ step }: Case, input: object, deps = createDependencies()) {
  const context = {
    info: { attempt: 1, activityId: '5', workflowExecution: { workflowId: 'taxi-1', runId: 'r' } },
    cancellationSignal: new AbortController().signal,
    heartbeat: () => undefined,
  };
  const run = (): Promise<unknown> => step(deps, input as never);
  try {
    // Steps that ask no store answer with the key in their note.
    const result = await asyncLocalStorage.run(context as unknown as Context, run);
    return (result as { readonly cache: { readonly key: string } }).cache.key;
  } catch (error) {
    const asked = error instanceof Error ? error.cause : null;
    if (asked instanceof CacheAsked) return asked.key;
    throw error;
  }
}

/** Paths of everything that can be changed: leaves, members that can go, and artifacts as wholes. */
function listPaths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || isArtifactRef(value)) return [path];
  return Object.entries(value).flatMap(([name, member]) => listPaths(member, [...path, name]));
}

function changeAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return changeLeaf(value);
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === name ? changeAt(item, rest) : item));
  }
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [name]: changeAt(record[name], rest) };
}

function changeLeaf(value: unknown): unknown {
  // A model has to be one.
  if (value === 'mlp') return 'tabm';
  if (isArtifactRef(value)) return { ...value, sha256: `${value.sha256.slice(0, -1)}f` };
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `${value}x`;
  return 'something';
}

describe('the key of a step', () => {
  it.each(cases)(
    'of $name changes exactly with the fields that may change its result',
    async (one) => {
      const key = await readKey(one, one.input);
      const wrong: string[] = [];
      for (const path of listPaths(one.input)) {
        const name = path.join('.');
        const isMeant =
          !neverMeant.test(name) && !one.notMeant.some((pattern) => pattern.test(name));
        const changed = await readKey(one, changeAt(one.input, path) as object);
        if ((changed !== key) !== isMeant)
          wrong.push(`${name} ${isMeant ? 'is not in' : 'is in'} it`);
      }
      expect(wrong).toEqual([]);
    },
  );

  it.each(cases)('of $name is another one for any two changes that differ', async (one) => {
    const meant = listPaths(one.input).filter((path) => {
      const name = path.join('.');
      return !neverMeant.test(name) && !one.notMeant.some((pattern) => pattern.test(name));
    });
    const subset = fc.subarray(meant, { minLength: 1 });
    const readChanged = (paths: readonly (readonly string[])[]): Promise<string> =>
      readKey(one, paths.reduce(changeAt, one.input as unknown) as object);
    await fc.assert(
      fc.asyncProperty(subset, subset, async (some, others) => {
        const isSame = JSON.stringify(some) === JSON.stringify(others);
        expect((await readChanged(some)) === (await readChanged(others))).toBe(isSame);
      }),
      { numRuns: 25 },
    );
  });

  it.each(cases)('of $name changes with the code of its step only', async (one) => {
    const key = await readKey(one, one.input);
    const { code } = createDependencies();
    const changing: StepName[] = [];
    for (const step of stepNames) {
      const changed = { ...code, steps: { ...code.steps, [step]: { 'a.ts': 'bb' } } };
      const other = await readKey(one, one.input, createDependencies({ code: changed }));
      if (other !== key) changing.push(step);
    }
    expect(changing).toHaveLength(1);
  });

  it.each(['findStudy', 'runTrial', 'trainModel'])(
    'of %s changes with the platform',
    async (name) => {
      const one = cases.find((candidate) => candidate.name === name);
      if (one === undefined) throw new Error(`no case ${name}`);
      const other = await readKey(one, one.input, createDependencies({ backend: 'wasm' }));
      expect(other).not.toBe(await readKey(one, one.input));
    },
  );
});
