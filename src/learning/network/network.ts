/** A feed-forward network as data: an encoder of the feature row, layers one after the other, an output. */
export interface NetworkSpec {
  /** Features a row. */
  readonly inputWidth: number;
  readonly encoder: InputEncoder;
  /** The last one is `dense`, or `member-heads` where there are members. */
  readonly layers: readonly Layer[];
  /**
   * `linear`: the scaled target; `sigmoid`: one unit, the second of two classes; `softmax`: a unit a class. Of members
   * the mean of the target or of probabilities answers.
   */
  readonly output: 'linear' | 'sigmoid' | 'softmax';
}

/**
 * What the first layer sees: the encoded numbers column by column, then the binaries, then an embedding of each index.
 * Positions count features of the row from 0.
 */
export interface InputEncoder {
  readonly numbers: readonly number[];
  readonly numberEncoding: NumberEncoding;
  readonly binaries: readonly number[];
  readonly indexes: readonly IndexInput[];
  /**
   * Whether numbers and binaries are first centered and scaled by the buffers `encoder.center` and `encoder.factor`,
   * then u / sqrt(1 + (u / 3)^2) (RealMLP's robust scaling with smooth clipping).
   */
  readonly robustClip: boolean;
}

export interface IndexInput {
  readonly position: number;
  /** Rows of the embedding table. */
  readonly cardinality: number;
  /** Numbers of an embedding. */
  readonly size: number;
}

export type NumberEncoding =
  | { readonly kind: 'plain' }
  /** PBLD (RealMLP): [cos(2 pi x w1 + b1) W2 + b2, x], `frequencies` cosines, `size` numbers beside x itself. */
  | { readonly kind: 'periodic'; readonly frequencies: number; readonly size: number }
  /**
   * PLE, version B (TabM): x w + b + sum over bins of PLE_t(x) V_t, `size` numbers. The edges of the bins are the buffer
   * `encoder.edges`, column after column; `bins` says how many bins each number has (at least 1).
   */
  | {
      readonly kind: 'piecewise-linear';
      readonly bins: readonly number[];
      readonly size: number;
    };

export type ActivationName = 'relu' | 'selu' | 'mish' | 'gelu' | 'tanh';

export type Layer =
  /** x W + b; `ntk`: x W / sqrt(inputs) + b. */
  | {
      readonly kind: 'dense';
      readonly units: number;
      readonly parameterization: 'standard' | 'ntk';
    }
  /** act(x); `parametric`: x + a (act(x) - x) with one learned a a unit (RealMLP). */
  | {
      readonly kind: 'activation';
      readonly activation: ActivationName;
      readonly parametric: boolean;
    }
  /** While training, zeroes each value with probability `rate` and scales the others up; at prediction nothing. */
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'batch-norm'; readonly momentum: number; readonly epsilon: number }
  | { readonly kind: 'layer-norm'; readonly epsilon: number }
  /** Each value times a learned number of its own. */
  | { readonly kind: 'scale' }
  /** From here on there are `count` copies of each row; each is multiplied by a learned vector of its own (TabM). */
  | { readonly kind: 'members'; readonly count: number }
  /** A linear layer of its own for each member. */
  | { readonly kind: 'member-heads'; readonly units: number };
