/** The steps of a pipeline in the order in which they run. */
export const stepNames = [
  'download',
  'validate',
  'transform',
  'prepare',
  'tune',
  'train',
  'evaluate',
  'register',
  'promote',
] as const;

export type StepName = (typeof stepNames)[number];
