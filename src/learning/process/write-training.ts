import { join } from 'node:path';
import { toCanonicalJson } from '../../artifacts/canonical-json.js';
import { encodeSafetensors } from '../../artifacts/safetensors.js';
import { writeFileAtomically } from '../../artifacts/write-file-atomically.js';
import { RecetaError } from '../../contract/errors.js';
import type { TrainingBackend } from '../../contract/run-record.js';
import type { TrainedFamily } from './family-trainer.js';
import type { TrainingResult } from './training-job.js';

/** Writes the weights of the best epoch and what they answer for the validation part; answers both paths. */
export async function writeTraining(
  folder: string,
  { weights, predictions }: Pick<TrainedFamily, 'weights' | 'predictions'>,
  validationRows: number,
): Promise<Pick<TrainingResult, 'weights' | 'predictions'>> {
  const outputs = predictions.length / validationRows;
  if (!Number.isInteger(outputs) || outputs === 0 || !predictions.every(Number.isFinite)) {
    throw new RecetaError(
      'internal',
      `Ending a training: its ${predictions.length} answers for ${validationRows} validation rows are not finite or too few.`,
    );
  }
  const paths = {
    weights: join(folder, 'weights.safetensors'),
    predictions: join(folder, 'predictions.safetensors'),
  };
  const p = { dtype: 'F32', shape: [validationRows, outputs], data: predictions } as const;
  await writeFileAtomically(paths.weights, [encodeSafetensors(weights)]);
  await writeFileAtomically(paths.predictions, [encodeSafetensors({ p })]);
  return paths;
}

/**
 * A training that ran on anything but what was announced would be kept under a wrong platform.
 *
 * @throws RecetaError `backend-unavailable`
 */
export function assertBackend(expected: TrainingBackend, found: TrainingBackend): void {
  if (toCanonicalJson(expected) === toCanonicalJson(found)) return;
  throw new RecetaError(
    'backend-unavailable',
    `Ending a training: it was to run on ${describe(expected)} and ran on ${describe(found)}. ` +
      'Run `npm run setup`, and see `receta doctor`.',
  );
}

function describe({ name, versions, threads }: TrainingBackend): string {
  const libraries = Object.entries(versions).map(([library, version]) => ` ${library} ${version}`);
  return `${name}${libraries.join()} with ${threads} thread${threads === 1 ? '' : 's'}`;
}
