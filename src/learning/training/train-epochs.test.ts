import { expect, test } from 'vitest';
import type { EpochLosses } from '../process/training-job.js';
import type { EpochTrainer } from './epoch-trainer.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';
import { createPlan, sampleNetworks } from './testdata/sample-networks.js';
import { type EpochEvents, trainEpochs } from './train-epochs.js';
import { fromCheckpoint, initialProgress } from './training-progress.js';

/** A trainer whose answers are given and whose parameters say how many epochs it has seen. */
function scriptTrainer(answers: readonly number[], epochsSeen = 0, hasAverage = false) {
  let epoch = epochsSeen;
  const trainer: EpochTrainer = {
    stepsPerEpoch: 1,
    trainEpoch: async (number) => {
      epoch = number;
      return 1 / number;
    },
    answerValidation: async () => Float32Array.of(answers[epoch - 1] as number),
    readState: () => ({
      step: epoch,
      parameters: Float32Array.of(epoch),
      buffers: Float32Array.of(10 * epoch),
      slots: [Float32Array.of(-epoch)],
      average: hasAverage ? Float32Array.of(100 * epoch) : null,
    }),
    dispose: () => undefined,
  };
  return trainer;
}

type Checkpoint = Parameters<typeof fromCheckpoint>[0];

function createEvents() {
  const epochs: EpochLosses[] = [];
  const checkpoints: Checkpoint[] = [];
  const events: EpochEvents = {
    job: { parameters: { learningRate: 3 } },
    nowMs: () => 0,
    // The answer is the objective.
    judge: ([value = Number.NaN]) => ({ value, metrics: { rmse: 2 * value } }),
    onEpoch: (losses) => void epochs.push(losses),
    offerCheckpoint: async (epoch, read) => {
      checkpoints.push(structuredClone({ epoch, ...read() }));
    },
  };
  return { epochs, checkpoints, events };
}

const planOf = (epochs: number, changes: Partial<NetworkTrainingPlan> = {}) =>
  createPlan(sampleNetworks.mlp, { epochs, ...changes });

async function run(answers: readonly number[], changes: Partial<NetworkTrainingPlan> = {}) {
  const { epochs, checkpoints, events } = createEvents();
  const plan = planOf(answers.length, changes);
  const end = await trainEpochs(scriptTrainer(answers), plan, initialProgress, events);
  return { end, epochs, checkpoints };
}

test('the network of the best epoch is kept with its answers', async () => {
  const { end, epochs } = await run([5, 3, 4, 3]);
  expect(end.stopping).toEqual({ bestEpoch: 2, bestLoss: 3 });
  expect(end.best).toEqual({
    parameters: Float32Array.of(2),
    buffers: Float32Array.of(20),
    predictions: Float32Array.of(3),
  });
  expect(epochs).toEqual(end.history);
  expect(epochs[1]).toEqual({ epoch: 2, trainLoss: 0.5, validationLoss: 3, metrics: { rmse: 6 } });
});

test('of equal epochs the last one is kept where the plan says so', async () => {
  const { end } = await run([5, 3, 4, 3], { ties: 'last' });
  expect(end.best?.parameters).toEqual(Float32Array.of(4));
});

test('where there is a moving average, it is kept instead of the parameters', async () => {
  const { events } = createEvents();
  const trainer = scriptTrainer([5, 3], 0, true);
  const end = await trainEpochs(trainer, planOf(2), initialProgress, events);
  expect(end.best?.parameters).toEqual(Float32Array.of(200));
});

test('training ends early when nothing improves any more', async () => {
  const { end } = await run([5, 1, ...Array<number>(28).fill(2)], { patience: 10 });
  expect(end.epoch).toBe(12);
});

test('a checkpoint is offered after each epoch but the last one', async () => {
  const { checkpoints } = await run([6, 5, 4, 3]);
  expect(checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  const stopped = await run([1, 2, 2, 2, 2], { patience: 2 });
  expect(stopped.checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2]);
});

test('going on from any checkpoint ends where the undisturbed training ended', async () => {
  const answers = [6, 2, 4, 3, 5, 3];
  const { end, checkpoints } = await run(answers);
  for (const checkpoint of checkpoints) {
    const { progress, state } = fromCheckpoint(checkpoint);
    expect(state).toEqual(scriptTrainer(answers, checkpoint.epoch).readState());
    const { events } = createEvents();
    const trainer = scriptTrainer(answers, checkpoint.epoch);
    expect(await trainEpochs(trainer, planOf(answers.length), progress, events)).toEqual(end);
  }
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'an answer of %d ends training',
  async (answer) => {
    await expect(run([1, answer, 1])).rejects.toMatchObject({
      code: 'training-diverged',
      message: expect.stringMatching(/epoch 2 with \{"learningRate":3\}.*smaller learningRate/),
    });
  },
);

test('a train loss that is no number ends training before the validation part is looked at', async () => {
  const trainer: EpochTrainer = {
    ...scriptTrainer([1]),
    trainEpoch: async () => Number.NaN,
    answerValidation: () => Promise.reject(new Error('not to be asked')),
  };
  const training = trainEpochs(trainer, planOf(1), initialProgress, createEvents().events);
  await expect(training).rejects.toMatchObject({
    code: 'training-diverged',
    message: expect.stringContaining('train loss became NaN in epoch 1'),
  });
});
