import type { ModelSummary } from '../../registry/model-registry.js';
import type { ModelVersion } from '../../registry/model-version.js';
import { formatNumber } from './format-number.js';
import { renderTable } from './render-table.js';

type Aliases = ModelSummary['aliases'];

/** Models with their newest version and where their aliases point. */
export function renderModels(models: readonly ModelSummary[]): string[] {
  if (models.length === 0) return ['no models yet (make one: receta run pipeline.yaml)'];
  return renderTable(
    [{ title: 'model' }, { title: 'versions', align: 'right' }, { title: 'aliases' }],
    models.map(({ name, latestVersion, aliases }) => [
      name,
      String(latestVersion),
      aliases.map(({ alias, version }) => `${alias}=${version}`).join(' ') || '-',
    ]),
  );
}

/** Versions of one model, with all their held-out metrics. */
export function renderVersions(versions: readonly ModelVersion[], aliases: Aliases): string[] {
  const metrics = [...new Set(versions.flatMap((version) => Object.keys(version.metrics)))];
  return renderTable(
    [
      { title: 'version', align: 'right' },
      { title: 'created' },
      ...metrics.map((title) => ({ title, align: 'right' as const })),
      { title: 'aliases' },
      { title: 'run' },
    ],
    versions.map((version) => [
      String(version.version),
      version.createdAt.replace(/\.\d+Z$/, 'Z'),
      ...metrics.map((name) => toCell(version.metrics[name])),
      aliasesOf(version.version, aliases),
      version.runId,
    ]),
  );
}

function aliasesOf(version: number, aliases: Aliases): string {
  const names = aliases.filter((alias) => alias.version === version).map(({ alias }) => alias);
  return names.join(' ') || '-';
}

function toCell(value: number | undefined): string {
  return value === undefined ? '-' : formatNumber(value);
}
