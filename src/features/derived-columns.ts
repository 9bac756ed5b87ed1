import { RecetaError } from '../contract/errors.js';
import type { DerivedColumn } from '../contract/feature-plan.js';
import type { ColumnTable } from './column-table.js';
import type { ColumnEncoding } from './feature-program.js';

/**
 * The derived columns that the program needs: those that became features, and those that these are computed from.
 *
 * @throws RecetaError pipeline-invalid when one is computed from the target, or from a column that is not in the table
 */
export function selectDerived(
  table: ColumnTable,
  program: {
    readonly columns: readonly ColumnEncoding[];
    readonly target: string;
    readonly derived: readonly DerivedColumn[];
  },
): DerivedColumn[] {
  const byName = new Map(program.derived.map((derived) => [derived.name, derived]));
  const needed = new Set<string>();
  const need = (name: string): void => {
    const derived = byName.get(name);
    if (derived === undefined || needed.has(name)) return;
    needed.add(name);
    for (const input of derived.inputs) {
      if (input.name === program.target) throw readsTarget(name, input.name);
      if (!table.columns.has(input.name)) throw readsAbsent(name, input.name, table);
      need(input.name);
    }
  };
  for (const { name } of program.columns) need(name);
  return program.derived.filter(({ name }) => needed.has(name));
}

function readsTarget(name: string, target: string): RecetaError {
  const message =
    `cannot build features: derived column ${name} is computed from the target ${target}, which is not known when ` +
    'predicting; take it out of the expression, or set its role to ignored';
  return new RecetaError('pipeline-invalid', message, {
    problems: [{ path: `derive.${name}`, message: `is computed from the target ${target}` }],
  });
}

function readsAbsent(name: string, input: string, table: ColumnTable): RecetaError {
  const message =
    `cannot build features: derived column ${name} is computed from ${input}, which cannot be sent with a ` +
    `prediction; columns are ${[...table.columns.keys()].join(', ')}`;
  return new RecetaError('pipeline-invalid', message, {
    problems: [{ path: `derive.${name}`, message: `is computed from ${input}` }],
  });
}
