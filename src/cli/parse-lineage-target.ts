import { RecetaError } from '../contract/errors.js';
import { defaultAlias, namePattern, runIdPattern } from '../contract/ids.js';

/** What a caller wants to know the origin or the uses of. */
export type LineageTarget =
  | { readonly kind: 'bytes'; readonly sha256: string }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'version'; readonly model: string; readonly version: number }
  | { readonly kind: 'alias'; readonly model: string; readonly alias: string };

/**
 * Reads `<sha256>`, a run id, `MODEL`, `MODEL@3` or `MODEL@alias`; a bare model means its champion.
 *
 * @throws RecetaError `request-invalid`
 */
export function parseLineageTarget(text: string): LineageTarget {
  if (/^[0-9a-f]{64}$/.test(text)) return { kind: 'bytes', sha256: text };
  if (runIdPattern.test(text)) return { kind: 'run', runId: text };
  const [model = '', which = defaultAlias, ...rest] = text.split('@');
  if (rest.length === 0 && namePattern.test(model)) {
    if (/^[1-9]\d*$/.test(which)) return { kind: 'version', model, version: Number(which) };
    if (namePattern.test(which)) return { kind: 'alias', model, alias: which };
  }
  throw new RecetaError(
    'request-invalid',
    `"${text.slice(0, 100)}" names nothing that has a lineage; give a model (MODEL, MODEL@3 or MODEL@alias), a run id, or a sha256`,
  );
}
