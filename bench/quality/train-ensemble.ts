import { setImmediate as breathe } from 'node:timers/promises';
import type { ModelName } from '../../src/contract/model-names.js';
import type { Parameters } from '../../src/contract/run-status.js';
import { takeRows } from '../../src/dataset/split/take-rows.js';
import { encodeTarget } from '../../src/features/encode-target.js';
import type { FeatureProgram } from '../../src/features/feature-program.js';
import { selectEnsemble } from '../../src/learning/ensemble/select-ensemble.js';
import { familyOf } from '../../src/learning/families.js';
import { planStudyModels } from '../../src/learning/plan-study-models.js';
import { judgeValue } from '../../src/learning/process/judge.js';
import { estimateSeconds } from '../../src/learning/resolve-models.js';
import { newestVersion } from '../../src/tuning/samplers/find-sampler.js';
import { type StudyModel, type StudyTrial, suggestTrial } from '../../src/tuning/suggest-trial.js';
import { developmentParts, type LoadedTable } from './load-quality-table.js';
import { objectives } from './quality-tables.js';
import type { RowParts } from './split-rows.js';
import { answerRows, testRows, toMeasured, toUnits } from './test-answers.js';
import { type TrainedModel, toTraits, trainModel } from './train-model.js';

export interface EnsembleQuestion {
  readonly table: LoadedTable;
  readonly split: number;
  readonly models: 'auto' | readonly ModelName[];
  readonly seconds: number;
  /** Trainings at a time. */
  readonly width: number;
  readonly seed: number;
}

export interface EnsembleResult {
  readonly predictions: readonly number[];
  readonly note: string;
}

/** One trial: a model on every fold. */
interface FinishedTrial {
  readonly number: number;
  readonly model: ModelName;
  readonly parameters: Parameters;
  readonly folds: readonly TrainedModel[];
  readonly value: number;
}

const maxTrials = 1000;

/**
 * Tunes within a time: trials as a study suggests them, so many at a time, until the time is over; those that run then
 * are ended. The ensemble is selected on the validation rows of all folds and answers with the mean of each trial's
 * folds.
 */
export async function trainEnsemble(question: EnsembleQuestion): Promise<EnsembleResult> {
  const { table, split, seconds } = question;
  const parts =
    table.definition.folds > 1
      ? developmentParts(table, split, table.definition.folds)
      : developmentParts(table, split, 5).slice(0, 1);
  const study = new Study(question, parts);
  await study.run(seconds);
  return study.answer();
}

class Study {
  readonly #question: EnsembleQuestion;
  readonly #parts: readonly RowParts[];
  readonly #models: readonly StudyModel[];
  readonly #trials: StudyTrial[] = [];
  readonly #finished: FinishedTrial[] = [];
  /** Seconds of a trial of each model at its defaults. */
  readonly #measured = new Map<ModelName, number>();
  readonly #end = new AbortController();

