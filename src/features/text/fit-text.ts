import type { TextOptions } from '../../contract/feature-plan.js';
import type { TextColumn } from '../column-table.js';
import { type FittedValues, noValues, oneValue } from '../fitted-values.js';
import { countLabels } from '../labels.js';

const usualBuckets = 64;
const usualNgrams = { word: 2, character: 3 } as const;

/** Hashing knows no levels: only whether there is more than one text is learned from the train part. */
export function fitText(name: string, column: TextColumn, options: TextOptions): FittedValues {
  const counts = countLabels(column);
  const knownRows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const unit = options.unit ?? 'word';
  const useless = counts.size === 0 ? noValues : counts.size === 1 ? oneValue : null;
  return {
    encoding: {
      kind: 'text',
      name,
      column: column.kind,
      buckets: useless === null ? (options.buckets ?? usualBuckets) : 0,
      ngrams: options.ngrams ?? usualNgrams[unit],
      unit,
      missing: knownRows < column.codes.length,
    },
    useless,
  };
}
