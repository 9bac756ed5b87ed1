import { describe, expect, it } from 'vitest';
import type { AttemptRecord, RunRecord, TrainingBackend } from '../../contract/run-record.js';
import { assertTensorflow } from './assert-tensorflow.js';

const tensorflow: TrainingBackend = {
  name: 'tensorflow',
  tfjsVersion: '4.22.0',
  tensorflowVersion: '2.21.0',
  threads: 1,
};

const attempt = (
  step: AttemptRecord['step'],
  backend: TrainingBackend | null,
  outcome: AttemptRecord['outcome'] = 'succeeded',
  trial: number | null = null,
) => ({ step, trial, backend, outcome }) as AttemptRecord;

const record = (...attempts: AttemptRecord[]) =>
  ({ runId: 'p-1', attempts }) as unknown as RunRecord;

describe('assertTensorflow', () => {
  it('accepts a run whose trials and training ran on the native library', () => {
    assertTensorflow(
      record(
        attempt('download', null),
        // The look for an equal study trains nothing.
        attempt('tune', null),
        attempt('tune', null, 'failed', 0),
        attempt('tune', tensorflow, 'succeeded', 1),
        attempt('train', tensorflow),
      ),
    );
  });

  it.each([
    ['wasm', { ...tensorflow, name: 'wasm' as const, tensorflowVersion: null }],
    ['another version', { ...tensorflow, tensorflowVersion: '2.9.1' }],
    ['an unknown backend', null],
  ])('refuses %s', (_, backend) => {
    expect(() => assertTensorflow(record(attempt('train', backend)))).toThrow(
      expect.objectContaining({ code: 'backend-unavailable' }),
    );
  });

  it('refuses a trial that ran elsewhere', () => {
    const wasm = { ...tensorflow, name: 'wasm' as const, tensorflowVersion: null };
    const trial = attempt('tune', wasm, 'succeeded', 0);
    expect(() => assertTensorflow(record(trial, attempt('train', tensorflow)))).toThrow(/wasm/);
  });

  it('refuses a run that trained nothing', () => {
    expect(() => assertTensorflow(record(attempt('download', null)))).toThrow(/trained on nothing/);
  });
});
