import { openReadOptions } from '../open-read-options.js';
import type { PipelinePlan } from '../pipeline-plan.js';

/** A plan over one file with everything at its least: two trials of one model, one at a time, no check and no gate. */
export function createPlan(change: Partial<PipelinePlan> = {}): PipelinePlan {
  return {
    name: 'example',
    file: null,
    params: {},
    sources: {
      source: {
        location: { kind: 'url', urls: ['https://user:secret@data.example/a.csv?token=secret'] },
        read: openReadOptions,
        sha256: null,
      },
    },
    validate: {
      rows: { min: null, max: null, onFail: 'stop' },
      columns: {},
      freshness: null,
      leakage: 'stop',
    },
    transform: [],
    derive: [],
    target: 'label',
    task: null,
    features: { defaults: {}, columns: {}, target: { transform: 'auto' } },
    split: {
      type: 'hash',
      train: 0.64,
      validation: 0.16,
      test: 0.2,
      seed: 0,
      key: [],
      stratify: false,
      folds: null,
    },
    models: ['mlp'],
    learning: { loss: null, objective: null, classWeights: 'none' },
    tune: {
      ...{ trials: 2, minutes: null, noImprovement: null, parallel: 1, seed: 0, epochs: 1 },
      ...{
        space: [],
        sampler: 'auto',
        order: { kind: 'arrival' },
        pruner: { kind: 'none' },
        rescore: 0,
      },
    },
    train: { epochs: null, ensemble: true, bagging: true, calibration: 'auto' },
    gates: [],
    deploy: { alias: 'champion' },
    ...change,
  };
}
