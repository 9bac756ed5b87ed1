import { RecetaError } from '../../contract/errors.js';
import type { RunRecord, TrainingBackend } from '../../contract/run-record.js';

const wantedVersion = '2.21.0';

/**
 * Checks in the record of a run that it trained networks, and that each really ran on the native TensorFlow library.
 *
 * @throws RecetaError `backend-unavailable`
 */
export function assertTensorflow(record: RunRecord): void {
  const networks = record.attempts.flatMap(({ trial, outcome, backend }) =>
    trial !== null && outcome === 'succeeded' && isNetworkBackend(backend) ? [backend] : [],
  );
  const others = networks.filter(
    ({ name, versions }) => name !== 'tensorflow' || versions.tensorflow !== wantedVersion,
  );
  if (others.length === 0 && (networks.length > 0 || isTakenOver(record))) return;
  const found = others.map(({ name, versions }) => `${name} ${versions.tensorflow ?? ''}`.trim());
  throw new RecetaError(
    'backend-unavailable',
    `the demo is to train networks on TensorFlow ${wantedVersion} through tfjs-node, and the run ${record.runId} trained ` +
      `them on ${[...new Set(found)].join(', ') || 'nothing'}; unset RECETA_BACKEND and run \`npm run setup\``,
  );
}

/** The trials of such a study were looked at when they ran. */
function isTakenOver({ progress }: RunRecord): boolean {
  return progress.steps.some(({ name, cache }) => name === 'tune' && cache?.state === 'hit');
}

function isNetworkBackend(backend: TrainingBackend | null): backend is TrainingBackend {
  return backend?.name === 'tensorflow' || backend?.name === 'wasm';
}
