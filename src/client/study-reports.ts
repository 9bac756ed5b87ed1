import type { ArtifactStore } from '../artifacts/artifact-store.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { RecetaError } from '../contract/errors.js';
import type { StudyReport } from '../contract/study-report.js';

/** Whoever watches a run asks for the same report again and again. */
const mostKept = 4;

/** Reports of ended studies; those that were asked for last are kept in memory. */
export class StudyReports {
  readonly #artifacts: Pick<ArtifactStore, 'getJson'>;
  /** By sha256; the one that was asked for last is the last one. */
  readonly #kept = new Map<string, StudyReport>();

  constructor(artifacts: Pick<ArtifactStore, 'getJson'>) {
    this.#artifacts = artifacts;
  }

  /** `null` when somebody has removed it from the store. */
  async read(ref: ArtifactRef): Promise<StudyReport | null> {
    const report = this.#kept.get(ref.sha256) ?? (await this.#fetch(ref));
    if (report === null) return null;
    this.#kept.delete(ref.sha256);
    this.#kept.set(ref.sha256, report);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return report;
  }

  async #fetch(ref: ArtifactRef): Promise<StudyReport | null> {
    try {
      return await this.#artifacts.getJson<StudyReport>(ref);
    } catch (error) {
      if (error instanceof RecetaError && error.code === 'artifact-not-found') return null;
      throw error;
    }
  }
}
