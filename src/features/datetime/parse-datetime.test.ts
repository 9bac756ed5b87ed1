import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDatetime } from './parse-datetime.js';

describe('parseDatetime', () => {
  it.each([
    ['1970-01-02', 86_400],
    ['1970-01-01T00:01', 60],
    ['1970-01-01 00:00:01', 1],
    ['1970-01-01T00:00:01.5Z', 1.5],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1970-01-01T01:00:00+0130', -1800],
    ['1969-12-31T23:00:00-02', 3600],
    ['1969-12-31T23:59:59.75Z', -0.25],
    ['2026-11-23 17:08:12.123456', 1_795_453_692.123456],
    ['2026-11-23 17:08:12.123456999', 1_795_453_692.123456],
    ['0001-01-01', -62_135_596_800],
  ])('reads %s', (text, seconds) => {
    expect(parseDatetime(text)).toBe(seconds);
  });

  it.each([
    '',
    'tomorrow',
    '23.11.2026',
    '2026-02-30',
    '2026-13-01',
    '2026-11-23T24:00:00',
    '2026-11-23T10:60:00',
    '2026-11-23T10:00:60',
    '2026-11-23T10',
    '2026-11-23 10:00:00 CET',
    '1795453692',
  ])('refuses %j', (text) => {
    expect(parseDatetime(text)).toBeNull();
  });

  it('reads back exactly every time from 1685 to 2255 that Date prints', () => {
    const anyDate = fc.date({
      min: new Date('1685-01-01T00:00:00Z'),
      max: new Date('2255-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(parseDatetime(date.toISOString())).toBe(date.getTime() / 1000);
      }),
    );
  });
});
