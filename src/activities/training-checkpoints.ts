import { join } from 'node:path';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { putJsonRecord, readJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { checkpointKey, checkpointsPrefix } from '../contract/run-keys.js';

interface CheckpointManifest {
  readonly epoch: number;
  /** Checkpoints of another platform would not continue bit for bit, so they are passed over. */
  readonly platformKey: string;
  readonly artifact: ArtifactRef;
}

/**
 * Checkpoints of one training in the store. The manifest is written after the bytes it names, so a listed
 * checkpoint is complete; equal trainings write equal bytes, so a stale attempt can do no harm.
 */
export class TrainingCheckpoints {
  constructor(
    private readonly objects: ObjectStore,
    private readonly artifacts: ArtifactStore,
    private readonly runId: string,
    private readonly label: string,
  ) {}

  async save(checkpoint: { epoch: number; path: string; platformKey: string }): Promise<void> {
    const { epoch, path, platformKey } = checkpoint;
    const artifact = await this.artifacts.putFile(path, 'application/x-safetensors');
    const manifest: CheckpointManifest = { epoch, platformKey, artifact };
    await putJsonRecord(this.objects, checkpointKey(this.runId, this.label, epoch), manifest);
  }

  /** Fetches the newest checkpoint of this platform into `folder`; `null` when there is none. */
  async fetchNewest(folder: string, platformKey: string): Promise<string | null> {
    const infos = await this.objects.list(checkpointsPrefix(this.runId, this.label));
    for (const { key } of [...infos].reverse()) {
      const manifest = await readJson<CheckpointManifest>(this.objects, key);
      if (manifest?.value.platformKey !== platformKey) continue;
      const path = join(folder, 'resume.safetensors');
      await this.artifacts.getFile(manifest.value.artifact, path);
      return path;
    }
    return null;
  }
}
