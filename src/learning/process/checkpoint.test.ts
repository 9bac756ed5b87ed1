import { expect, test } from 'vitest';
import { encodeSafetensors } from '../../artifacts/safetensors.js';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';
import type { CheckpointState } from './family-trainer.js';

const identity = { platformKey: 'platform', jobSha256: 'job' };
const state: CheckpointState = {
  epoch: 2,
  tensors: {
    parameters: { dtype: 'F32', shape: [2], data: Float32Array.of(0.1, -2) },
    trees: { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 3) },
  },
  fields: { step: 14, bestLoss: 0.1 + 0.2, history: [{ epoch: 1, trainLoss: 1e-17 }] },
};

test('a checkpoint is read back to the bit', () => {
  expect(decodeCheckpoint(encodeCheckpoint(identity, state), identity)).toEqual(state);
});

test('equal checkpoints give equal bytes', () => {
  expect(encodeCheckpoint(identity, { ...state })).toEqual(encodeCheckpoint(identity, state));
});

test.each([
  ['another platform', { ...identity, platformKey: 'other' }],
  ['another job', { ...identity, jobSha256: 'other' }],
])('a checkpoint of %s is refused', (_, other) => {
  expect(() => decodeCheckpoint(encodeCheckpoint(identity, state), other)).toThrow(
    expect.objectContaining({ code: 'precondition-failed' }),
  );
});

test.each([
  ['is no checkpoint', encodeSafetensors({})],
  ['names no epoch', encodeCheckpoint(identity, { ...state, epoch: 0 })],
  ['has no fields', encodeCheckpoint(identity, { ...state, fields: undefined })],
])('a safetensors file that %s is refused', (_, bytes) => {
  expect(() => decodeCheckpoint(bytes, identity)).toThrow(
    expect.objectContaining({ code: 'artifact-corrupt' }),
  );
});
