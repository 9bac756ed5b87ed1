import type { ArtifactRef } from './artifact-ref.js';
import type { PipelinePlan, RunLimits, SourcePlan, SplitPlan, Task } from './pipeline-plan.js';
import type { TrainingBackend } from './run-record.js';
import type {
  FailureSummary,
  ModelVersionRef,
  Parameters,
  RunOutcome,
  RunProgress,
  TrialSummary,
} from './run-status.js';

/** Activities of the `pipeline` queue: light, under a second. */
export interface PipelineActivities {
  openRun(input: OpenRunInput): Promise<void>;
  suggestTrial(input: SuggestTrialInput): Promise<SuggestTrialResult>;
  registerModel(input: RegisterModelInput): Promise<ModelVersionRef>;
  promoteModel(input: PromoteModelInput): Promise<void>;
  closeRun(input: CloseRunInput): Promise<void>;
}

/** Activities of the `data` queue: move bytes and run SQL. */
export interface DataActivities {
  downloadSource(input: DownloadSourceInput): Promise<DownloadSourceResult>;
  validateDataset(input: ValidateDatasetInput): Promise<ValidateDatasetResult>;
  transformDataset(input: TransformDatasetInput): Promise<TransformDatasetResult>;
  prepareSplits(input: PrepareSplitsInput): Promise<PrepareSplitsResult>;
  evaluateModel(input: EvaluateModelInput): Promise<EvaluateModelResult>;
}

/** Activities of the `train` queue: compute for minutes, resumable. */
export interface TrainActivities {
  runTrial(input: RunTrialInput): Promise<RunTrialResult>;
  trainModel(input: TrainModelInput): Promise<TrainModelResult>;
}

/** Fields that every activity of a run carries. */
interface OfRun {
  readonly runId: string;
}

export interface OpenRunInput extends OfRun {
  readonly plan: PipelinePlan;
  readonly limits: RunLimits;
  readonly startedAt: string;
  readonly retryOf: string | null;
  readonly schedule: string | null;
}

export interface DownloadSourceInput extends OfRun {
  readonly source: SourcePlan;
  readonly maxBytes: number;
}
export interface DownloadSourceResult {
  readonly dataset: ArtifactRef;
}

export interface ValidateDatasetInput extends OfRun {
  readonly dataset: ArtifactRef;
  readonly target: string;
  readonly task: Task | null;
  readonly ignore: readonly string[];
  /** With a transform the target may not exist yet; it is then checked after the transform. */
  readonly checkTarget: boolean;
  readonly limits: RunLimits;
}
export interface ValidateDatasetResult {
  readonly report: ArtifactRef;
  readonly rows: number;
  readonly columns: number;
  readonly warnings: readonly string[];
}

export interface TransformDatasetInput extends OfRun {
  readonly dataset: ArtifactRef;
  readonly sql: string | null;
  readonly limits: RunLimits;
}
export interface TransformDatasetResult {
  /** Parquet. */
  readonly table: ArtifactRef;
  readonly rows: number;
  readonly columns: number;
}

export interface PrepareSplitsInput extends OfRun {
  readonly table: ArtifactRef;
  readonly target: string;
  readonly task: Task | null;
  readonly ignore: readonly string[];
  readonly split: SplitPlan;
  readonly limits: RunLimits;
}
export interface PrepareSplitsResult {
  readonly task: Task;
  /** FeatureProgram, fitted on the train part only. */
  readonly features: ArtifactRef;
  /** Feature matrix and targets of the train part (safetensors). */
  readonly train: ArtifactRef;
  /** Feature matrix and targets of the validation part (safetensors). */
  readonly validation: ArtifactRef;
  /** Raw rows (Parquet); goes to evaluateModel and nowhere else. */
  readonly test: ArtifactRef;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly width: number;
  readonly warnings: readonly string[];
}

export interface SuggestTrialInput extends OfRun {
  readonly task: Task;
  readonly trainRows: number;
  readonly trials: readonly TrialSummary[];
  readonly seed: number;
  readonly number: number;
}
export interface SuggestTrialResult {
  readonly number: number;
  readonly parameters: Parameters;
  readonly sampler: string;
}

/** What the trainer needs beside the parameters; holds no reference to the test part. */
export interface TrainingData {
  readonly task: Task;
  readonly features: ArtifactRef;
  readonly train: ArtifactRef;
  readonly validation: ArtifactRef;
}

export interface RunTrialInput extends OfRun {
  readonly number: number;
  readonly parameters: Parameters;
  readonly data: TrainingData;
  readonly epochs: number;
  readonly seed: number;
  readonly limits: RunLimits;
}
export interface RunTrialResult {
  /** Validation objective (lower is better): log loss, or root mean squared error of the scaled target. */
  readonly value: number;
  readonly bestEpoch: number;
  readonly backend: TrainingBackend;
}

export interface TrainModelInput extends OfRun {
  readonly parameters: Parameters;
  readonly data: TrainingData;
  readonly epochs: number;
  readonly seed: number;
  readonly limits: RunLimits;
}
export interface TrainModelResult {
  /** Canonical JSON: feature program, network and digest of the weights. Its sha256 identifies the model. */
  readonly model: ArtifactRef;
  readonly weights: ArtifactRef;
  readonly history: ArtifactRef;
  readonly bestEpoch: number;
  readonly value: number;
  readonly resumedFromEpoch: number | null;
  readonly backend: TrainingBackend;
  /** Digest of everything that may change a result bit: CPU flags, Node, library versions, threads. */
  readonly platformKey: string;
}

export interface EvaluateModelInput extends OfRun {
  readonly model: ArtifactRef;
  readonly weights: ArtifactRef;
  readonly test: ArtifactRef;
  readonly limits: RunLimits;
}
export interface EvaluateModelResult {
  readonly report: ArtifactRef;
  /** Raw rows with the predictions made now; replayed whenever the model is loaded. */
  readonly golden: ArtifactRef;
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
}

export interface RegisterModelInput extends OfRun {
  readonly modelName: string;
  readonly trained: TrainModelResult;
  readonly evaluated: EvaluateModelResult;
  readonly dataset: ArtifactRef;
  readonly plan: PipelinePlan;
  readonly startedAt: string;
}

export interface PromoteModelInput extends OfRun {
  readonly version: ModelVersionRef;
  readonly alias: string;
}

export interface CloseRunInput extends OfRun {
  readonly plan: PipelinePlan;
  readonly outcome: RunOutcome;
  readonly startedAt: string;
  readonly progress: RunProgress;
  readonly artifacts: Readonly<Record<string, ArtifactRef>>;
  readonly metrics: Readonly<Record<string, number>> | null;
  readonly baseline: Readonly<Record<string, number>> | null;
  readonly model: ModelVersionRef | null;
  readonly failure: FailureSummary | null;
  readonly retryOf: string | null;
  readonly schedule: string | null;
}
