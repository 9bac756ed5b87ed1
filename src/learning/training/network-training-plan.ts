import type { LossPlan } from '../../contract/training-plan.js';
import type { NetworkSpec } from '../network/network.js';
import type { ParameterRole } from '../network/parameter-layout.js';

/** Share of a setting that counts at progress t in [0, 1] of a training. */
export type ScheduleName =
  | 'constant'
  /** (1 + cos(pi t)) / 2 */
  | 'cosine'
  /** up in a line over the first 5 %, then cosine down to 0 (mlp) */
  | 'warm-cosine'
  /** (1 - cos(2 pi log2(1 + 15 t))) / 2 (RealMLP) */
  | 'coslog4'
  /** 1 until t = 1/2, then cosine down to 0 (RealMLP's weight decay and dropout) */
  | 'flat-cosine'
  /** up over the first 30 %, then cosine down to 0 (Smith 2018) */
  | 'one-cycle'
  /** halved whenever the objective has not improved for `plateauPatience` epochs */
  | 'plateau';

export type OptimizerPlan =
  | {
      readonly kind: 'adam' | 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    }
  | { readonly kind: 'sgd'; readonly momentum: number };

/** Everything that decides how a network learns, beside data and seed. */
export interface NetworkTrainingPlan {
  readonly network: NetworkSpec;
  readonly loss: LossPlan;
  /** Share of the target's probability that is spread over all classes. */
  readonly labelSmoothing: number;
  readonly optimizer: OptimizerPlan;
  readonly learningRate: number;
  readonly learningRateSchedule: ScheduleName;
  readonly plateauPatience: number;
  /** `adamw`: decoupled, p <- p (1 - rate * decay); `adam` and `sgd`: L2, added to the gradient. */
  readonly weightDecay: number;
  readonly weightDecaySchedule: ScheduleName;
  readonly dropoutSchedule: ScheduleName;
  /** Factors of learning rate and weight decay by role; 1 unless given. */
  readonly groups: Readonly<
    Partial<
      Record<ParameterRole, { readonly learningRate?: number; readonly weightDecay?: number }>
    >
  >;
  /** Factors for single parameters by name of their slot, before those of the role. */
  readonly named: Readonly<
    Record<string, { readonly learningRate?: number; readonly weightDecay?: number }>
  >;
  /** Longest gradient (Euclidean norm over all parameters); `null`: not clipped. */
  readonly clipNorm: number | null;
  /** Decay a step of the moving average that is validated and kept instead of the parameters; `null`: none. */
  readonly emaDecay: number | null;
  readonly batchSize: number;
  readonly epochs: number;
  /** Epochs without improvement after which training ends; `null`: never before the last. */
  readonly patience: number | null;
  /** Of epochs with equal objective the first or the last counts. */
  readonly ties: 'first' | 'last';
}
