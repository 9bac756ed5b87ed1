import type { KeyParts } from '../contract/step-cache.js';
import { toParameterWords } from './parameter-words.js';

/** Reasons that are told one by one; the others are counted. */
const toldReasons = 2;

/**
 * Says in words why a step has to run: what differs from the last time that the pipeline ran it, e.g.
 * `transform.clean changed`, `code of features/fit-column.ts changed`, `input table changed`.
 *
 * @param before `null`: the pipeline never ran this step
 */
export function explainMiss(now: KeyParts, before: KeyParts | null): string {
  if (before === null) return 'first run of this step';
  const reasons = [
    ...compare(before.parameters, now.parameters, toParameterWords),
    ...compare(before.inputs, now.inputs, (name) => `input ${name}`),
    ...compare(before.code, now.code, toCodeWords),
  ];
  // The same as last time, so the result itself must have gone.
  if (reasons.length === 0) return 'the stored result is gone';
  const told = reasons.slice(0, toldReasons);
  const more = reasons.length - told.length;
  return more === 0 ? told.join(', ') : `${told.join(', ')} and ${more} more`;
}

/** What changed, came or went, each thing once. */
function compare(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  toWords: (name: string) => string,
): string[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])].sort();
  const reasons = names.flatMap((name) => {
    if (before[name] === now[name]) return [];
    if (!(name in before)) return `${toWords(name)} is new`;
    if (!(name in now)) return `${toWords(name)} is gone`;
    return `${toWords(name)} changed`;
  });
  return [...new Set(reasons)];
}

function toCodeWords(name: string): string {
  return name.startsWith('npm:') ? `package ${name.slice('npm:'.length)}` : `code of ${name}`;
}
