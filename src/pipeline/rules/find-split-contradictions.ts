import { columnsWithRole } from '../columns-with-role.js';
import type { PipelineFields } from '../pipeline-fields.js';
import { decideSplitType } from '../split-problems.js';
import type { Contradiction } from './contradiction.js';

/** A split may lean on the roles of columns, and never on the target. */
export function findSplitContradictions({
  split,
  target,
  features,
}: PipelineFields): readonly Contradiction[] {
  const found: Contradiction[] = [];
  const report = (key: string | readonly (string | number)[], message: string) =>
    found.push({ path: ['split', ...(typeof key === 'string' ? [key] : key)], message });
  const type = decideSplitType(split);
  const isTarget = `is the target ${JSON.stringify(target)}, wanted another column`;
  if (split.by === target) report('by', isTarget);
  if (split.column === target) report('column', isTarget);
  split.key?.forEach((column, index) => {
    if (column === target) report(['key', index], isTarget);
  });
  if (type === 'time' && split.by === undefined && columnsWithRole(features, 'time').length === 0) {
    report(
      'by',
      'is missing, wanted the column with the time, or the role time for one in features.columns',
    );
  }
  const keys = columnsWithRole(features, 'key', 'group');
  if (type === 'hash' && split.stratify === true && split.key === undefined && keys.length > 0) {
    const message = `is true, and rows that share ${keys.join(', ')} stay together, whatever their class; give key: [] to divide single rows`;
    report('stratify', message);
  }
  return found;
}
