import { expect, test } from 'vitest';
import { toNulls } from './csv-file.js';
import { detectHeader } from './detect-header.js';

const detect = (csv: string): string => {
  const [first = [], ...rows] = csv.split('\n').map((line) => line.split(','));
  return detectHeader(first, rows, { decimal: null, isGivenTime: null }, toNulls(null));
};

test.each([
  ['names above numbers', 'id,x\n1,2.5\n2,3.5', 'header'],
  ['one name above numbers is enough', 'id,a\n1,a\n2,b', 'header'],
  ['names above texts', 'name,town\nann,rome\nbob,oslo', 'unclear'],
  ['numbers above numbers', '1,2.5,a\n2,3.5,a\n3,1.5,b', 'data'],
  ['dates above dates', '2024-01-31,a\n2024-02-01,a', 'data'],
  [
    'a text that is one of its column, in half of the columns',
    'yes,rome\nno,oslo\nyes,bern',
    'data',
  ],
  ['a text that is one of its column, in fewer', 'yes,rome,x\nno,oslo,y\nyes,bern,z', 'unclear'],
  ['years are names', 'land,2019,2020\nitaly,1,2\nfrance,3,4', 'unclear'],
  ['a name of nothing says nothing', ',x\n0,2.5\n1,3.5', 'header'],
  ['a missing value says nothing', '1,NA\n2,5\n3,6', 'data'],
  ['a header alone', 'a,b', 'unclear'],
])('%s', (_what, csv, expected) => {
  expect(detect(csv)).toBe(expected);
});
