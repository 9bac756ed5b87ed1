import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PipelinePlan } from '../../src/contract/pipeline-plan.js';
import { parsePipelineObject } from '../../src/pipeline/parse-pipeline-object.js';
import { toPlan } from '../../src/pipeline/to-plan.js';
import type { World } from '../servers/create-world.js';

const penguinsPath = fileURLToPath(
  new URL('../../examples/01-penguins/penguins.csv', import.meta.url),
);

/** A plan over a local file, uploaded as the command line does it. */
async function planOver(
  world: World,
  path: string,
  pipeline: Readonly<Record<string, unknown>>,
): Promise<PipelinePlan> {
  const artifact = await world.client.putSource(path, 'text/csv');
  const file = parsePipelineObject({ source: 'uploaded.csv', ...pipeline });
  return toPlan(file, { kind: 'artifact', name: 'uploaded.csv', artifact });
}

/** A transform over slowTrainingCsv: DuckDB does not react to an interrupt while it compares two long strings. */
export const stubbornSql = `
  SELECT *, levenshtein(repeat(a::VARCHAR, 60000), repeat(b::VARCHAR, 60000)) AS slow FROM source`;

/** The penguins of the first example, with a study of two short trials. */
export function penguinsPlan(
  world: World,
  change: Readonly<Record<string, unknown>> = {},
): Promise<PipelinePlan> {
  return planOver(world, penguinsPath, {
    name: 'penguins',
    target: 'species',
    tune: { trials: 2, parallel: 2, epochs: 5 },
    train: { epochs: 30 },
    ...change,
  });
}

/** A plan over rows that a test makes up. */
export async function csvPlan(
  world: World,
  csv: string | Uint8Array,
  change: Readonly<Record<string, unknown>> = {},
): Promise<PipelinePlan> {
  const path = join(world.folder, 'rows.csv');
  await writeFile(path, csv);
  return planOver(world, path, {
    name: 'rows',
    target: 'y',
    tune: { trials: 1, parallel: 1, epochs: 2 },
    train: { epochs: 3 },
    ...change,
  });
}

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
