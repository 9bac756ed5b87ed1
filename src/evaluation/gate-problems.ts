import type { Problem } from '../contract/errors.js';
import type { GatePlan } from '../contract/pipeline-plan.js';
import { isMetricName, metricDirections } from './metric-directions.js';

/** Lists the gates whose metric does not exist, so that a pipeline file can be refused before it runs. */
export function findGateProblems(gates: readonly Pick<GatePlan, 'metric'>[]): Problem[] {
  const known = Object.keys(metricDirections).join(', ');
  return gates
    .filter(({ metric }) => !isMetricName(metric))
    .map(({ metric }) => ({
      path: `gates.${metric}`,
      message: `gates.${metric} is not a metric; known are ${known}`,
    }));
}
