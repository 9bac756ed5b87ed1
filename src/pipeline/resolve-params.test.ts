import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeUnsafeValue } from './fill-place.js';
import { resolveParams } from './resolve-params.js';
import { problemsOf, sourceless } from './testdata/problems-of.js';

const file = { params: { month: '2019-03', minimum: 0.5, strict: true } };

test('a run takes the defaults unless it is given others', () => {
  expect(resolveParams(file, {})).toEqual(file.params);
  expect(resolveParams(file, { month: '2019-04' })).toEqual({ ...file.params, month: '2019-04' });
});

test('a text is read as what the default is', () => {
  expect(resolveParams(file, { minimum: '-1e3', strict: 'false', month: '7' })).toEqual({
    month: '7',
    minimum: -1000,
    strict: false,
  });
});

test.each([
  [{ moth: 'x' }, 'there is no parameter moth; did you mean month?'],
  [{ zebra: 'x' }, 'there is no parameter zebra; the pipeline declares month, minimum, strict'],
  [{ minimum: '0x10' }, 'the parameter minimum is "0x10", wanted a number such as 0.5'],
  [{ minimum: '' }, 'the parameter minimum is "", wanted a number such as 0.5'],
  [{ minimum: '1e999' }, 'the parameter minimum is "1e999", wanted a number such as 0.5'],
  [
    { minimum: '12345678901234567890' },
    'the parameter minimum is "12345678901234567890", wanted a number such as 0.5',
  ],
  [{ strict: 'yes' }, 'the parameter strict is "yes", wanted true or false'],
  [{ month: 4 }, 'the parameter month is 4, wanted a text such as "2019-03"'],
  [{ month: null }, 'the parameter month is null, wanted a text such as "2019-03"'],
  [
    { toString: 'x' },
    'there is no parameter toString; the pipeline declares month, minimum, strict',
  ],
])('a value that is not meant is refused with what is: %j', (given, message) => {
  expect(() => resolveParams(file, given)).toThrow(
    expect.objectContaining({
      code: 'request-invalid',
      message: `cannot start the pipeline: ${message}`,
    }),
  );
});

test('a pipeline without parameters says so', () => {
  expect(() => resolveParams({ params: {} }, { month: '1' })).toThrow(
    'there is no parameter month: the pipeline declares none in params',
  );
});

test.each([
  ['2019-03', null],
  ['a b', null],
  [3, null],
  [true, null],
  ['a/b', '"/"'],
  ['a\\b', String.raw`"\\"`],
  ['a..b', '".."'],
  ['a?b', '"?"'],
  ['a#b', '"#"'],
  ['a%2fb', '"%"'],
  ['a*', '"*"'],
  ['[a]', '"["'],
  ['{a,b}', '"{"'],
  ['a\nb', String.raw`"\n"`],
  ['.', 'neither empty'],
  ['', 'neither empty'],
  [' a', 'without spaces'],
])('a value that could lead to another place is unsafe: %j', (value, found) => {
  const problem = describeUnsafeValue(value);
  if (found === null) expect(problem).toBeNull();
  else expect(problem).toContain(found);
});

test('a safe value stays within its part of any URL and path', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      fc.pre(describeUnsafeValue(value) === null);
      const { origin, pathname, search, hash } = new URL(`https://example.org/data/${value}/a.csv`);
      expect([origin, search, hash]).toEqual(['https://example.org', '', '']);
      expect(pathname.split('/')).toHaveLength(4);
      expect(pathname.startsWith('/data/') && pathname.endsWith('/a.csv')).toBe(true);
    }),
  );
});

test.each([
  [
    `source: trips-\${params.month}.csv`,
    `3:9 source has \${params.month}, and params does not declare month; add it there with a default`,
  ],
  [
    `params: {month: 2019-03}\nsource: trips-\${params.moth}.csv`,
    `4:9 source has \${params.moth}; did you mean \${params.month}?`,
  ],
  [
    `params: {month: a}\nsource: trips-\${month}.csv`,
    `4:9 source has \${month}; did you mean \${params.month}?`,
  ],
  [
    `params: {month: a}\nsource: a.csv\ntransform: SELECT \${env.HOME}`,
    `5:12 transform has \${env.HOME}, wanted \${params.NAME} with a name that params declares`,
  ],
  [
    `params: {month: 2019/03}\nsource: trips-\${params.month}.csv`,
    '3:17 params.month is "2019/03", and "/" would lead to another place; write that part into the source itself',
  ],
  [
    `params: {host: x}\nsource: https://\${params.host}/a.csv`,
    '4:9 source has a parameter in the name of a server or bucket; write that name out',
  ],
  [
    `params: {b: x}\nsource: {s3: "s3://\${params.b}/a.csv", connection: lake}`,
    '4:14 source.s3 has a parameter in the name of a server or bucket; write that name out',
  ],
  [
    `params: {h: x}\nsource: {sqlite: a.db, query: "SELECT \${params.h}"}`,
    '4:31 source.query has a parameter, which would be pasted; filter in the transform, where values are bound',
  ],
  [
    `params: {h: x}\nsource: a.csv\nderive: {a: "x + \${params.h}"}`,
    '5:13 derive.a has a parameter, and derive is part of the model, which serves without parameters; compute with it in transform',
  ],
  [
    `params: {h: x}\nsource: a.csv\ntask: \${params.h}`,
    '5:7 task has a parameter, which is put into sources and queries only; write the value out',
  ],
  [
    `params: {h: x}\nsource: {path: "\${params.h}.csv", nulls: ["\${params.h}"]}`,
    '4:43 source.nulls[0] has a parameter, which is put into path, url, s3 and sqlite only; write the value out',
  ],
  [
    'params: {h: x}\nsource: a.csv',
    `3:13 params.h is used nowhere; write \${params.h} in a source or a query, or leave it out`,
  ],
  [
    'params: {a-b: 1}\nsource: a.csv',
    '3:10 params.a-b is no name here, wanted a letter or "_", then letters, digits and "_", at most 63',
  ],
  [
    'params: {d: 12345678901234567890}\nsource: a.csv',
    '3:13 params.d has more digits than a number keeps; put it in quotes',
  ],
])('a placeholder that cannot be filled is refused where it stands: %j', (rest, problem) => {
  expect(problemsOf(sourceless + rest)).toEqual([problem]);
});
