import { expect, test } from 'vitest';
import type { NetworkTrainer } from './network-trainer.js';
import { startProgress, type TrainingProgress, trainNetwork } from './train-network.js';

/** A trainer whose validation losses are given and whose parameters say how many epochs it has seen. */
function scriptedTrainer(losses: readonly number[], epochsSeen = 0): NetworkTrainer {
  let epoch = epochsSeen;
  return {
    trainEpoch: async (number) => {
      epoch = number;
      return 1 / number;
    },
    validate: () => losses[epoch - 1] as number,
    readState: () => ({
      step: epoch,
      parameters: Float32Array.of(epoch),
      firstMoment: new Float32Array(1),
      secondMoment: new Float32Array(1),
    }),
  };
}

async function run(losses: readonly number[], from = startProgress(Float32Array.of(0))) {
  const checkpoints: TrainingProgress[] = [];
  const epochs: number[] = [];
  const job = { epochs: losses.length, checkpointEveryEpochs: 2, parameters: { learningRate: 3 } };
  const end = await trainNetwork(scriptedTrainer(losses, from.epoch), job, from, {
    nowMs: () => 0,
    onEpoch: ({ epoch }) => void epochs.push(epoch),
    onCheckpoint: async (progress) => void checkpoints.push(progress),
  });
  return { end, checkpoints, epochs };
}

test('the parameters of the best epoch are kept', async () => {
  const { end } = await run([5, 3, 4, 3]);
  expect(end.stopping).toEqual({ bestEpoch: 2, bestLoss: 3 });
  expect(end.bestParameters).toEqual(Float32Array.of(2));
  expect(end.history[1]).toEqual({ epoch: 2, trainLoss: 0.5, validationLoss: 3 });
});

test('training ends early when nothing improves any more', async () => {
  const { end } = await run([5, 1, ...Array<number>(28).fill(2)]);
  expect(end.epoch).toBe(12);
});

test('a checkpoint is written every few epochs, but none after the last one', async () => {
  const { checkpoints, epochs } = await run([6, 5, 4, 3, 2, 1]);
  expect(checkpoints.map(({ epoch }) => epoch)).toEqual([2, 4]);
  expect(epochs).toEqual([1, 2, 3, 4, 5, 6]);
});

test('going on from any checkpoint ends where the undisturbed training ended', async () => {
  const losses = [6, 2, 4, 3, 5, 3];
  const { end, checkpoints } = await run(losses);
  for (const checkpoint of checkpoints) {
    expect((await run(losses, checkpoint)).end).toEqual(end);
  }
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a loss of %d ends training', async (loss) => {
  await expect(run([1, loss, 1])).rejects.toMatchObject({
    code: 'training-diverged',
    message: expect.stringMatching(/epoch 2 with \{"learningRate":3\}.*smaller learningRate/),
  });
});
