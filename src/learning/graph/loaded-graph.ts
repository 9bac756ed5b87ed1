import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import type { Tfjs } from '../backend/load-backend.js';

/** The part of tfjs-node's backend that loads and runs graphs. */
interface GraphBackend {
  loadSavedModelMetaGraph(path: string, tags: string): number;
  runSavedModel(
    session: number,
    inputs: readonly Tensor[],
    inputInfos: readonly { readonly name: string }[],
    outputs: readonly string[],
  ): Tensor[];
  deleteSavedModel(session: number): void;
}

/** A graph in a session of TensorFlow. */
export class LoadedGraph {
  readonly #backend: GraphBackend;
  readonly #session: number;

  /**
   * @param tf on the backend `tensorflow`
   * @param savedModel the bytes of a `saved_model.pb`; TensorFlow takes it as a file only, which is gone afterwards
   * @param scratchDir existing folder for that file
   */
  constructor(tf: Tfjs, savedModel: Uint8Array, scratchDir: string = tmpdir()) {
    this.#backend = tf.backend() as unknown as GraphBackend;
    const folder = mkdtempSync(join(scratchDir, 'receta-graph-'));
    try {
      writeFileSync(join(folder, 'saved_model.pb'), savedModel);
      this.#session = this.#backend.loadSavedModelMetaGraph(folder, 'serve');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * Runs what the outputs need.
   *
   * @param feed by names of placeholders
   * @param outputs as `node:index`
   */
  run(feed: Readonly<Record<string, Tensor>>, outputs: readonly string[]): readonly Tensor[] {
    const infos = Object.keys(feed).map((name) => ({ name: `${name}:0` }));
    return this.#backend.runSavedModel(this.#session, Object.values(feed), infos, outputs);
  }

  dispose(): void {
    this.#backend.deleteSavedModel(this.#session);
  }
}
