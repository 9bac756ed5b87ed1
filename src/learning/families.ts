import type { ModelName } from '../contract/model-names.js';
import { lightgbmFamily } from './families/lightgbm/lightgbm-family.js';
import { linearFamily } from './families/linear/linear-family.js';
import { mlpFamily } from './families/mlp/mlp-family.js';
import { realmlpFamily } from './families/realmlp/realmlp-family.js';
import { tabmFamily } from './families/tabm/tabm-family.js';
import type { ModelFamily } from './family.js';

const families: Readonly<Record<ModelName, ModelFamily>> = {
  linear: linearFamily,
  lightgbm: lightgbmFamily,
  mlp: mlpFamily,
  realmlp: realmlpFamily('realmlp'),
  tabm: tabmFamily('tabm'),
  'realmlp-td': realmlpFamily('realmlp-td'),
  'tabm-full': tabmFamily('tabm-full'),
};

/** Everything about a model that is no training and no prediction; loads no library. */
export function familyOf(name: ModelName): ModelFamily {
  return families[name];
}
