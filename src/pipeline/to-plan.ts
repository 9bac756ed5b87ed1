import type { ArtifactRef } from '../contract/artifact-ref.js';
import type {
  GatePlan,
  ParamValue,
  PipelinePlan,
  QueryPlan,
  SourcePlan,
} from '../contract/pipeline-plan.js';
import { defaultQueryName } from './defaults.js';
import { toLearningPlan } from './learning-schema.js';
import type { PipelineFile } from './pipeline-schema.js';
import { toFeaturePlan } from './to-feature-plan.js';
import { toSplitPlan } from './to-split-plan.js';
import { toTunePlan } from './to-tune-plan.js';
import { toValidatePlan } from './to-validate-plan.js';

/** What a pipeline file leaves open until a run starts. */
export interface PlanParts {
  /** Resolved places, by the names of the file. */
  readonly sources: Readonly<Record<string, SourcePlan>>;
  /** Values of all parameters, as resolveParams answers them. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** The pipeline file as it was written; `null`: there was none. */
  readonly file: ArtifactRef | null;
  /** FixedRows, where `split.rows` is given. */
  readonly fixedRows: ArtifactRef | null;
}

/** Freezes a pipeline file, with its sources resolved, into what a run is started with. */
export function toPlan(file: PipelineFile, parts: PlanParts): PipelinePlan {
  const { sources, params, file: written, fixedRows } = parts;
  return {
    name: file.name,
    file: written,
    params,
    sources,
    validate: toValidatePlan(file.validate),
    transform: toQueries(file.transform),
    derive: Object.entries(file.derive).map(([name, expression]) => ({ name, expression })),
    target: file.target,
    task: file.task ?? null,
    features: toFeaturePlan(file),
    split: toSplitPlan(file, fixedRows),
    models: file.models,
    learning: toLearningPlan(file.learning),
    tune: toTunePlan(file),
    train: { ...file.train, epochs: file.train.epochs ?? null },
    gates: Object.entries(file.gates).map(
      ([metric, { min = null, max = null }]): GatePlan => ({ metric, min, max }),
    ),
    deploy: file.deploy,
  };
}

function toQueries(transform: PipelineFile['transform']): QueryPlan[] {
  if (transform === undefined) return [];
  const queries = typeof transform === 'string' ? { [defaultQueryName]: transform } : transform;
  return Object.entries(queries).map(([name, sql]) => ({ name, sql }));
}
