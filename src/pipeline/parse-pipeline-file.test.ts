import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { openReadOptions } from '../contract/open-read-options.js';
import { listKeys } from './known-keys.js';
import { parsePipelineFile } from './parse-pipeline-file.js';
import { fullPipeline } from './testdata/full-pipeline.js';
import { problemsOf, smallest } from './testdata/problems-of.js';

function parse(text: string) {
  return parsePipelineFile(text, { fileName: 'p.yaml' });
}

test('a file of three lines gets every default', () => {
  expect(parse(smallest)).toEqual({
    version: 1,
    name: 'penguins',
    params: {},
    sources: {
      source: {
        place: { kind: 'path', paths: ['penguins.csv'] },
        read: openReadOptions,
        sha256: null,
      },
    },
    validate: { onFail: 'stop', columns: {}, leakage: 'stop' },
    derive: {},
    target: 'species',
    ignore: [],
    features: { defaults: {}, columns: {}, target: { transform: 'auto' } },
    split: {},
    models: 'auto',
    learning: { classWeights: 'none' },
    reproducible: false,
    tune: { trials: 8, parallel: 2, seed: 0, space: {}, sampler: 'auto', pruner: 'none' },
    train: { ensemble: true, bagging: true, calibration: 'auto' },
    gates: {},
    deploy: { alias: 'champion' },
  });
});

test('a file that says everything keeps everything', () => {
  const file = parse(fullPipeline);

  expect(file.params).toEqual({ month: '2019-03', minimum: 0.5, strict: true });
  expect(Object.keys(file.sources)).toEqual(['trips', 'zones', 'shop']);
  expect(Object.keys(file.transform ?? {})).toEqual(['clean', 'joined']);
  expect(file.validate.freshness).toEqual({ column: 'pickup', maxAge: 172_800_000 });
  expect(file.split).toMatchObject({ by: 'pickup', gap: 86_400_000, test: 0.25 });
  expect(file.gates).toEqual({ r2: { min: 0.9 }, rmse: { min: 0, max: 900.5 } });
  expect(file.deploy).toEqual({ alias: 'challenger' });
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
  [
    'train: {zebra: 1}',
    '4:9 train.zebra is not a known key; known here are epochs, ensemble, bagging, calibration',
  ],
  ['Target: y', '4:1 Target is not a known key; did you mean target?'],
  ['header: false', '4:1 header is not a known key; did you mean source.header?'],
  ['leakage: warn', '4:1 leakage is not a known key; did you mean validate.leakage?'],
  ['onFail: warn', '4:1 onFail is not a known key; did you mean validate.onFail?'],
  ['folds: 5', '4:1 folds is not a known key; did you mean split.folds?'],
  ['min: 3', '4:1 min is not a known key; did you mean validate.rows.min or gates.<metric>.min?'],
  [
    'features: {columns: {zip: {maxLevel: 3}}}',
    '4:28 features.columns.zip.maxLevel is not a known key; did you mean features.columns.zip.maxLevels?',
  ],
])('an unknown key is an error at its place with a suggestion: %j', (extra, problem) => {
  expect(problemsOf(smallest + extra)).toEqual([problem]);
});

test.each([
  ['tune: {trials: eight}', '4:16 tune.trials is "eight", wanted a whole number from 1 to 10000'],
  ['tune: {parallel: 0.5}', '4:18 tune.parallel is 0.5, wanted a whole number from 1 to 64'],
  ['tune: {trials: 10001}', '4:16 tune.trials is 10001, wanted a whole number from 1 to 10000'],
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
  ['transform: "  "', '4:12 transform is "  ", wanted one SELECT'],
  ['gates: {r2: {}}', '4:13 gates.r2 needs min, max or both'],
  ['gates: {r2: 0.5}', '4:13 gates.r2 is 0.5, wanted a section with min, max or both'],
  ['gates: {r2: {min: 2, max: 1}}', '4:13 gates.r2 has min 2 above max 1, which no value passes'],
  ['tune: [8]', '4:7 tune is a list, wanted a section of keys and values'],
])('a wrong value is named with what was found and wanted: %j', (extra, problem) => {
  expect(problemsOf(smallest + extra)).toEqual([problem]);
});

test('all problems are listed in the order of the file', () => {
  expect(problemsOf('tune: {trials: 0}\nnmae: p\nsource: a.csv\n')).toEqual([
    '1:1 name is missing, wanted a name of at most 63 lower-case letters, digits and hyphens that starts with a letter',
    '1:1 target is missing, wanted the name of a column',
    '1:16 tune.trials is 0, wanted a whole number from 1 to 10000',
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
  [
    'params: {month: 03}',
    '1:17 03 would lose its leading zero; put it in quotes to keep it as text, or write 3',
  ],
])('text that is no pipeline is refused with line and column: %j', (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('a name that JavaScript would swallow is refused, not ignored', () => {
  expect(problemsOf(`${smallest}derive: {__proto__: x}`)).toEqual([
    '4:10 derive.__proto__ cannot be used as a name; choose another one',
  ]);
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

/** Names of all keys of the format. */
const knownNames = new Set(listKeys().map(({ key }) => key));

/** Keys of fullPipeline that the format knows, each with its place. */
const writtenKeys = fullPipeline.split('\n').flatMap((text, index) => {
  const [, indent = '', key = ''] = /^( *)([A-Za-z0-9]+):/.exec(text) ?? [];
  return knownNames.has(key) ? [{ line: index + 1, column: indent.length + 1, key }] : [];
});

const freeSections = /^(?:params|sources|transform|derive|columns|types|space):/;

/** The key of the section around a line. */
function sectionOf(line: number): string {
  const lines = fullPipeline.split('\n');
  const indentOf = (text: string) => text.length - text.trimStart().length;
  const own = indentOf(lines[line - 1] ?? '');
  return (
    lines
      .slice(0, line - 1)
      .findLast((text) => indentOf(text) < own)
      ?.trim() ?? ''
  );
}

test('a slip in any key of the format is found where it stands', () => {
  const keys = writtenKeys.filter(({ line }) => !freeSections.test(sectionOf(line)));
  expect(keys.length).toBeGreaterThan(70);
  const slip = fc.record({
    target: fc.constantFrom(...keys),
    at: fc.nat(),
    kind: fc.constantFrom('drop', 'double', 'replace'),
  });
  fc.assert(
    fc.property(slip, ({ target, at, kind }) => {
      const { line, column, key } = target;
      const index = at % key.length;
      const middle = { drop: '', double: `${key[index]}${key[index]}`, replace: 'q' }[kind];
      const mutated = key.slice(0, index) + middle + key.slice(index + 1);
      fc.pre(mutated !== '' && !knownNames.has(mutated));
      const lines = fullPipeline.split('\n');
      lines[line - 1] = (lines[line - 1] ?? '').replace(key, mutated);
      const found = problemsOf(lines.join('\n'));
      expect(found.some((problem) => problem.startsWith(`${line}:${column} `))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
