import { expect, test } from 'vitest';
import { encodeSafetensors } from '../artifacts/safetensors.js';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';

const checkpoint: Checkpoint = {
  platformKey: 'platform',
  jobSha256: 'job',
  epoch: 2,
  state: {
    step: 14,
    parameters: Float32Array.of(0.1, -2),
    firstMoment: Float32Array.of(1e-30, 3),
    secondMoment: Float32Array.of(4, 5),
  },
  bestParameters: Float32Array.of(7, 8),
  stopping: { bestEpoch: 1, bestLoss: 0.1 + 0.2 },
  history: [
    { epoch: 1, trainLoss: 1 / 3, validationLoss: 0.1 + 0.2 },
    { epoch: 2, trainLoss: 1e-17, validationLoss: 0.5 },
  ],
};
const expected = { platformKey: 'platform', jobSha256: 'job', parameterCount: 2 };

test('a checkpoint is read back to the bit', () => {
  expect(decodeCheckpoint(encodeCheckpoint(checkpoint), expected)).toEqual(checkpoint);
});

test('equal checkpoints give equal bytes', () => {
  expect(encodeCheckpoint({ ...checkpoint })).toEqual(encodeCheckpoint(checkpoint));
});

test.each([
  ['another platform', { ...expected, platformKey: 'other' }, 'precondition-failed'],
  ['another job', { ...expected, jobSha256: 'other' }, 'precondition-failed'],
  ['a network of another size', { ...expected, parameterCount: 3 }, 'artifact-corrupt'],
])('a checkpoint of %s is refused', (_, other, code) => {
  expect(() => decodeCheckpoint(encodeCheckpoint(checkpoint), other)).toThrow(
    expect.objectContaining({ code }),
  );
});

test('a safetensors file that is no checkpoint is refused', () => {
  expect(() => decodeCheckpoint(encodeSafetensors({}), expected)).toThrow(
    expect.objectContaining({ code: 'artifact-corrupt' }),
  );
});

test('a checkpoint whose history lacks an epoch is refused', () => {
  const bytes = encodeCheckpoint({ ...checkpoint, history: checkpoint.history.slice(1) });
  expect(() => decodeCheckpoint(bytes, expected)).toThrow(
    expect.objectContaining({ code: 'artifact-corrupt' }),
  );
});
