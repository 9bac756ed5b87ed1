import type { ModelName } from '../../src/contract/model-names.js';
import { askLightgbm, lightgbmScript } from '../peers/lightgbm-quality/ask-lightgbm.js';
import { type Cell, CellStore, digestOf } from './cell-store.js';
import { developmentParts, type LoadedTable, skippedRows } from './load-quality-table.js';
import type { QualityOptions } from './parse-quality-options.js';
import { answerRows, testRows, toMeasured } from './test-answers.js';
import { trainEnsemble } from './train-ensemble.js';
import { trainModel } from './train-model.js';

const commonCode = ['features', 'numerics', 'learning/process', 'learning/training'];
const networkCode = ['backend', 'families/networks', 'graph', 'network'].map(
  (folder) => `learning/${folder}`,
);
const ensembleCode = ['learning/ensemble', 'learning/families', 'learning/trees', 'tuning'];

/** Computes cells, or takes over those of earlier calls with the same code. */
export class CellComputer {
  readonly #options: QualityOptions;
  readonly #width: number;
  readonly #store: CellStore;

  /** @param width trainings at a time within an ensemble */
  constructor(options: QualityOptions, width: number) {
    this.#options = options;
    this.#width = width;
    this.#store = new CellStore(options);
  }

  /** One model at its defaults. */
  async ofModel(table: LoadedTable, split: number, model: ModelName): Promise<Cell> {
    const { files: _, ...question } = table.definition;
    const family = `learning/families/${model.split('-')[0]}`;
    const code = digestOf(
      [...commonCode, family, ...(model === 'lightgbm' ? ['learning/trees'] : networkCode)].map(
        (folder) => `dist/${folder}`,
      ),
    );
    return this.#store.compute({ question, split, model, code }, async () => {
      const [parts] = developmentParts(table, split, 5);
      if (parts === undefined) throw new Error('there are no rows to train on');
      const trained = await trainModel({ table, parts, model, parameters: null, seed: split });
      const answers = answerRows(trained, testRows(table, split));
      return {
        predictions: [...toMeasured(trained.program.target, answers)],
        seconds: trained.seconds,
        note: `validation ${trained.value.toFixed(5)}, best epoch ${trained.bestEpoch} of ${trained.epochsRun}`,
      };
    });
  }

  /** What tuning and an ensemble make of several models within their time. */
  async ofEnsemble(table: LoadedTable, split: number): Promise<Cell> {
    const { files: _, ...question } = table.definition;
    const minutes = this.#options.ensembleMinutes ?? table.definition.ensembleMinutes;
    const models = this.#options.ensembleModels;
    const code = digestOf(
      [...commonCode, ...networkCode, ...ensembleCode].map((folder) => `dist/${folder}`),
    );
    return this.#store.compute(
      { question, split, ensemble: { minutes, models, width: this.#width }, code },
      async () => {
        const startedMs = performance.now();
        const { predictions, note } = await trainEnsemble({
          ...{ table, split, models, seconds: minutes * 60, width: this.#width, seed: split },
        });
        return { predictions, seconds: (performance.now() - startedMs) / 1000, note };
      },
    );
  }

  /** Python LightGBM. */
  async ofPeer(table: LoadedTable, split: number): Promise<Cell> {
    const { files: _, ...question } = table.definition;
    const code = digestOf([lightgbmScript]);
    return this.#store.compute({ question, split, peer: true, code }, async () => {
      const [parts] = developmentParts(table, split, 5);
      const { target, log, drop, task, metric } = table.definition;
      const { predictions, seconds, trees } = await askLightgbm({
        ...{ files: table.files, target, log, drop, task, metric, skip: skippedRows(table) },
        test: table.tests[split] ?? [],
        validation: [...(parts?.validation ?? [])],
      });
      return { predictions: [...predictions], seconds, note: `${trees} trees` };
    });
  }
}
