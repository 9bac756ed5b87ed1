import type { ArtifactRef } from './artifact-ref.js';
import type { DerivedColumn, FeaturePlan } from './feature-plan.js';
import type { ModelName } from './model-names.js';
import type {
  DerivePlan,
  ParamValue,
  PipelinePlan,
  QueryPlan,
  ReadOptions,
  RunLimits,
  SourcePlan,
  SplitPlan,
  Task,
  TrainPlan,
  TunePlan,
  ValidatePlan,
} from './pipeline-plan.js';
import type { PrunerPlan } from './pruner-plan.js';
import type { TrainingBackend } from './run-record.js';
import type {
  FailureSummary,
  MemberShare,
  ModelVersionRef,
  Parameters,
  RunOutcome,
  RunProgress,
} from './run-status.js';
import type { CacheNote, CachePolicy } from './step-cache.js';
import type { StudyBudget } from './study-budget.js';
import type { LearningPlan } from './training-plan.js';
import type {
  ReachedStep,
  SettledTrial,
  StudyDecision,
  SuggestedTrial,
  TuningStudyResult,
} from './tuning-study.js';

/** Activities of the `pipeline` queue: light, under a second. */
export interface PipelineActivities {
  openRun(input: OpenRunInput): Promise<void>;
  /** Looks for an equal study of an earlier run. */
  findStudy(input: StudyInput): Promise<FindStudyResult>;
  /** Chooses what to try next; stores how trials ended that have ended since. */
  suggestTrial(input: SuggestTrialInput): Promise<SuggestTrialResult>;
  /** Finds out whether given parameters can be tried, and completes them. */
  checkTrial(input: CheckTrialInput): Promise<GivenTrial>;
  saveTrials(input: SaveTrialsInput): Promise<void>;
  /** What trials were given, in the order of the numbers. */
  readTrials(input: ReadTrialsInput): Promise<readonly SuggestedTrial[]>;
  /** Stores the report of a study, and says what it found. */
  closeStudy(input: CloseStudyInput): Promise<TuningStudyResult>;
  /** Keeps a finished study for later runs. */
  keepStudy(input: KeepStudyInput): Promise<void>;
  registerModel(input: RegisterModelInput): Promise<RegisterModelResult>;
  promoteModel(input: PromoteModelInput): Promise<PromoteModelResult>;
  closeRun(input: CloseRunInput): Promise<void>;
}

