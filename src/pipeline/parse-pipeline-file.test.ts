import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { parsePipelineFile } from './parse-pipeline-file.js';

const smallest = 'name: penguins\nsource: penguins.csv\ntarget: species\n';

function parse(text: string) {
  return parsePipelineFile(text, { fileName: 'p.yaml' });
}

/** Problems as `line:column message`. */
function problemsOf(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    expect(error).toBeInstanceOf(RecetaError);
    const { code, problems } = error as RecetaError;
    expect(code).toBe('pipeline-invalid');
    return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
  return [];
}

test('a file of three lines gets every default', () => {
  expect(parse(smallest)).toEqual({
    version: 1,
    name: 'penguins',
    source: { kind: 'path', path: 'penguins.csv', sha256: null },
    target: 'species',
    ignore: [],
    split: { train: 0.64, validation: 0.16, test: 0.2, seed: 0, key: [] },
    tune: { trials: 8, parallel: 2, seed: 0, epochs: 20 },
    train: { epochs: 40 },
    gates: {},
    deploy: { alias: 'champion' },
  });
});

test('a file that says everything keeps everything', () => {
  const text = `
version: 1
name: diamonds
source:
  url: https://example.org/diamonds.csv
  sha256: ${'AB'.repeat(32)}
target: price
task: regression
ignore: [id, 'row number']
split: {train: 0.5, validation: 0.25, test: 0.25, seed: 7, key: [customer]}
transform: |
  SELECT * FROM source
  WHERE price > 0
tune: {trials: 3, parallel: 1, seed: 2, epochs: 5}
train: {epochs: 9}
gates:
  r2: {min: 0.9}
  rmse: {min: 0, max: 900.5}
deploy: {alias: challenger}
`;
  expect(parse(text)).toEqual({
    version: 1,
    name: 'diamonds',
    source: {
      kind: 'url',
      url: 'https://example.org/diamonds.csv',
      sha256: 'ab'.repeat(32),
    },
    target: 'price',
    task: 'regression',
    ignore: ['id', 'row number'],
    split: { train: 0.5, validation: 0.25, test: 0.25, seed: 7, key: ['customer'] },
    transform: 'SELECT * FROM source\nWHERE price > 0\n',
    tune: { trials: 3, parallel: 1, seed: 2, epochs: 5 },
    train: { epochs: 9 },
    gates: { r2: { min: 0.9 }, rmse: { min: 0, max: 900.5 } },
    deploy: { alias: 'challenger' },
  });
});

test('a source with a scheme is a URL, any other text is a path', () => {
  const sourceOf = (source: string) =>
    parse(`name: p\ntarget: y\nsource: ${JSON.stringify(source)}`).source;

  expect(sourceOf('HTTPS://example.org/a.csv?x=1')).toMatchObject({ kind: 'url' });
  expect(sourceOf('../data/a b.csv')).toMatchObject({ kind: 'path', path: '../data/a b.csv' });
  expect(sourceOf('C:\\data.csv')).toMatchObject({ kind: 'path' });
});

test.each([
  ['trails: 3', '4:1 trails is not a known key; did you mean tune.trials?'],
  ['tune:\n  trails: 3', '5:3 tune.trails is not a known key; did you mean tune.trials?'],
  [
    'gates:\n  r2: {minimum: 1}',
    '5:8 gates.r2.minimum is not a known key; did you mean gates.r2.min?',
  ],
  [
    'gates: {acuracy: {min: 1}}',
    '4:9 gates.acuracy is not a known key; did you mean gates.accuracy?',
  ],
  [
    'gates: {auc: {min: 1}}',
    '4:9 gates.auc is not a known key; known here are accuracy, balancedAccuracy, f1Macro, logLoss, rocAuc, rmse, mae, medianAbsoluteError, r2, rmseLog',
  ],
  ['deploy: {alais: x}', '4:10 deploy.alais is not a known key; did you mean deploy.alias?'],
  ['epoch: 3', '4:1 epoch is not a known key; did you mean tune.epochs or train.epochs?'],
  ['alias: x', '4:1 alias is not a known key; did you mean deploy.alias?'],
  ['train: {zebra: 1}', '4:9 train.zebra is not a known key; known here are epochs'],
  ['Target: y', '4:1 Target is not a known key; did you mean target?'],
])('an unknown key is an error at its place with a suggestion: %j', (extra, problem) => {
  expect(problemsOf(smallest + extra)).toEqual([problem]);
});

test('an unknown key in the long form of a source is named too', () => {
  expect(problemsOf('name: p\ntarget: y\nsource:\n  paht: a.csv\n')).toEqual([
    '4:3 source.paht is not a known key; did you mean source.path?',
  ]);
});

