import { initNetwork } from '../../network/init-network.js';
import type { FamilyTrainer } from '../../process/family-trainer.js';
import { trainNetworkFamily } from '../../training/train-network.js';
import { parseParameters } from '../networks/parse-parameters.js';
import { acceptedMlpParameters, type MlpParameters } from './mlp-parameters.js';
import { planMlp } from './plan-mlp.js';

/** Trains a multi-layer perceptron. */
export const trainMlp: FamilyTrainer = (context) => {
  const { job, train } = context;
  const parameters = parseParameters<MlpParameters>(
    job.model,
    acceptedMlpParameters,
    job.parameters,
  );
  const plan = planMlp(parameters, { ...job, trainRows: train.rowCount });
  const initial = initNetwork(plan.network, { seed: job.seed, style: 'he', sample: train });
  return trainNetworkFamily(context, plan, initial);
};
