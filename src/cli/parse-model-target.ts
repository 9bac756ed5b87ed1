import { defaultAlias, namePattern } from '../contract/ids.js';

/** One version of a model, by its number or by an alias. */
export type ModelTarget =
  | { readonly kind: 'version'; readonly model: string; readonly version: number }
  | { readonly kind: 'alias'; readonly model: string; readonly alias: string };

/** Reads `MODEL`, `MODEL@3` or `MODEL@alias`; a bare model means its champion, `null` that it is none of them. */
export function parseModelTarget(text: string): ModelTarget | null {
  const [model = '', which = defaultAlias, ...rest] = text.split('@');
  if (rest.length > 0 || !namePattern.test(model)) return null;
  if (/^[1-9]\d*$/.test(which)) return { kind: 'version', model, version: Number(which) };
  return namePattern.test(which) ? { kind: 'alias', model, alias: which } : null;
}
