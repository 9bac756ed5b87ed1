import { join } from 'node:path';
import type { TransformDatasetInput, TransformDatasetResult } from '../contract/activities.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { runAttempt } from './run-attempt.js';
import { toSqlLimits } from './to-sql-limits.js';

/** Runs the pipeline's SELECT over the source; the same source and query always give the same bytes. */
export function transformDataset(
  deps: ActivityDependencies,
  input: TransformDatasetInput,
): Promise<TransformDatasetResult> {
  const { runId, dataset, sql, limits } = input;
  const toFacts = ({ table, rows, columns }: TransformDatasetResult) => ({
    artifacts: { table },
    metrics: { rows, columns },
  });
  return runAttempt(
    deps,
    { runId, step: 'transform', toFacts },
    async ({ folder, signal, log }) => {
      const sourcePath = join(folder, 'source');
      const outputPath = join(folder, 'table.parquet');
      await deps.artifacts.getFile(dataset, sourcePath, { signal });
      const { rows, columns } = await deps.engine.transform(
        { sourcePath, sql, outputPath },
        toSqlLimits(limits, signal),
      );
      log.info(`${rows} rows, columns ${columns.map(({ name }) => name).join(', ')}`);
      const table = await deps.artifacts.putFile(outputPath, 'application/vnd.apache.parquet', {
        signal,
      });
      return { table, rows, columns: columns.length };
    },
  );
}