  constructor(question: EnsembleQuestion, parts: readonly RowParts[]) {
    this.#question = question;
    this.#parts = parts;
    const { table, models } = question;
    const trainRows = parts[0]?.train.length ?? 0;
    const width = table.rows.columns.size;
    const traits = toTraits(table, trainRows, { width, target: table.target });
    this.#models = planStudyModels(models, traits, maxTrials).map((model) => ({
      model,
      space: familyOf(model).searchSpace(traits),
      defaults: familyOf(model).defaultParameters(traits),
    }));
    for (const { model } of this.#models) {
      this.#measured.set(model, estimateSeconds(model, traits) * parts.length);
    }
  }

  /** Starts no trial that would hardly end in time. */
  async run(seconds: number): Promise<void> {
    const endMs = performance.now() + seconds * 1000;
    const timer = setTimeout(() => this.#end.abort(new Error('the time is over')), seconds * 1000);
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < maxTrials && performance.now() < endMs) {
        const number = next;
        next += 1;
        const suggestion = suggestTrial({
          ...{ models: this.#models, warmStarts: [], sampler: newestVersion('auto') },
          ...{ trials: this.#trials, seed: this.#question.seed, number },
        });
        if (suggestion === null) return;
        const { model, parameters } = suggestion;
        const left = (endMs - performance.now()) / 1000;
        if (number >= this.#models.length && (this.#measured.get(model) ?? 0) > left) continue;
        await this.#runTrial(number, model, parameters);
      }
    };
    await Promise.all(Array.from({ length: this.#question.width }, lane));
    clearTimeout(timer);
  }

  async #runTrial(number: number, model: ModelName, parameters: Parameters): Promise<void> {
    const { table, seed } = this.#question;
    const startedMs = performance.now();
    const trial = { number, model, parameters } as const;
    const place = this.#trials.push({ ...trial, state: 'running', value: null, reached: null }) - 1;
    try {
      const folds: TrainedModel[] = [];
      for (const parts of this.#parts) {
        const training = { table, parts, model, parameters, seed, signal: this.#end.signal };
        folds.push(await trainModel(training));
      }
      const value = folds.reduce((sum, fold) => sum + fold.value, 0) / folds.length;
      this.#finished.push({ ...trial, folds, value });
      this.#trials[place] = { ...trial, state: 'complete', value, reached: null };
      if (number < this.#models.length) {
        this.#measured.set(model, (performance.now() - startedMs) / 1000);
      }
    } catch (error) {
      this.#trials[place] = { ...trial, state: 'failed', value: null, reached: null };
      if (this.#end.signal.aborted) return;
      process.stderr.write(`  trial ${number} of ${model} failed: ${String(error)}\n`);
    }
  }

  async answer(): Promise<EnsembleResult> {
    const { table, split } = this.#question;
    const programs = this.#finished[0]?.folds.map(({ program }) => program) ?? [];
    const [program] = programs;
    if (program === undefined) throw new Error('no trial ended in time');
    const candidates = this.#finished.map(({ folds }) =>
      concatenate(folds.map((fold) => rescale(program, fold))),
    );
    const y = this.#validationTargets(program);
    const objective = objectives[table.definition.metric];
    const score = (answers: Float32Array): number =>
      judgeValue(objective, answers, { task: table.definition.task, y, w: null });
    const selection = await selectEnsemble(candidates, score, { breathe });
    const rows = testRows(table, split);
    const chosen = this.#finished.flatMap((trial, index) => {
      const weight = selection.weights[index] ?? 0;
      return weight > 0 ? [{ ...trial, weight }] : [];
    });
    const means = chosen.map(({ folds }) => averageOf(folds.map((fold) => answerRows(fold, rows))));
    const sum = new Float64Array(means[0]?.length ?? 0);
    for (const [index, { weight }] of chosen.entries()) {
      // All have an answer for each row.
      means[index]?.forEach((answer, at) => {
        sum[at] = (sum[at] as number) + weight * answer;
      });
    }
    const shares = chosen.map(({ model, weight }) => `${model} ${weight.toFixed(2)}`).join(', ');
    return {
      predictions: [...toMeasured(program.target, sum)],
      note: `${this.#finished.length} trials, validation ${selection.single.value.toFixed(5)} -> ${selection.value.toFixed(5)} (${shares})`,
    };
  }

  #validationTargets(program: FeatureProgram): Float32Array | Int32Array {
    const { rows } = this.#question.table;
    const all = this.#parts.map(({ validation }) =>
      encodeTarget(program, takeRows(rows, validation)),
    );
    if (program.target.task === 'classification') {
      return Int32Array.from(all.flatMap((part) => [...part]));
    }
    return Float32Array.from(all.flatMap((part) => [...part]));
  }
}

/** Validation answers in the scale of one program, so that those of all folds can be judged together. */
function rescale({ target }: FeatureProgram, { program, validationAnswers }: TrainedModel) {
  if (target.task === 'classification') return validationAnswers;
  const values = toUnits(program, validationAnswers);
  return Float32Array.from(values, (value) => (value - target.mean) / target.scale);
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const part of parts) {
    all.set(part, next);
    next += part.length;
  }
  return all;
}

function averageOf(answers: readonly Float64Array[]): Float64Array {
  const [first] = answers;
  if (first === undefined) throw new Error('a trial has at least one fold');
  // Folds answer for the same rows.
  return first.map(
    (_, at) => answers.reduce((sum, part) => sum + (part[at] as number), 0) / answers.length,
  );
}
