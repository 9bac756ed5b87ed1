import { RecetaError } from '../../contract/errors.js';
import type { RunRecord } from '../../contract/run-record.js';

const wantedVersion = '2.21.0';

/**
 * Checks in the record of a run that every training really ran on the native TensorFlow library.
 *
 * @throws RecetaError `backend-unavailable`
 */
export function assertTensorflow(record: RunRecord): void {
  const trainings = record.attempts.filter(
    ({ step, trial, outcome }) => (trial !== null || step === 'train') && outcome === 'succeeded',
  );
  const backends = trainings.map(({ backend }) => backend);
  const isWanted = (backend: (typeof backends)[number]) =>
    backend?.name === 'tensorflow' && backend.tensorflowVersion === wantedVersion;
  if (trainings.some(({ step }) => step === 'train') && backends.every(isWanted)) return;
  const found = backends.map((backend) => `${backend?.name} ${backend?.tensorflowVersion ?? ''}`);
  throw new RecetaError(
    'backend-unavailable',
    `the demo is to train on TensorFlow ${wantedVersion} through tfjs-node, and the run ${record.runId} trained on ` +
      `${[...new Set(found)].join(', ').trim() || 'nothing'}; unset RECETA_BACKEND and run \`npm run setup\``,
  );
}
