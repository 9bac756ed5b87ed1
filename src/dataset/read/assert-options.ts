import type { ReadOptions, SourceFormat } from '../../contract/pipeline-plan.js';
import { sourceError } from './source-error.js';

/** Options that say nothing of files of a format. */
const foreignOptions: Readonly<Record<SourceFormat, readonly (keyof ReadOptions)[]>> = {
  csv: [],
  json: ['delimiter', 'quote', 'header', 'columns', 'decimal'],
  parquet: [
    ...(['delimiter', 'quote', 'header', 'columns', 'decimal'] as const),
    ...(['encoding', 'nulls', 'datetimeFormat', 'types'] as const),
  ],
};

/**
 * An option that does not belong to the format that the files turned out to have would do nothing.
 *
 * @throws RecetaError `source-unreadable` naming the option
 */
export function assertOptions(read: ReadOptions, format: SourceFormat, fileName: string): void {
  const option = foreignOptions[format].find((key) => {
    const value = read[key];
    return value !== null && (key !== 'types' || Object.keys(read.types).length > 0);
  });
  if (option === undefined) return;
  const message = `\`${option}\` says nothing of a ${format} file; leave it out, or convert in the transform`;
  throw sourceError('source-unreadable', fileName, { message });
}
