/** Ways in which a score can come out better than the model will ever be. */
export type LeakKind =
  /** One column tells the target by itself. */
  | 'target-in-column'
  /** A column that numbers the rows. */
  | 'row-number'
  /** Rows equal in all features stand on both sides of the split. */
  | 'shared-rows'
  /** The same person, device, ... stands on both sides of the split. */
  | 'shared-entity'
  /** A time later than the moment for which the row is predicted. */
  | 'later-time'
  /** Rows of different times are mixed by the split. */
  | 'time-order'
  /** A class that only the train part has. */
  | 'unmeasured-class';

export interface LeakFinding {
  readonly kind: LeakKind;
  /** `stop`: near to certain; `warn`: worth a look. */
  readonly severity: 'stop' | 'warn';
  readonly columns: readonly string[];
  /** What was measured: an AUC, an R2, a share; its meaning stands in the message. */
  readonly figure: number;
  /** One sentence: what was found and what to do. */
  readonly message: string;
}

export interface LeakageReport {
  readonly format: 'receta-leakage/1';
  /** False where the pipeline file has switched the checks off. */
  readonly checked: boolean;
  readonly findings: readonly LeakFinding[];
}
