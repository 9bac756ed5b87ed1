import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PipelinePlan } from '../../src/contract/pipeline-plan.js';
import { parsePipelineFile } from '../../src/pipeline/parse-pipeline-file.js';
import { parsePipelineObject } from '../../src/pipeline/parse-pipeline-object.js';
import type { PipelineFile } from '../../src/pipeline/pipeline-schema.js';
import { toPlan } from '../../src/pipeline/to-plan.js';
import type { World } from '../servers/create-world.js';

const penguinsPath = fileURLToPath(
  new URL('../../examples/01-penguins/penguins.csv', import.meta.url),
);

/** A plan over a local file, uploaded as the command line does it, in place of the file's own sources. */
async function planOver(world: World, path: string, file: PipelineFile): Promise<PipelinePlan> {
  const name = basename(path);
  const artifact = await world.client.putSource(path, 'application/octet-stream');
  const sources = Object.entries(file.sources).map(([source, { read, sha256 }]) => [
    source,
    { location: { kind: 'artifacts', files: [{ name, artifact }] }, read, sha256 },
  ]);
  return toPlan(file, {
    sources: Object.fromEntries(sources),
    params: file.params,
    file: null,
    fixedRows: null,
  });
}

/** @param text of a pipeline file; its source is replaced by the table */
export function threeLinePlan(world: World, table: string, text: string): Promise<PipelinePlan> {
  return planOver(world, table, parsePipelineFile(text, { fileName: 'pipeline.yaml' }));
}

/** A transform over slowTrainingCsv: DuckDB does not react to an interrupt while it compares two long strings. */
export const stubbornSql = `
  SELECT *, levenshtein(repeat(a::VARCHAR, 60000), repeat(b::VARCHAR, 60000)) AS slow FROM source`;

/** The penguins of the first example, with a study of two short trials of one model. */
export function penguinsPlan(
  world: World,
  change: Readonly<Record<string, unknown>> = {},
): Promise<PipelinePlan> {
  const file = parsePipelineObject({
    name: 'penguins',
    source: 'penguins.csv',
    target: 'species',
    models: 'mlp',
    tune: { trials: 2, parallel: 2, epochs: 5 },
    train: { epochs: 30 },
    ...change,
  });
  return planOver(world, penguinsPath, file);
}

/** A plan over rows that a test makes up. */
export async function csvPlan(
  world: World,
  csv: string | Uint8Array,
  change: Readonly<Record<string, unknown>> = {},
): Promise<PipelinePlan> {
  const path = join(world.folder, 'rows.csv');
  await writeFile(path, csv);
  const file = parsePipelineObject({
    name: 'rows',
    source: 'rows.csv',
    target: 'y',
    models: 'mlp',
    tune: { trials: 1, parallel: 1, epochs: 2 },
    train: { epochs: 3 },
    ...change,
  });
  return planOver(world, path, file);
}

/** A network whose epochs take a good part of a second, so that there is time to interrupt its training. */
export const slowModel = { layers: [6], width: [256], batchSize: [64] } as const;

/**
 * A noisy regression whose training takes long and keeps improving, so that there is time to interrupt it.
 *
 * @param rows of two features
 */
export function slowTrainingCsv(rows: number): string {
  const lines = ['a,b,y'];
  for (let row = 0; row < rows; row += 1) {
    const a = ((row * 7919) % 10_007) / 10_007;
    const b = ((row * 104_729) % 15_013) / 15_013;
    const y = Math.sin(20 * a) * Math.cos(17 * b) + 0.1 * (((row * 31) % 101) / 101);
    lines.push(`${a.toFixed(6)},${b.toFixed(6)},${y.toFixed(6)}`);
  }
  return `${lines.join('\n')}\n`;
}
