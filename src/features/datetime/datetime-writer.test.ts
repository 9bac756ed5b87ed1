import { expect, it } from 'vitest';
import type { DatetimeEncoding } from '../feature-program.js';
import { datetimeWriter } from './datetime-writer.js';
import { parseDatetime } from './parse-datetime.js';

const encoding: DatetimeEncoding = {
  kind: 'datetime',
  name: 'soldAt',
  column: 'datetime',
  elapsed: {
    fill: 10,
    clip: null,
    scale: { method: 'standard', transform: 'none', floor: 0, mean: 10, deviation: 86_400 },
  },
  parts: [
    { part: 'hour', cyclic: true },
    { part: 'year', cyclic: false, mean: 1972, deviation: 2 },
  ],
  missing: true,
};

function write(text: string | null): number[] {
  const out = new Float32Array(5);
  datetimeWriter(encoding)((text === null ? null : parseDatetime(text)) ?? Number.NaN, out, 0);
  return [...out];
}

it('writes elapsed time, then the parts, then the mark of a missing value', () => {
  expect(write('1970-01-01T06:00:10')).toEqual([
    0.25,
    1,
    Math.fround(Math.cos(Math.PI / 2)),
    -1,
    0,
  ]);
});

it('puts a missing time in the middle', () => {
  expect(write(null)).toEqual([0, 0, 0, 0, 1]);
});

it('keeps a year far away within ten deviations', () => {
  expect(write('2026-01-01')[3]).toBe(10);
});
