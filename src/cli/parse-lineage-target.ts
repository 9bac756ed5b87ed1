import { RecetaError } from '../contract/errors.js';
import { runIdPattern } from '../contract/ids.js';
import { type ModelTarget, parseModelTarget } from './parse-model-target.js';

/** What a caller wants to know the origin or the uses of. */
export type LineageTarget =
  | { readonly kind: 'bytes'; readonly sha256: string }
  | { readonly kind: 'run'; readonly runId: string }
  | ModelTarget;

/**
 * Reads `<sha256>`, a run id, `MODEL`, `MODEL@3` or `MODEL@alias`; a bare model means its champion.
 *
 * @throws RecetaError `request-invalid`
 */
export function parseLineageTarget(text: string): LineageTarget {
  if (/^[0-9a-f]{64}$/.test(text)) return { kind: 'bytes', sha256: text };
  if (runIdPattern.test(text)) return { kind: 'run', runId: text };
  const model = parseModelTarget(text);
  if (model !== null) return model;
  throw new RecetaError(
    'request-invalid',
    `"${text.slice(0, 100)}" names nothing that has a lineage; give a model (MODEL, MODEL@3 or MODEL@alias), a run id, or a sha256`,
  );
}
