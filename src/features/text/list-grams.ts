import type { TextEncoding } from '../feature-program.js';

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * All n-grams of a text in lower case (by Unicode, not by locale), of 1 to `ngrams` units: words are runs of letters
 * and digits, joined by a blank; characters are code points, with every run of white space as one blank.
 */
export function listGrams(
  text: string,
  { unit, ngrams }: Pick<TextEncoding, 'unit' | 'ngrams'>,
): string[] {
  const lower = text.toLowerCase();
  const units =
    unit === 'word' ? (lower.match(wordPattern) ?? []) : [...lower.trim().replace(/\s+/gu, ' ')];
  const separator = unit === 'word' ? ' ' : '';
  const grams: string[] = [];
  for (let start = 0; start < units.length; start += 1) {
    const longest = Math.min(ngrams, units.length - start);
    for (let size = 1; size <= longest; size += 1) {
      grams.push(units.slice(start, start + size).join(separator));
    }
  }
  return grams;
}
