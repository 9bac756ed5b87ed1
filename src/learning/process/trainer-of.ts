import type { ModelName } from '../../contract/model-names.js';
import type { FamilyTrainer } from './family-trainer.js';

/** Loaded on demand, so that a training process holds the library that it needs and no other. */
const loaders: Readonly<Record<ModelName, () => Promise<FamilyTrainer>>> = {
  linear: loadLinear,
  lightgbm: loadLightgbm,
  mlp: loadMlp,
  realmlp: loadRealmlp,
  tabm: loadTabm,
  'realmlp-td': loadRealmlp,
  'tabm-full': loadTabm,
};

/** Loads the trainer of a model into this process. */
export function loadTrainer(name: ModelName): Promise<FamilyTrainer> {
  return loaders[name]();
}

async function loadLinear(): Promise<FamilyTrainer> {
  return (await import('../families/linear/train-linear.js')).trainLinear;
}

async function loadLightgbm(): Promise<FamilyTrainer> {
  return (await import('../families/lightgbm/train-lightgbm.js')).trainLightgbm;
}

async function loadMlp(): Promise<FamilyTrainer> {
  return (await import('../families/mlp/train-mlp.js')).trainMlp;
}

async function loadRealmlp(): Promise<FamilyTrainer> {
  return (await import('../families/realmlp/train-realmlp.js')).trainRealmlp;
}

async function loadTabm(): Promise<FamilyTrainer> {
  return (await import('../families/tabm/train-tabm.js')).trainTabm;
}
