import { fitEdges } from '../../network/fit-edges.js';
import { initNetwork } from '../../network/init-network.js';
import type { FamilyTrainer } from '../../process/family-trainer.js';
import { trainNetworkFamily } from '../../training/train-network.js';
import { parseParameters } from '../networks/parse-parameters.js';
import { planTabm } from './plan-tabm.js';
import { acceptedTabmParameters, type TabmParameters } from './tabm-parameters.js';

/** Trains a TabM of either preset: they differ in parameters and epochs alone. */
export const trainTabm: FamilyTrainer = (context) => {
  const { job, train } = context;
  const parameters = parseParameters<TabmParameters>(
    job.model,
    acceptedTabmParameters,
    job.parameters,
  );
  const edges = job.outputs.flatMap(({ kind }, position) =>
    kind === 'number' ? [fitEdges(train, position, parameters.bins)] : [],
  );
  const bins = edges.map(({ length }) => length - 1);
  const plan = planTabm(parameters, { ...job, trainRows: train.rowCount }, bins);
  const { seed } = job;
  const initial = initNetwork(plan.network, { seed, style: 'tabm', sample: train, edges });
  return trainNetworkFamily(context, plan, initial);
};
