import { describe, expect, it } from 'vitest';
import type { TextEncoding } from '../feature-program.js';
import { hashGram } from './hash-text.js';
import { listGrams } from './list-grams.js';
import { writeText } from './write-text.js';

describe('listGrams', () => {
  it('joins neighboring words, in lower case and without punctuation', () => {
    expect(listGrams('The cat, the HAT!', { unit: 'word', ngrams: 2 })).toEqual([
      'the',
      'the cat',
      'cat',
      'cat the',
      'the',
      'the hat',
      'hat',
    ]);
  });

  it('knows letters, accents and digits of any script', () => {
    expect(listGrams('Größe 42: 東京-naïve', { unit: 'word', ngrams: 1 })).toEqual([
      'größe',
      '42',
      '東京',
      'naïve',
    ]);
  });

  it('takes characters by code point, with white space as one blank', () => {
    expect(listGrams(' A\n\t😀b ', { unit: 'character', ngrams: 2 })).toEqual([
      'a',
      'a ',
      ' ',
      ' 😀',
      '😀',
      '😀b',
      'b',
    ]);
  });

  it('finds nothing in an empty text', () => {
    expect(listGrams('', { unit: 'word', ngrams: 3 })).toEqual([]);
    expect(listGrams(' \n', { unit: 'character', ngrams: 3 })).toEqual([]);
  });
});

describe('writeText', () => {
  const encoding: TextEncoding = {
    kind: 'text',
    name: 'note',
    column: 'text',
    buckets: 1024,
    ngrams: 1,
    unit: 'word',
    missing: false,
  };
  const write = (text: string): Float32Array => {
    const out = new Float32Array(encoding.buckets);
    writeText(encoding, text, out, 0);
    return out;
  };

  it('writes signed counts in their buckets, scaled to length 1', () => {
    const out = write('cat cat cat dog dog dog dog');
    const cat = hashGram('cat', encoding.buckets);
    const dog = hashGram('dog', encoding.buckets);
    expect(out[cat.bucket]).toBe(Math.fround(cat.sign * 0.6));
    expect(out[dog.bucket]).toBe(Math.fround(dog.sign * 0.8));
    expect(out.filter((value) => value !== 0)).toHaveLength(2);
  });

  it('leaves zeros for a text without words', () => {
    expect(write('...').every((value) => value === 0)).toBe(true);
  });
});
