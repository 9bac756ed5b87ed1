import { loadBackend, type Tfjs } from '../backend/load-backend.js';
import { GraphTrainer } from '../graph/graph-trainer.js';
import { type NetworkNumbers, toNetworkTensors } from '../network/network-tensors.js';
import type { TrainedFamily, TrainingContext } from '../process/family-trainer.js';
import type { EpochTrainer } from './epoch-trainer.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';
import { TfjsTrainer } from './tfjs-trainer.js';
import { trainEpochs } from './train-epochs.js';
import type { TrainerOptions } from './trainer-options.js';
import { createTrainerState } from './trainer-state.js';
import { type BestNetwork, fromCheckpoint, initialProgress } from './training-progress.js';

/**
 * Trains a network: on native TensorFlow as a compiled graph, elsewhere operation by operation. The same context, plan
 * and initial numbers give the same bits, resumed or not.
 *
 * @param initial numbers of the network before the first step; a resumed training takes those of its checkpoint
 * @throws RecetaError `training-diverged`, `backend-unavailable`
 */
export async function trainNetworkFamily(
  context: TrainingContext,
  plan: NetworkTrainingPlan,
  initial: NetworkNumbers,
): Promise<TrainedFamily> {
  const { networks, train, validation, job, resumed, breathe } = context;
  const { tf, backend } = await loadBackend(networks);
  const { progress, state } =
    resumed === null
      ? { progress: initialProgress, state: createTrainerState(plan, initial) }
      : fromCheckpoint(resumed);
  // What a killed process leaves of temporary files lies where its caller cleans up.
  const { seed, outputDir: scratchDir } = job;
  const parts = { train, validation };
  const trainer = createTrainer(tf, { tf, plan, ...parts, seed, state, scratchDir, breathe });
  try {
    const end = await trainEpochs(trainer, plan, progress, context);
    // A training has at least one epoch, and each epoch a finite objective.
    const { parameters, buffers, predictions } = end.best as BestNetwork;
    return {
      predictor: { kind: 'network', network: plan.network },
      weights: toNetworkTensors(plan.network, { parameters, buffers }),
      predictions,
      bestEpoch: end.stopping.bestEpoch,
      value: end.stopping.bestLoss as number,
      epochsRun: end.epoch,
      history: end.history,
      importance: null,
      backend,
    };
  } finally {
    trainer.dispose();
  }
}

function createTrainer(tf: Tfjs, options: TrainerOptions): EpochTrainer {
  return tf.getBackend() === 'tensorflow' ? new GraphTrainer(options) : new TfjsTrainer(options);
}