test.each([
  ['tune: {trials: eight}', '4:16 tune.trials is "eight", wanted a whole number from 1 to 1000'],
  ['tune: {parallel: 0.5}', '4:18 tune.parallel is 0.5, wanted a whole number from 1 to 64'],
  ['tune: {trials: 1001}', '4:16 tune.trials is 1001, wanted a whole number from 1 to 1000'],
  ['train: {epochs: .inf}', '4:17 train.epochs is Infinity, wanted a whole number from 1 to 10000'],
  ['tune:\n  seed:', '5:8 tune.seed is empty, wanted a whole number from 0 to 2147483647'],
  ['split: {test: 1}', '4:15 split.test is 1, wanted a number above 0 and below 1'],
  [
    'split: {test: 0.3}',
    '4:8 split adds up to 1.1, wanted train, validation and test that add up to 1; give all three',
  ],
  ['task: ranking', '4:7 task is "ranking", wanted classification or regression'],
  ['version: 2', '4:10 version is 2, wanted the number 1, the only version of the format'],
  ['ignore: species', '4:9 ignore is "species", wanted a list of column names'],
  ['ignore: [id, species]', '4:14 ignore[1] is the target "species", wanted another column'],
  ['ignore: [id, 3]', '4:14 ignore[1] is 3, wanted the name of a column'],
  ['transform: "  "', '4:12 transform is "  ", wanted one SELECT over the table `source`'],
  ['gates: {r2: {}}', '4:13 gates.r2 needs min, max or both'],
  ['gates: {r2: 0.5}', '4:13 gates.r2 is 0.5, wanted a section with min, max or both'],
  ['gates: {r2: {min: 2, max: 1}}', '4:13 gates.r2 has min 2 above max 1, which no value passes'],
  ['tune: [8]', '4:7 tune is a list, wanted a section of keys and values'],
])('a wrong value is named with what was found and wanted: %j', (extra, problem) => {
  expect(problemsOf(smallest + extra)).toEqual([problem]);
});

test.each([
  ['3', '3:9 source is 3, wanted a path, a URL, or a path or url with a sha256'],
  [
    's3://bucket/a.csv',
    '3:9 source is "s3://bucket/a.csv", wanted an http or https URL without user name and password',
  ],
  [
    '{url: ftp://x/a}',
    '3:15 source.url is "ftp://x/a", wanted an http or https URL without user name and password',
  ],
  ['{path: a, url: "http://x/y"}', '3:9 source needs either a path or a url'],
  ['{sha256: abc}', '3:18 source.sha256 is "abc", wanted 64 hexadecimal digits'],
  ['{}', '3:9 source needs either a path or a url'],
])('a wrong source is named with what was found and wanted: %s', (source, problem) => {
  expect(problemsOf(`name: p\ntarget: y\nsource: ${source}\n`)).toEqual([problem]);
});

test('a URL with a password is refused without repeating the password', () => {
  const [problem] = problemsOf(
    'name: p\ntarget: y\nsource: https://me:secret1@example.org/a.csv\n',
  );

  expect(problem).toBe(
    '3:9 source is "https://***@example.org/a.csv", wanted an http or https URL without user name and password',
  );
});

test('all problems are listed in the order of the file', () => {
  expect(problemsOf('tune: {trials: 0}\nnmae: p\nsource: a.csv\n')).toEqual([
    '1:1 name is missing, wanted a name of at most 63 lower-case letters, digits and hyphens that starts with a letter',
    '1:1 target is missing, wanted the name of a column',
    '1:16 tune.trials is 0, wanted a whole number from 1 to 1000',
    '2:1 nmae is not a known key; did you mean name?',
  ]);
});

test.each([
  ['', '1:1 the pipeline is empty, wanted the keys of a pipeline: name, source, target'],
  ['hello', '1:1 the pipeline is "hello", wanted the keys of a pipeline: name, source, target'],
  ['- a', '1:1 the pipeline is a list, wanted the keys of a pipeline: name, source, target'],
  ['name: a\nname: b', '2:1 This is not YAML that can be read: Map keys must be unique'],
  ['name: "p', '1:9 This is not YAML that can be read: Missing closing "quote'],
  ['\tname: p', '1:1 This is not YAML that can be read: Tabs are not allowed as indentation'],
  [
    'name: !!js/function p',
    '1:7 This is not YAML that can be read: Unresolved tag: tag:yaml.org,2002:js/function',
  ],
  ['a: &a [x]\nb: *a', '2:4 The alias *a is not allowed; write its value out'],
  ['1: x', '1:1 A key must be text; put it in quotes'],
])('text that is no pipeline is refused with line and column: %j', (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('a second document is refused', () => {
  expect(problemsOf(`${smallest}---\nname: q\n`)).toEqual([
    '4:1 This is not YAML that can be read: Source contains multiple documents; please use YAML.parseAllDocuments()',
  ]);
});

test('a file above 256 kB is refused before it is read', () => {
  expect(() => parse(`${smallest}# ${'x'.repeat(256_000)}`)).toThrow(
    'The pipeline file p.yaml has 256054 bytes, wanted at most 256000',
  );
});

test('text that is nested absurdly deep is refused, not a crash', () => {
  expect(problemsOf('['.repeat(50_000))).toHaveLength(5);
});

test('the message counts the problems and names the file', () => {
  expect(() => parse('name: p')).toThrow('The pipeline file p.yaml has 2 problems');
  expect(() => parse(`${smallest}x: 1`)).toThrow('The pipeline file p.yaml has 1 problem');
});

test('any text gives a pipeline or a RecetaError, never another error', () => {
  const alphabet = [
    'name',
    ':',
    ' ',
    '\n',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '"',
    '*a',
    '&a',
    '!!x',
    '1',
    '\t',
    'tune',
    '\u0000',
    '|',
    '?',
    '%',
    '__proto__',
    ',',
  ];
  const text = fc
    .array(fc.constantFrom(...alphabet), { maxLength: 30 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (source) => {
      try {
        parse(source);
      } catch (error) {
        expect(error).toBeInstanceOf(RecetaError);
      }
    }),
    { numRuns: 2_000 },
  );
});
