import { flattenParameters } from '../cache/flatten-parameters.js';
import { toParameterWords } from '../cache/parameter-words.js';
import type { PipelinePlan } from '../contract/pipeline-plan.js';
import type { RunRecord, TrainingBackend } from '../contract/run-record.js';
import { type Comparison, compareValues, type DiffValue } from './compare-values.js';
import { listDataFiles } from './list-data-files.js';
import type { RunFacts } from './run-facts.js';

/** Two runs side by side; in each section differences come first. */
export interface RunDiff {
  readonly a: string;
  readonly b: string;
  /** What the pipeline files said, with every default filled in, by dotted path. */
  readonly pipeline: readonly Comparison[];
  /** sha256 of the files that were read. */
  readonly data: readonly Comparison[];
  /** sha256 of modules and packages of all steps, and what the runs ran on. */
  readonly code: readonly Comparison[];
  /** Of the test part. */
  readonly metrics: readonly Comparison[];
}

type Values = Readonly<Record<string, DiffValue>>;

/** Says what is different between two finished runs, and what is equal. */
export function compareRuns(a: RunFacts, b: RunFacts): RunDiff {
  return {
    a: a.record.runId,
    b: b.record.runId,
    pipeline: compareValues(toPlanValues(a.record.plan), toPlanValues(b.record.plan)),
    data: compareValues(toDataValues(a), toDataValues(b)),
    code: compareValues(toCodeValues(a), toCodeValues(b)),
    metrics: compareValues(a.record.metrics ?? {}, b.record.metrics ?? {}),
  };
}

/** The file as it was written is left out: what it means is compared. */
function toPlanValues({ file: _, transform: queries, ...plan }: PipelinePlan): Values {
  const flat = Object.entries(flattenParameters({ ...plan, queries }));
  return Object.fromEntries(
    flat.map(([path, text]) => [toParameterWords(path), toPlainValue(text)]),
  );
}

/** Texts without the quotes of JSON. */
function toPlainValue(json: string): DiffValue {
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' || typeof value === 'number' ? value : json;
}

function toDataValues({ manifest }: RunFacts): Values {
  const files = listDataFiles(manifest);
  return Object.fromEntries(
    files.map(({ source, name, sha256 }) => [`${source}: ${name}`, sha256]),
  );
}

function toCodeValues({ record, keyParts }: RunFacts): Values {
  return { ...toPlatformValues(record), ...Object.assign({}, ...keyParts.map(({ code }) => code)) };
}

function toPlatformValues({ attempts }: RunRecord): Values {
  const [first] = attempts;
  if (first === undefined) return {};
  const { receta, node, os, cpuModel, cpuFlagsSha256 } = first.platform;
  return {
    'platform: receta': receta,
    'platform: node': node,
    'platform: os': os,
    'platform: cpu': cpuModel,
    'platform: cpu flags': cpuFlagsSha256,
    ...Object.fromEntries(attempts.flatMap(({ backend }) => toLibraryValues(backend))),
  };
}

/** One value a library that trained a model of the run. */
function toLibraryValues(backend: TrainingBackend | null): [string, string][] {
  return Object.entries(backend?.versions ?? {}).map(([library, version]) => [
    `platform: ${library}`,
    version,
  ]);
}
