import { z } from 'zod';
import type { LearningPlan, LossPlan, ObjectiveName } from '../contract/training-plan.js';
import { defaultLearning } from './defaults.js';
import { fraction, wantedSection } from './fields.js';

const losses = [
  'squared',
  'absolute',
  'huber',
  'quantile',
  'cross-entropy',
] as const satisfies LossPlan['kind'][];
const objectives = [
  'logLoss',
  'accuracy',
  'rocAuc',
  'rmse',
  'mae',
  'pinball',
] as const satisfies ObjectiveName[];

const wantedDelta = 'a number above 0';

export const learningSchema = z
  .strictObject(
    {
      loss: z
        .enum(losses, { error: losses.join(', ') })
        .exactOptional()
        .describe(
          'What training makes small; unset: squared for numbers, cross-entropy for classes',
        ),
      delta: z
        .number({ error: wantedDelta })
        .gt(0, wantedDelta)
        .exactOptional()
        .describe(
          'Error from which `huber` grows in a straight line, in standard deviations of the target; unset: 1',
        ),
      quantile: fraction
        .exactOptional()
        .describe('Which quantile is learned instead of the mean; for the loss `quantile`'),
      objective: z
        .enum(objectives, { error: objectives.join(', ') })
        .exactOptional()
        .describe('What decides between epochs, trials and models; unset: that of the loss'),
      classWeights: z
        .enum(['none', 'balanced'], { error: 'none or balanced' })
        .default(defaultLearning.classWeights)
        .describe('`balanced`: in training, rows of rare classes count more'),
    },
    { error: wantedSection },
  )
  .superRefine(({ loss, delta, quantile, objective }, context) => {
    const report = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    if (delta !== undefined && loss !== 'huber') report('delta', 'is for the loss huber');
    if (quantile !== undefined && loss !== 'quantile')
      report('quantile', 'is for the loss quantile');
    if (quantile === undefined && loss === 'quantile') {
      report('quantile', 'is missing, wanted a number above 0 and below 1, such as 0.9');
    }
    if (objective === 'pinball' && loss !== 'quantile') {
      report('objective', 'is pinball, which is for the loss quantile');
    }
  });

export type LearningFields = z.output<typeof learningSchema>;

/** Spells out what a section `learning` leaves open. */
export function toLearningPlan(fields: LearningFields): LearningPlan {
  const { objective = null, classWeights } = fields;
  return { loss: toLossPlan(fields), objective, classWeights };
}

function toLossPlan({ loss, delta, quantile }: LearningFields): LossPlan | null {
  switch (loss) {
    case undefined:
      return null;
    case 'huber':
      return { kind: loss, delta: delta ?? defaultLearning.delta };
    case 'quantile':
      // The schema wants it with this loss.
      return { kind: loss, alpha: quantile as number };
    default:
      return { kind: loss };
  }
}
