import { toCanonicalJson } from '../../artifacts/canonical-json.js';
import { RecetaError } from '../../contract/errors.js';
import { type ModelName, modelNames } from '../../contract/model-names.js';
import type { Task } from '../../contract/pipeline-plan.js';
import type { Calibration } from '../calibration/calibration.js';
import { parseCalibration } from './parse-calibration.js';
import { parsePredictorSpec } from './parse-predictor-spec.js';
import type { PredictorSpec } from './predictor-spec.js';

/**
 * A trained model: everything a prediction depends on, and nothing of the run that made it, so equal trainings
 * on one platform give documents of equal sha256. It answers the weighted mean of its members, calibrated.
 */
export interface ModelDocument {
  readonly format: typeof modelFormat;
  readonly task: Task;
  /** FeaturePrograms as JSON; their own room reads them. Targets are decoded by the first one. */
  readonly programs: readonly unknown[];
  /** At least one. */
  readonly members: readonly MemberDocument[];
  /** Of class probabilities. */
  readonly calibration: Calibration | null;
  /** Identifies the safetensors file with the tensors of all members. */
  readonly weights: WeightsDigest;
}

export interface MemberDocument {
  readonly model: ModelName;
  /** Index of its feature program. */
  readonly program: number;
  /** Share of the answer, above 0; all add up to 1. */
  readonly weight: number;
  readonly predictor: PredictorSpec;
  /** The largest shares of its feature outputs by name, where its family measures them; they change no answer. */
  readonly importance: Readonly<Record<string, number>> | null;
  /** Begins the names of its tensors, e.g. `members.0.`. */
  readonly prefix: string;
}

export interface WeightsDigest {
  readonly sha256: string;
  readonly sizeBytes: number;
}

const modelFormat = 'receta-model/2';

/** Shares are decimal fractions, whose sum is 1 within rounding. */
const weightTolerance = 1e-9;

/** Writes a model document as canonical JSON in UTF-8. */
export function createModelDocument(parts: Omit<ModelDocument, 'format'>): Uint8Array {
  const { task, programs, members, calibration, weights } = parts;
  const { sha256, sizeBytes } = weights;
  const document: ModelDocument = {
    format: modelFormat,
    task,
    programs,
    members,
    calibration,
    weights: { sha256, sizeBytes },
  };
  return new TextEncoder().encode(toCanonicalJson(document));
}

/**
 * Reads a model document.
 *
 * @throws RecetaError `model-invalid` naming the first thing that is not as it must be
 */
export function parseModelDocument(bytes: Uint8Array): ModelDocument {
  const value = parseJson(bytes);
  if (!isRecord(value)) throw invalid('it is not a JSON object');
  if (value.format !== modelFormat) {
    throw invalid(`its format is ${JSON.stringify(value.format)} and not '${modelFormat}'`);
  }
  const { task, programs, weights } = value;
  if (task !== 'classification' && task !== 'regression') {
    throw invalid(`its task is ${JSON.stringify(task)}`);
  }
  if (!Array.isArray(programs) || programs.length === 0 || !programs.every(isRecord)) {
    throw invalid('it has no feature program');
  }
  const members = parseMembers(value.members, programs.length);
  const calibration = value.calibration === null ? null : parseCalibration(value.calibration);
  if (calibration !== null && task === 'regression') {
    throw invalid('it calibrates probabilities, but answers numbers');
  }
  return {
    format: modelFormat,
    ...{ task, programs, members, calibration },
    weights: parseDigest(weights),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid('it is not JSON', cause);
  }
}

function parseMembers(value: unknown, programCount: number): MemberDocument[] {
  if (!Array.isArray(value) || value.length === 0) throw invalid('it has no members');
  const members = value.map((member: unknown, index) => {
    try {
      return parseMember(member, programCount);
    } catch (error) {
      if (!(error instanceof RecetaError)) throw error;
      throw invalid(`member ${index}: ${error.message}`, error);
    }
  });
  const sum = members.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) > weightTolerance)
    throw invalid(`the weights of its members sum to ${sum}`);
  if (new Set(members.map(({ prefix }) => prefix)).size < members.length) {
    throw invalid('two members have the same prefix');
  }
  return members;
}

function parseMember(value: unknown, programCount: number): MemberDocument {
  if (!isRecord(value)) throw invalid('it is no object');
  const { model, program, weight, prefix } = value;
  const name = modelNames.find((known) => known === model);
  if (name === undefined) throw invalid(`its model is ${JSON.stringify(model)}`);
  if (!Number.isInteger(program) || !(Number(program) >= 0 && Number(program) < programCount)) {
    throw invalid(`its program is ${JSON.stringify(program)} of ${programCount}`);
  }
  if (typeof weight !== 'number' || !(weight > 0 && weight <= 1)) {
    throw invalid(`its weight is ${JSON.stringify(weight)}`);
  }
  if (typeof prefix !== 'string' || prefix === '') throw invalid('it has no prefix');
  const predictor = parsePredictorSpec(value.predictor);
  const importance = parseImportance(value.importance);
  return { model: name, program: program as number, weight, predictor, importance, prefix };
}

function parseImportance(value: unknown): MemberDocument['importance'] {
  if (value === null) return null;
  if (!isRecord(value)) throw invalid('its importance is no object');
  return Object.fromEntries(
    Object.entries(value).map(([name, share]) => {
      if (typeof share === 'number' && share >= 0 && share <= 1) return [name, share];
      throw invalid(`its importance of ${JSON.stringify(name)} is ${JSON.stringify(share)}`);
    }),
  );
}

function parseDigest(value: unknown): WeightsDigest {
  if (!isRecord(value)) throw invalid('it names no weights');
  const { sha256, sizeBytes } = value;
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw invalid('weights.sha256 is no digest');
  }
  if (!Number.isSafeInteger(sizeBytes) || (sizeBytes as number) < 0) {
    throw invalid('weights.sizeBytes is no size');
  }
  return { sha256, sizeBytes: sizeBytes as number };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(found: string, cause?: unknown): RecetaError {
  return new RecetaError(
    'model-invalid',
    `Reading a model document: ${found}. The stored model is damaged or of another version; train it again.`,
    { cause },
  );
}
