import type { ModelMember } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { TrainingBackend } from '../contract/run-record.js';
import type { InputDescription } from '../features/describe-inputs.js';
import type { Label } from '../features/labels.js';

/** What a registered model is made of. */
export interface ModelArtifacts {
  /** Model document: feature programs, members and digest of the weights. */
  readonly model: ArtifactRef;
  readonly weights: ArtifactRef;
  /** Golden rows, replayed at every load. */
  readonly golden: ArtifactRef;
  /** Evaluation report. */
  readonly report: ArtifactRef;
  /** Markdown. */
  readonly modelCard: ArtifactRef;
}

/** What a run knows of the model that it registers. */
export interface ModelVersionInput {
  readonly model: string;
  readonly runId: string;
  readonly pipeline: string;
  readonly task: Task;
  readonly target: string;
  readonly artifacts: ModelArtifacts;
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
  readonly datasetSha256: string;
  readonly planSha256: string;
  /** Of the member with the largest share. */
  readonly backend: TrainingBackend;
  /** The models that answer together, with their shares. */
  readonly members: readonly ModelMember[];
  readonly platformKey: string;
  readonly inputs: readonly InputDescription[];
  /** Labels in the order of their probabilities; null for regression. */
  readonly classes: readonly Label[] | null;
}

/** A registered model: created once, never changed. */
export interface ModelVersion extends ModelVersionInput {
  readonly format: typeof modelVersionFormat;
  /** 1, 2, 3 and so on, without gaps. */
  readonly version: number;
  readonly createdAt: string;
}

export const modelVersionFormat = 'receta-model-version/2';
