import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { ParamValue } from '../contract/pipeline-plan.js';
import type { ModelVersionRef, RunOutcome } from '../contract/run-status.js';
import { type DataFile, listDataFiles } from './list-data-files.js';
import type { RunFacts } from './run-facts.js';

/** Where a run's results come from. */
export interface RunLineage {
  readonly runId: string;
  readonly pipeline: string;
  readonly startedAt: string;
  readonly outcome: RunOutcome;
  /** The version that it registered, or found registered. */
  readonly model: ModelVersionRef | null;
  /** The pipeline file as it was written; `null` where there was none. */
  readonly pipelineFile: ArtifactRef | null;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Digest of the list of everything that was read. */
  readonly datasetSha256: string | null;
  readonly data: readonly DataFile[];
  /** sha256 of each module and package that implements the steps. */
  readonly code: Readonly<Record<string, string>>;
}

/** Where a model version comes from: the run that registered it. */
export interface ModelLineage extends ModelVersionRef {
  readonly modelSha256: string;
  readonly run: RunLineage;
}

/** That a run used or made certain bytes; one object of the index. */
export interface LineageEntry {
  readonly format: 'receta-lineage/1';
  readonly sha256: string;
  /** What the bytes are to the run, e.g. `file trips-2019-03.csv of source trips`, `table`. */
  readonly as: string;
  readonly runId: string;
  readonly pipeline: string;
  readonly startedAt: string;
  readonly outcome: RunOutcome;
  readonly model: ModelVersionRef | null;
}

/** Artifacts that somebody may hold and ask about; what lies between them is found through the run. */
const indexedArtifacts = ['dataset', 'table', 'model', 'evaluationReport'] as const;

export function toRunLineage({ record, manifest, keyParts }: RunFacts): RunLineage {
  const { runId, pipeline, startedAt, outcome, model, plan, artifacts } = record;
  return {
    runId,
    pipeline,
    startedAt,
    outcome,
    model,
    pipelineFile: plan.file,
    params: plan.params,
    datasetSha256: artifacts.dataset?.sha256 ?? null,
    data: listDataFiles(manifest),
    code: Object.assign({}, ...keyParts.map(({ code }) => code)),
  };
}

/** Index entries of a finished run, one for each digest that leads to it. */
export function toLineageEntries({
  record,
  manifest,
}: Pick<RunFacts, 'record' | 'manifest'>): readonly LineageEntry[] {
  const { runId, pipeline, startedAt, outcome, model, plan, artifacts } = record;
  const found = new Map<string, string>();
  const add = (sha256: string | undefined, as: string): void => {
    if (sha256 !== undefined && !found.has(sha256)) found.set(sha256, as);
  };
  for (const { source, name, sha256 } of listDataFiles(manifest)) {
    add(sha256, `file ${name} of source ${source}`);
  }
  add(plan.file?.sha256, 'pipeline file');
  for (const name of indexedArtifacts) add(artifacts[name]?.sha256, name);
  const run = { runId, pipeline, startedAt, outcome, model };
  return [...found].map(([sha256, as]) => ({ format: 'receta-lineage/1', sha256, as, ...run }));
}
