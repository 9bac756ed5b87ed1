import type { GatePlan, PipelinePlan, SourcePlan } from '../contract/pipeline-plan.js';
import type { PipelineFile } from './pipeline-schema.js';

/** Freezes a pipeline file, with its source resolved, into what a run is started with. */
export function toPlan(file: PipelineFile, source: SourcePlan): PipelinePlan {
  const gates: GatePlan[] = Object.entries(file.gates).map(([metric, bounds]) => ({
    metric,
    min: bounds.min ?? null,
    max: bounds.max ?? null,
  }));
  return {
    name: file.name,
    source,
    target: file.target,
    task: file.task ?? null,
    ignore: file.ignore,
    split: file.split,
    transform: file.transform ?? null,
    tune: file.tune,
    train: file.train,
    gates,
    deploy: file.deploy,
  };
}
