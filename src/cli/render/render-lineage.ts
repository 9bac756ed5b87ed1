import type { LineageEntry, ModelLineage, RunLineage } from '../../lineage/lineage-graph.js';
import { formatBytes } from './format-bytes.js';
import { renderDigest } from './render-digest.js';
import { renderTable } from './render-table.js';

/** A model version, the run that registered it, and what that run read. */
export function renderModelLineage({ model, version, modelSha256, run }: ModelLineage): string[] {
  return [
    `model ${model} version ${version}, sha256 ${modelSha256}`,
    `registered by run ${run.runId}`,
    ...renderOrigins(run),
  ];
}

/** A run, what it read and what it registered. */
export function renderRunLineage(run: RunLineage): string[] {
  const { model } = run;
  return [
    `run ${run.runId} ${run.outcome}, started ${run.startedAt}`,
    ...(model === null ? [] : [`model ${model.model} version ${model.version}`]),
    ...renderOrigins(run),
  ];
}

/** Runs that used or made certain bytes, and the versions that came of them. */
export function renderUses(sha256: string, uses: readonly LineageEntry[]): string[] {
  return [
    `sha256 ${sha256}`,
    '',
    ...renderTable(
      [{ title: 'run' }, { title: 'outcome' }, { title: 'model' }, { title: 'as' }],
      uses.map(({ runId, outcome, model, as }) => [
        runId,
        outcome,
        model === null ? '-' : `${model.model} version ${model.version}`,
        as,
      ]),
    ),
  ];
}

function renderOrigins({ pipeline, pipelineFile, params, data, code }: RunLineage): string[] {
  const given = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  const modules = Object.keys(code);
  return [
    `pipeline ${pipeline}, file sha256 ${pipelineFile?.sha256 ?? 'not kept'}`,
    ...(given.length === 0 ? [] : [`with ${given.join(', ')}`]),
    `code: ${modules.length} modules and packages (--json lists their digests)`,
    '',
    ...renderTable(
      [
        { title: 'source' },
        { title: 'file' },
        { title: 'size', align: 'right' },
        { title: 'sha256' },
      ],
      data.map(({ source, name, sizeBytes, sha256 }) => [
        source,
        name,
        formatBytes(sizeBytes),
        renderDigest(sha256),
      ]),
    ),
  ];
}
