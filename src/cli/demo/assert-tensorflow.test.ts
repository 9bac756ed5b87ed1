import { describe, expect, it } from 'vitest';
import type { AttemptRecord, RunRecord, TrainingBackend } from '../../contract/run-record.js';
import { assertTensorflow } from './assert-tensorflow.js';

const tensorflow: TrainingBackend = {
  name: 'tensorflow',
  versions: { tfjs: '4.22.0', tensorflow: '2.21.0' },
  threads: 1,
};
const wasm: TrainingBackend = { ...tensorflow, name: 'wasm', versions: { tfjs: '4.22.0' } };
const lightgbm: TrainingBackend = {
  name: 'lightgbm',
  versions: { lightgbm: '4.7.0' },
  threads: 1,
};

const attempt = (
  backend: TrainingBackend | null,
  trial: number | null,
  outcome: AttemptRecord['outcome'] = 'succeeded',
) => ({ step: 'tune', trial, backend, outcome }) as AttemptRecord;

const record = (attempts: readonly AttemptRecord[], tune: 'hit' | 'ran' = 'ran') =>
  ({
    runId: 'p-1',
    attempts,
    progress: { steps: [{ name: 'tune', cache: { state: tune } }] },
  }) as unknown as RunRecord;

describe('assertTensorflow', () => {
  it('accepts a run whose networks trained on the native library, beside other models', () => {
    assertTensorflow(
      record([
        // The look for an equal study trains nothing.
        attempt(null, null),
        attempt(wasm, 0, 'failed'),
        attempt(tensorflow, 1),
        attempt(lightgbm, 2),
      ]),
    );
  });

  it('accepts a run that took its whole study over', () => {
    assertTensorflow(record([attempt(null, null)], 'hit'));
  });

  it.each([
    ['wasm', wasm],
    ['another version', { ...tensorflow, versions: { tensorflow: '2.9.1' } }],
  ])('refuses a trial on %s', (_, backend) => {
    expect(() => assertTensorflow(record([attempt(tensorflow, 0), attempt(backend, 1)]))).toThrow(
      expect.objectContaining({ code: 'backend-unavailable' }),
    );
  });

  it('refuses a run that trained no network', () => {
    expect(() => assertTensorflow(record([attempt(lightgbm, 0)]))).toThrow(/on nothing/);
  });
});
