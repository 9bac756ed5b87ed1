import { initNetwork } from '../../network/init-network.js';
import type { FamilyTrainer } from '../../process/family-trainer.js';
import { trainNetworkFamily } from '../../training/train-network.js';
import { parseParameters } from '../networks/parse-parameters.js';
import { planRealmlp } from './plan-realmlp.js';
import { acceptedRealmlpParameters, type RealmlpParameters } from './realmlp-parameters.js';

/** Trains a RealMLP of either preset: they differ in parameters and epochs alone. */
export const trainRealmlp: FamilyTrainer = (context) => {
  const { job, train } = context;
  const parameters = parseParameters<RealmlpParameters>(
    job.model,
    acceptedRealmlpParameters,
    job.parameters,
  );
  const plan = planRealmlp(parameters, { ...job, trainRows: train.rowCount });
  const { frequencyScale } = parameters;
  const initial = initNetwork(plan.network, {
    seed: job.seed,
    style: 'data-driven',
    sample: train,
    frequencyScale,
  });
  return trainNetworkFamily(context, plan, initial);
};
