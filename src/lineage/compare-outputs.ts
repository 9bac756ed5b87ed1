import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { toSha256 } from '../artifacts/sha256.js';
import { type StepName, stepNames } from '../contract/steps.js';
import type { ReportedTrial } from '../contract/study-report.js';
import { listDataFiles } from './list-data-files.js';
import type { RunFacts } from './run-facts.js';

/** Metrics this near to each other count as equal. */
const relativeTolerance = 1e-6;

/** Something that a step made; digests differ, or one run has none. */
export interface OutputDifference {
  readonly step: StepName;
  readonly name: string;
  readonly original: string | null;
  readonly reproduction: string | null;
}

/**
 * `identical`: every step made the same bytes. `within-tolerance`: some bytes differ, but every metric is equal within
 * the relative tolerance. `diverged`: metrics differ by more, or a step made nothing.
 */
export type Verdict = 'identical' | 'within-tolerance' | 'diverged';

export interface Reproduction {
  readonly original: string;
  readonly reproduction: string;
  readonly verdict: Verdict;
  /** In the order of the steps; the first one tells where the runs parted. */
  readonly differences: readonly OutputDifference[];
  readonly metrics: readonly {
    readonly name: string;
    readonly original: number | null;
    readonly reproduction: number | null;
  }[];
}

interface Output {
  readonly step: StepName;
  readonly name: string;
  readonly sha256: string;
}

/** Names under which the record keeps what each step made. */
const outputsOfSteps: readonly (readonly [StepName, RegExp])[] = [
  ['validate', /^(source-|validationReport$|rejects$)/],
  ['transform', /^(table|profile|transformReport|transformRejects)$/],
  ['prepare', /^(prepared|features|testPart|leakageReport)$/],
  ['train', /^(model|weights|history)$/],
  ['evaluate', /^(evaluationReport|golden)$/],
];

/** Compares what two runs made, step by step. */
export function compareOutputs(original: RunFacts, reproduction: RunFacts): Reproduction {
  const differences = findDifferences(listOutputs(original), listOutputs(reproduction));
  const metrics = pairMetrics(original.record.metrics ?? {}, reproduction.record.metrics ?? {});
  const isNear = metrics.length > 0 && metrics.every(isWithinTolerance);
  return {
    original: original.record.runId,
    reproduction: reproduction.record.runId,
    verdict: differences.length === 0 ? 'identical' : isNear ? 'within-tolerance' : 'diverged',
    differences,
    metrics,
  };
}

function listOutputs({ record, manifest, trials }: RunFacts): readonly Output[] {
  const files = listDataFiles(manifest).map(({ source, name, sha256 }): Output => {
    return { step: 'download', name: `${source}: ${name}`, sha256 };
  });
  const made = outputsOfSteps.flatMap(([step, pattern]) =>
    Object.entries(record.artifacts)
      .filter(([name]) => pattern.test(name))
      .map(([name, { sha256 }]): Output => ({ step, name, sha256 })),
  );
  return [...files, ...made, ...listTrials(trials)].sort(
    (a, b) => stepNames.indexOf(a.step) - stepNames.indexOf(b.step),
  );
}

/** The report of a study tells times, too: what its trials were given and found stands for it. */
function listTrials(trials: readonly ReportedTrial[]): readonly Output[] {
  if (trials.length === 0) return [];
  const found = trials.map(({ number, model, parameters, seed, state, value, reached }) => ({
    ...{ number, model, parameters, seed, state, value, reached },
  }));
  return [{ step: 'tune', name: 'trials', sha256: toSha256(toCanonicalJson(found)) }];
}

function findDifferences(
  original: readonly Output[],
  reproduction: readonly Output[],
): readonly OutputDifference[] {
  const toKey = ({ step, name }: Output): string => `${step} ${name}`;
  const repeated = new Map(reproduction.map((output) => [toKey(output), output.sha256]));
  const known = new Set(original.map(toKey));
  const changed = original.flatMap((output): OutputDifference[] => {
    const sha256 = repeated.get(toKey(output)) ?? null;
    if (sha256 === output.sha256) return [];
    const { step, name } = output;
    return [{ step, name, original: output.sha256, reproduction: sha256 }];
  });
  const added = reproduction
    .filter((output) => !known.has(toKey(output)))
    .map(({ step, name, sha256 }) => ({ step, name, original: null, reproduction: sha256 }));
  return [...changed, ...added];
}

function pairMetrics(
  original: Readonly<Record<string, number>>,
  reproduction: Readonly<Record<string, number>>,
): Reproduction['metrics'] {
  const names = [...new Set([...Object.keys(original), ...Object.keys(reproduction)])];
  return names.map((name) => ({
    name,
    original: original[name] ?? null,
    reproduction: reproduction[name] ?? null,
  }));
}

function isWithinTolerance({ original, reproduction }: Reproduction['metrics'][number]): boolean {
  if (original === null || reproduction === null) return false;
  const size = Math.max(Math.abs(original), Math.abs(reproduction));
  return Math.abs(original - reproduction) <= relativeTolerance * size;
}