/** Activities of the `data` queue: move bytes and run SQL. */
export interface DataActivities {
  downloadSources(input: DownloadSourcesInput): Promise<DownloadSourcesResult>;
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

/** Fields of activities whose results later runs may take over. */
interface OfStep extends OfRun {
  readonly pipeline: string;
  readonly cache: CachePolicy;
}

interface Cached {
  readonly cache: CacheNote;
}

export interface OpenRunInput extends OfRun {
  readonly plan: PipelinePlan;
  readonly limits: RunLimits;
  readonly cache: CachePolicy;
  readonly startedAt: string;
  readonly retryOf: string | null;
  readonly schedule: string | null;
  readonly reproduces: string | null;
}

export interface DownloadSourcesInput extends OfStep {
  readonly sources: Readonly<Record<string, SourcePlan>>;
  readonly limits: RunLimits;
}
export interface DownloadSourcesResult extends Cached {
  /** DatasetManifest. */
  readonly manifest: ArtifactRef;
  readonly files: number;
  readonly sizeBytes: number;
}

export interface ValidateDatasetInput extends OfStep {
  readonly manifest: ArtifactRef;
  readonly read: Readonly<Record<string, ReadOptions>>;
  readonly validate: ValidatePlan;
  readonly limits: RunLimits;
}
export interface ValidateDatasetResult extends Cached {
  /** Parquet by source, with rejected rows left out. */
  readonly tables: Readonly<Record<string, ArtifactRef>>;
  readonly report: ArtifactRef;
  /** Rows that were set aside, with file and line (Parquet); `null`: none. */
  readonly rejects: ArtifactRef | null;
  /** Columns of the plan's expectations that were checked here; the others are checked after the transform. */
  readonly checkedColumns: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly warnings: readonly string[];
}

export interface TransformDatasetInput extends OfStep {
  readonly tables: Readonly<Record<string, ArtifactRef>>;
  readonly queries: readonly QueryPlan[];
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly derive: readonly DerivePlan[];
  readonly target: string;
  readonly validate: ValidatePlan;
  readonly checkedColumns: readonly string[];
  readonly limits: RunLimits;
}
export interface TransformDatasetResult extends Cached {
  /** Parquet: the result of the last query with the derived columns. */
  readonly table: ArtifactRef;
  /** TableProfile of that table. */
  readonly profile: ArtifactRef;
  /** Checks of the result; `null`: none were left to do. */
  readonly report: ArtifactRef | null;
  readonly rejects: ArtifactRef | null;
  readonly derived: readonly DerivedColumn[];
  readonly rows: number;
  readonly columns: number;
  readonly warnings: readonly string[];
}

export interface PrepareSplitsInput extends OfStep {
  readonly table: ArtifactRef;
  readonly profile: ArtifactRef;
  readonly derived: readonly DerivedColumn[];
  readonly target: string;
  readonly task: Task | null;
  readonly features: FeaturePlan;
  readonly models: PipelinePlan['models'];
  readonly learning: LearningPlan;
  readonly split: SplitPlan;
  readonly leakage: ValidatePlan['leakage'];
  readonly limits: RunLimits;
}
export interface PrepareSplitsResult extends Cached {
  readonly task: Task;
  /** `null` for regression. */
  readonly classCount: number | null;
  /** PreparedData; names no test part. */
  readonly prepared: ArtifactRef;
  /** FeatureProgram of the first fold. */
  readonly features: ArtifactRef;
  /** Raw rows (Parquet); goes to evaluateModel and nowhere else. */
  readonly test: ArtifactRef;
  /** What was found of leaks between parts and from columns (JSON). */
  readonly leakageReport: ArtifactRef;
  /** Of the first fold. */
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly width: number;
  readonly warnings: readonly string[];
}

/** What training needs; holds no reference to the test part. */
export interface PreparedData {
  readonly format: 'receta-prepared/1';
  readonly task: Task;
  readonly target: string;
  /** At least one, with the features that `fitted` says. */
  readonly folds: readonly FoldData[];
  /** `features` with what the first of the run's models wants of columns of which the pipeline file says nothing. */
  readonly fitted: FeaturePlan;
  /**
   * Raw rows beside the test part (Parquet), for fitting features again: in column `receta_fold` the number of the
   * fold that validates on the row, -1 where none does; in `receta_trains` how many folds, from the first on, may train
   * on it.
   */
  readonly development: ArtifactRef;
  readonly features: FeaturePlan;
  readonly derived: readonly DerivedColumn[];
}

export interface FoldData {
  /** FeatureProgram, fitted on the train part of this fold only. */
  readonly features: ArtifactRef;
  /** Feature matrix `x`, targets `y` and, with a weight column, weights `w` (safetensors). */
  readonly train: ArtifactRef;
  readonly validation: ArtifactRef;
}

/** What a study searches the best answer to. */
export interface StudyQuestion {
  /** PreparedData. */
  readonly prepared: ArtifactRef;
  readonly task: Task;
  /** `null` for regression. */
  readonly classCount: number | null;
  /** Of the first fold. */
  readonly trainRows: number;
  /** Features a row, as prepared. */
  readonly width: number;
  readonly models: PipelinePlan['models'];
  readonly learning: LearningPlan;
  readonly tune: TunePlan;
}

export interface StudyInput extends OfStep, StudyQuestion {}

export interface FindStudyResult extends Cached {
  readonly study: TuningStudyResult | null;
  /** What the study is to try, in the order of the first trials. */
  readonly models: readonly ModelName[];
  /** The best settings of earlier studies of equal columns, to be tried right after the defaults. */
  readonly warmStarts: readonly GivenTrial[];
  /** Name and version of the rule that will suggest trials. */
  readonly sampler: string;
}
export interface KeepStudyInput extends StudyInput {
  readonly study: TuningStudyResult;
}

/** Model and parameters that were chosen elsewhere; what is left out has the model's default. */
export interface GivenTrial {
  readonly model: ModelName;
  readonly parameters: Parameters;
}

/** A study without what changes while it goes on. */
export interface StudySettings extends OfRun, Omit<StudyQuestion, 'tune'> {
  /** Each has its turn with its own settings first, in this order. */
  readonly models: readonly ModelName[];
  readonly warmStarts: readonly GivenTrial[];
  readonly space: TunePlan['space'];
  /** Name and version of the rule that suggests trials. */
  readonly sampler: string;
  readonly seed: number;
}

export interface SuggestTrialInput extends StudySettings {
  readonly number: number;
  /** Earlier trials of which the suggestion may not know how they end. */
  readonly running: readonly number[];
  /** Trials that have ended since the last call; they are stored first. */
  readonly settled: readonly SettledTrial[];
  /** To be tried instead of what the sampler would choose. */
  readonly given: GivenTrial | null;
}
/** `null`: nothing is left to try. */
export type SuggestTrialResult = SuggestedTrial | null;

export interface CheckTrialInput extends StudySettings {
  /** `model: null`: the one that the study has. */
  readonly given: { readonly model: string | null; readonly parameters: Parameters };
}

export interface SaveTrialsInput extends OfRun {
  readonly settled: readonly SettledTrial[];
}

export interface ReadTrialsInput extends OfRun {
  readonly numbers: readonly number[];
}

export interface CloseStudyInput extends StudySettings, SaveTrialsInput {
  readonly pipeline: string;
  /** Of the study's cache entry. */
  readonly studyKey: string;
  readonly count: number;
  /** Whether trials have reported while they ran. */
  readonly isPruned: boolean;
  /** As it is at the end. */
  readonly budget: StudyBudget;
  readonly decisions: readonly StudyDecision[];
  /** Values of the best trials with other seeds, by their numbers; none: nothing was scored again. */
  readonly rescores: readonly { readonly number: number; readonly values: readonly number[] }[];
}

export interface RunTrialInput extends OfStep {
  readonly number: number;
  /** 0 for the trial itself, then how often it was trained again with another seed. */
  readonly again: number;
  readonly model: ModelName;
  readonly parameters: Parameters;
  readonly prepared: ArtifactRef;
  /** Of the first fold; how many epochs suit a model depends on it. */
  readonly trainRows: number;
  readonly learning: LearningPlan;
  /** `null`: what the model's settings say. */
  readonly epochs: number | null;
  readonly seed: number;
  readonly pruning: PruningInput | null;
  readonly limits: RunLimits;
}

/** With what a trial is compared while it runs. */
export interface PruningInput {
  readonly pruner: PrunerPlan;
  /** Only trials of lower numbers count; `null`: all that have reported. */
  readonly below: number | null;
}

export interface RunTrialResult {
  /** `null`: the trial was compared with others while it ran, which is never taken over. */
  readonly cache: CacheNote | null;
  /** Validation objective (lower is better), mean of all folds; `null`: the trial was pruned. */
  readonly value: number | null;
  readonly bestEpoch: number | null;
  readonly resumedFromEpoch: number | null;
  readonly backend: TrainingBackend;
  /** TrialOutcome; `null`: the trial was pruned. */
  readonly outcome: ArtifactRef | null;
  readonly pruned: (ReachedStep & { readonly reason: string }) | null;
}

/** Everything that a trial leaves behind, so that the final model and the ensemble need no more training. */
export interface TrialOutcome {
  readonly format: 'receta-trial/1';
  readonly model: ModelName;
  readonly parameters: Parameters;
  readonly value: number;
  /** As many as PreparedData has. */
  readonly folds: readonly FoldOutcome[];
}

/** One trained model and what it answers for the validation rows of its fold. */
export interface FoldOutcome {
  /** FeatureProgram. */
  readonly features: ArtifactRef;
  /** The validation part it was judged on: safetensors `x`, `y`, `w`. */
  readonly validation: ArtifactRef;
  /** PredictorSpec as JSON; its own room reads it. */
  readonly predictor: unknown;
  /** Safetensors. */
  readonly weights: ArtifactRef;
  /** Safetensors `p` F32 [rows, outputs]: class probabilities, or the scaled target. */
  readonly predictions: ArtifactRef;
  /** EpochLosses[] (JSON). */
  readonly history: ArtifactRef;
  /** Shares of feature outputs by name, where the family measures them while it learns. */
  readonly importance: Readonly<Record<string, number>> | null;
  readonly value: number;
  readonly bestEpoch: number;
  readonly backend: TrainingBackend;
  readonly platformKey: string;
}

export interface TrainModelInput extends OfStep {
  readonly prepared: ArtifactRef;
  /** Of the first fold. */
  readonly trainRows: number;
  /** Complete trials of the study, the best one first; no more than an ensemble can use. */
  readonly trials: readonly { readonly number: number; readonly outcome: ArtifactRef }[];
  readonly learning: LearningPlan;
  readonly train: TrainPlan;
  readonly seed: number;
  readonly limits: RunLimits;
}
/** A trained model that answers as part of the final one. */
export interface ModelMember extends MemberShare {
  readonly parameters: Parameters;
  readonly fold: number;
  readonly backend: TrainingBackend;
}
export interface TrainModelResult extends Cached {
  /** Canonical JSON: feature programs, members and digest of the weights. Its sha256 identifies the model. */
  readonly model: ArtifactRef;
  readonly weights: ArtifactRef;
  /** Of the best single model. */
  readonly history: ArtifactRef;
  readonly members: readonly ModelMember[];
  readonly kind: 'single' | 'bag' | 'ensemble';
  readonly calibration: 'none' | 'temperature' | 'isotonic';
  readonly bestEpoch: number;
  /** Validation objective of the final model. */
  readonly value: number;
  /** Of the best single trial. */
  readonly bestTrialValue: number;
  readonly resumedFromEpoch: number | null;
  /** Of the member with the largest share. */
  readonly backend: TrainingBackend;
  /** Digest of everything that may change a result bit: CPU flags, Node, library versions, threads. */
  readonly platformKey: string;
  readonly warnings: readonly string[];
}

export interface EvaluateModelInput extends OfStep {
  readonly trained: Pick<
    TrainModelResult,
    'model' | 'weights' | 'members' | 'kind' | 'calibration' | 'value'
  >;
  readonly test: ArtifactRef;
  readonly limits: RunLimits;
}
export interface EvaluateModelResult extends Cached {
  readonly report: ArtifactRef;
  /** Raw rows with the predictions made now; replayed whenever the model is loaded. */
  readonly golden: ArtifactRef;
  /** What the model is, how it was made and what it is worth, for people (Markdown). */
  readonly modelCard: ArtifactRef;
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
}

export interface RegisterModelInput extends OfStep {
  readonly modelName: string;
  readonly trained: TrainModelResult;
  readonly evaluated: EvaluateModelResult;
  readonly dataset: ArtifactRef;
  readonly plan: PipelinePlan;
  readonly startedAt: string;
}
export interface RegisterModelResult extends Cached {
  /** The version with this very model, should an earlier run have registered it. */
  readonly version: ModelVersionRef;
}

export interface PromoteModelInput extends OfStep {
  readonly version: ModelVersionRef;
  readonly alias: string;
}
export interface PromoteModelResult extends Cached {
  /** False when the alias pointed to the version already. */
  readonly moved: boolean;
}

export interface CloseRunInput extends OfRun {
  readonly plan: PipelinePlan;
  readonly cache: CachePolicy;
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
  readonly reproduces: string | null;
}
