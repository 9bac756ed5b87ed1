import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { RecetaError } from '../contract/errors.js';
import type { Task } from '../contract/pipeline-plan.js';
import { type NetworkSpec, parseNetworkSpec } from './network.js';

/**
 * A trained model: everything a prediction depends on, and nothing of the run that made it, so equal trainings
 * on one platform give documents of equal sha256.
 */
export interface ModelDocument {
  readonly format: typeof modelFormat;
  readonly task: Task;
  /** The FeatureProgram as JSON; its own room reads it. */
  readonly features: unknown;
  readonly network: NetworkSpec;
  /** Identifies the safetensors file of the weights. */
  readonly weights: WeightsDigest;
}

interface WeightsDigest {
  readonly sha256: string;
  readonly sizeBytes: number;
}

const modelFormat = 'receta-model/1';

/** Writes a model document as canonical JSON in UTF-8. */
export function createModelDocument(parts: Omit<ModelDocument, 'format'>): Uint8Array {
  const { task, features, network, weights } = parts;
  const { sha256, sizeBytes } = weights;
  const document: ModelDocument = {
    format: modelFormat,
    task,
    features,
    network,
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
  const { task, features, weights } = value;
  if (task !== 'classification' && task !== 'regression') {
    throw invalid(`its task is ${JSON.stringify(task)}`);
  }
  if (!isRecord(features)) throw invalid('it has no feature program');
  const network = parseNetworkSpec(value.network);
  assertOutput(task, network);
  return { format: modelFormat, task, features, network, weights: parseDigest(weights) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid('it is not JSON', cause);
  }
}

function assertOutput(task: Task, network: NetworkSpec): void {
  const last = network.layers.at(-1);
  const softmax = last?.kind === 'dense' && last.activation === 'softmax';
  if (softmax !== (task === 'classification')) {
    throw invalid(`the output of its network does not fit its task, ${task}`);
  }
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
