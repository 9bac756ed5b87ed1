import type { ModelMember } from '../contract/activities.js';
import type { ExplainedReport } from './evaluation-report.js';

/** Everything that a model card tells. */
export interface ModelCardFacts {
  /** Digests of model document and test part, so that the card can be told from others. */
  readonly modelSha256: string;
  readonly testSha256: string;
  readonly target: CardTarget;
  readonly kind: 'single' | 'bag' | 'ensemble';
  readonly calibration: 'none' | 'temperature' | 'isotonic';
  /** Objective of the model on validation rows, by which it was chosen. */
  readonly value: number;
  readonly members: readonly CardMember[];
  /** Columns that a request must hold, then those that are not looked at. */
  readonly inputs: readonly CardInput[];
  /** Columns computed from others. */
  readonly derived: readonly { readonly name: string; readonly expression: string }[];
  readonly report: ExplainedReport;
}

export type CardTarget =
  | {
      readonly task: 'classification';
      readonly name: string;
      readonly classes: readonly string[];
      /** Shares of the classes in the train part. */
      readonly priors: readonly number[];
    }
  | {
      readonly task: 'regression';
      readonly name: string;
      readonly transform: string;
      /** Range of the train part. */
      readonly min: number;
      readonly max: number;
    };

export interface CardMember extends ModelMember {
  /** One sentence on its family. */
  readonly title: string;
  /** Paper or library that the family comes from. */
  readonly source: string;
  /** Largest shares of its features by its own measure; `null`: it has none. */
  readonly importance: Readonly<Record<string, number>> | null;
}

export interface CardInput {
  readonly name: string;
  readonly kind: string;
  readonly required: boolean;
}
