import { trait } from './value-shapes.js';

/** Where a value stands. */
export interface ValuePlace {
  readonly file: string;
  readonly line: number | null;
  readonly value: string;
}

/** What all values of a column have in common, over all files read so far. */
export interface ColumnEvidence {
  /** Types that every value fits; all bits while there was none. */
  fits: number;
  /** What was seen of any value. */
  traits: number;
  infinite: number;
  /** Whole numbers that a double does not hold exactly. */
  beyondDouble: number;
  /** The value that made the column text, and how many rows before it were something else. */
  exception: {
    readonly place: ValuePlace;
    readonly rowsBefore: number;
    readonly fits: number;
  } | null;
}

const anyType = -1;

export function createEvidence(): ColumnEvidence {
  return { fits: anyType, traits: 0, infinite: 0, beyondDouble: 0, exception: null };
}

/** Whether any value was seen. */
export function hasValues({ fits }: ColumnEvidence): boolean {
  return fits !== anyType;
}

export function has(evidence: ColumnEvidence, name: keyof typeof trait): boolean {
  return (evidence.traits & trait[name]) !== 0;
}
