import { putJsonRecord, readJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { KeyParts } from '../contract/step-cache.js';
import type { LastStep } from './cache-entry.js';
import { lastStepKey } from './cache-keys.js';

/** What a result is of: one part of one step of a pipeline. */
export interface StepOfPipeline {
  readonly pipeline: string;
  readonly parts: KeyParts;
}

/** What each pipeline's steps depended on last time; only ever used to say what changed. */
export class LastSteps {
  constructor(private readonly objects: ObjectStore) {}

  async read({ pipeline, parts }: StepOfPipeline): Promise<LastStep | null> {
    const path = lastStepKey(pipeline, parts.step, parts.part);
    return (await readJson<LastStep>(this.objects, path))?.value ?? null;
  }

  async write({ pipeline, parts }: StepOfPipeline, runId: string, key: string): Promise<void> {
    const last: LastStep = { format: 'receta-last-step/1', runId, key, parts };
    await putJsonRecord(this.objects, lastStepKey(pipeline, parts.step, parts.part), last);
  }
}
