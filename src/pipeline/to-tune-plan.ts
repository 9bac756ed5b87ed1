import type { TunePlan } from '../contract/pipeline-plan.js';
import type { StudyOrder } from '../contract/study-order.js';
import { defaultRescore, defaultTune } from './defaults.js';
import type { PipelineFile } from './pipeline-schema.js';
import { toPrunerPlan } from './pruner-schema.js';
import { toParameterRange } from './space-schema.js';

/** Freezes what a pipeline file says of its study; the window does not follow a later change of `parallel`. */
export function toTunePlan({ tune, reproducible }: PipelineFile): TunePlan {
  const { trials, parallel, seed, sampler } = tune;
  const best = trials >= defaultRescore.fromTrials ? defaultRescore.best : 0;
  return {
    ...{ trials, parallel, seed, sampler },
    minutes: tune.minutes ?? null,
    noImprovement: tune.noImprovement ?? null,
    pruner: toPrunerPlan(tune.pruner),
    order: toOrder(tune.order ?? (reproducible ? 'fixed' : defaultTune.order), tune),
    rescore: tune.rescore ?? best,
    epochs: tune.epochs ?? null,
    space: Object.entries(tune.space).map(([name, entry]) => toParameterRange(name, entry)),
  };
}

function toOrder(
  kind: StudyOrder['kind'],
  { window, parallel }: Pick<PipelineFile['tune'], 'window' | 'parallel'>,
): StudyOrder {
  return kind === 'arrival' ? { kind } : { kind, window: window ?? 2 * parallel };
}
