/** Gives the i-th number of a parameter; called once for each, in order. */
export type InitRule = (i: number) => number;
