import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { functionProblems } from './functions.js';
import { loadTableProblem, tableNames } from './load-table-problem.js';
import type { TuningProblem } from './tuning-problem.js';

const parts = ['regret', 'workers', 'suggestions'] as const;
export type TuningPart = (typeof parts)[number];

export interface TuningOptions {
  readonly problems: readonly TuningProblem[];
  readonly parts: readonly TuningPart[];
  /** Studies a problem and side. */
  readonly seeds: number;
  readonly withPeers: boolean;
}

const usage = `Usage: npm run bench -- tuning [--parts ${parts.join(',')}] [--problems branin,hpolib-slice] [--seeds 30]
  [--quick] [--no-peers]
RECETA_BENCH_DATA names the folder of the tables: hpo/ in it holds those of hyperparameters.
--quick: five seeds`;

/** Reads the command line; throws a plain Error that says how the bench is called. */
export function parseTuningOptions(args: readonly string[]): TuningOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ parts: { type: 'string' }, problems: { type: 'string' }, seeds: { type: 'string' } },
      ...{ quick: { type: 'boolean' }, 'no-peers': { type: 'boolean' } },
    },
  });
  const folder = join(process.env.RECETA_BENCH_DATA ?? '', 'hpo');
  if (!existsSync(folder)) throw new Error(`There are no hyperparameter tables.\n${usage}`);
  const seeds = values.seeds === undefined ? (values.quick ? 5 : 30) : Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 2) throw new Error(`Seeds are at least 2.\n${usage}`);
  const functions = functionProblems();
  const names = values.problems?.split(',') ?? [
    ...functions.map(({ name }) => name),
    ...tableNames,
  ];
  return {
    problems: names.map((name) => {
      const found = functions.find((problem) => problem.name === name);
      if (found !== undefined) return found;
      if (tableNames.some((table) => table === name)) return loadTableProblem(folder, name);
      const known = [...functions.map((problem) => problem.name), ...tableNames].join(', ');
      throw new Error(`There is no problem ${name}; there are ${known}.\n${usage}`);
    }),
    parts: values.parts?.split(',').map(findPart) ?? parts,
    seeds,
    withPeers: values['no-peers'] !== true,
  };
}

function findPart(name: string): TuningPart {
  const found = parts.find((part) => part === name);
  if (found !== undefined) return found;
  throw new Error(`There is no part ${name}; there are ${parts.join(', ')}.\n${usage}`);
}
