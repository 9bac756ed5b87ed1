/** Custom search attributes of runs; registered when the embedded stack starts. */
export const searchAttributes = {
  pipeline: { name: 'RecetaPipeline', type: 'KEYWORD' },
  step: { name: 'RecetaStep', type: 'KEYWORD' },
  outcome: { name: 'RecetaOutcome', type: 'KEYWORD' },
  model: { name: 'RecetaModel', type: 'KEYWORD' },
  dataset: { name: 'RecetaDataset', type: 'KEYWORD' },
  metric: { name: 'RecetaMetric', type: 'DOUBLE' },
} as const;
