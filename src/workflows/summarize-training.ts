import type { ModelMember, TrainModelResult } from '../contract/activities.js';
import type { TrainingBackend } from '../contract/run-record.js';

const shownModels = 4;

/**
 * Says in one line what the final model is, what it scores on validation rows, and which library trained each part, e.g.
 * `ensemble of 3: 0.0832 (best trial 0.0841): lightgbm 0.50 (LightGBM 4.7.0), tabm 0.30, mlp 0.20 (tfjs-node on
 * TensorFlow 2.21.0)`.
 */
export function summarizeTraining(trained: TrainModelResult): string {
  const { kind, value, bestTrialValue, members, calibration } = trained;
  const shares = sumShares(members);
  const name = {
    single: shares[0]?.model ?? 'model',
    bag: `bag of ${members.length}`,
    ensemble: `ensemble of ${countTrials(members)}`,
  }[kind];
  const calibrated = calibration === 'none' ? '' : `, ${calibration} calibration`;
  const scores = `${value.toPrecision(4)} (best trial ${bestTrialValue.toPrecision(4)})`;
  return `${name}: ${scores}${calibrated}: ${describeShares(shares, kind)}`;
}

interface Share {
  readonly model: string;
  readonly library: string;
  readonly weight: number;
}

/** Of each model with its library, the largest first. */
function sumShares(members: readonly ModelMember[]): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const { model, backend, weight } of members) {
    const library = describeLibrary(backend);
    const key = `${model} ${library}`;
    const before = shares.get(key)?.weight ?? 0;
    shares.set(key, { model, library, weight: before + weight });
  }
  return [...shares.values()].sort((a, b) => b.weight - a.weight);
}

/** A library is named behind the last of its models that are shown. */
function describeShares(shares: readonly Share[], kind: TrainModelResult['kind']): string {
  const shown = shares.slice(0, shownModels);
  const texts = shown.map(({ model, library, weight }, index) => {
    const isLast = !shown.slice(index + 1).some((other) => other.library === library);
    const share = kind === 'ensemble' ? ` ${weight.toFixed(2)}` : '';
    return `${model}${share}${isLast ? ` (${library})` : ''}`;
  });
  const left = shares.length - shown.length;
  return [...texts, ...(left > 0 ? [`${left} more`] : [])].join(', ');
}

/** Models of several folds with the same settings count once. */
function countTrials(members: readonly ModelMember[]): number {
  return new Set(members.map(({ trial }) => trial)).size;
}

function describeLibrary({ name, versions }: TrainingBackend): string {
  switch (name) {
    case 'tensorflow':
      return `tfjs-node on TensorFlow ${versions.tensorflow}`;
    case 'wasm':
      return `tfjs ${versions.tfjs} on wasm`;
    case 'lightgbm':
      return `LightGBM ${versions.lightgbm}`;
    case 'receta':
      return 'Receta';
  }
}
