/**
 * What may stand under `models` in a pipeline file: the families at settings that fit a CPU, then `realmlp-td` and
 * `tabm-full`, the settings of the papers.
 */
export const modelNames = [
  'linear',
  'lightgbm',
  'mlp',
  'realmlp',
  'tabm',
  'realmlp-td',
  'tabm-full',
] as const;

export type ModelName = (typeof modelNames)[number];
