import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import configuration from '../.dependency-cruiser.mjs';

const rules = configuration as IConfiguration;
let project = '';

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'receta-rules-'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Names of the rules that a tree of files breaks. */
async function brokenRules(files: Record<string, string>): Promise<string[]> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const { tsConfig: _, ...options } = rules.options ?? {};
  const { output } = await cruise(['.'], {
    ...options,
    baseDir: project,
    ruleSet: { forbidden: rules.forbidden ?? [] },
    validate: true,
  });
  const names = (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
  return [...new Set(names)].filter((name) => name !== 'no-orphans').sort();
}

const value = 'export const value = 1;';
const used = (path: string) => `import { value } from '${path}';\nexport const copy = value;`;
const typed = (path: string) => `import type { Shape } from '${path}';\nexport type Copy = Shape;`;
const shape = 'export interface Shape { readonly a: number }';

/** A package that is installed and declared in the tree under test. */
const installed = (name: string) => ({
  'package.json': JSON.stringify({ dependencies: { [name]: '1.0.0' } }),
  [`node_modules/${name}/package.json`]: JSON.stringify({
    name,
    version: '1.0.0',
    main: 'index.js',
  }),
  [`node_modules/${name}/index.js`]: 'exports.value = 1;',
});

test('every rule gives its reason', () => {
  for (const { name, comment } of rules.forbidden ?? []) expect(comment, name).toMatch(/\S.+\.$/);
});

test('a tree in which everybody keeps to his room breaks no rule', async () => {
  const files = {
    'src/contract/word.ts': value,
    'src/features/fit.ts': used('../contract/word.js'),
    'src/workflows/pipeline.ts': used('../contract/word.js'),
    'src/activities/train.ts': `import 'node:fs';\n${used('../features/fit.js').replace('value }', 'copy as value }')}`,
  };
  expect(await brokenRules(files)).toEqual([]);
});

test.each([
  [
    'a pure room that opens files',
    { 'src/features/fit.ts': "import { readFileSync } from 'node:fs';\nreadFileSync('a');" },
    ['pure-rooms-use-no-node-module'],
  ],
  [
    'a pure room that reads a clock from Node',
    { 'src/tuning/clock.ts': "import { performance } from 'node:perf_hooks';\nperformance.now();" },
    ['pure-rooms-use-no-node-module'],
  ],
  [
    'pure stages that use each other',
    { 'src/tuning/a.ts': used('../features/b.js'), 'src/features/b.ts': value },
    ['pure-stages-see-contract-and-numerics-only'],
  ],
  [
    'a contract that drags a room in, if only by type',
    { 'src/contract/a.ts': typed('../dataset/b.js'), 'src/dataset/b.ts': shape },
    ['contract-stands-alone'],
  ],
  [
    'a workflow that calls an activity directly',
    { 'src/workflows/a.ts': used('../activities/b.js'), 'src/activities/b.ts': value },
    ['workflows-see-activities-by-type-only'],
  ],
  [
    'a workflow that uses the store',
    { 'src/workflows/a.ts': used('../artifacts/b.js'), 'src/artifacts/b.ts': value },
    ['workflows-see-pure-rooms-only'],
  ],
  [
    'a workflow that reads the disk',
    { 'src/workflows/a.ts': "import { readFileSync } from 'fs';\nreadFileSync('a');" },
    ['workflows-use-no-node-module'],
  ],
  [
    'an activity that reads the configuration',
    { 'src/activities/a.ts': used('../config/b.js'), 'src/config/b.ts': value },
    ['activities-know-no-caller'],
  ],
  [
    'a stage that knows the API',
    { 'src/dataset/a.ts': used('../api/b.js'), 'src/api/b.ts': value },
    ['stages-know-no-caller'],
  ],
  [
    'a command that starts workflows itself',
    { 'src/cli/a.ts': used('../workflows/b.js'), 'src/workflows/b.ts': value },
    ['doors-reach-workflows-through-client'],
  ],
  [
    'a room that imports a composition root',
    { 'src/client/a.ts': used('../bin/b.js'), 'src/bin/b.ts': value },
    ['nothing-imports-bin'],
  ],
  [
    'files that need each other',
    {
      'src/dataset/a.ts': `import { b } from './b.js';\nexport const a = () => b;`,
      'src/dataset/b.ts': `import { a } from './a.js';\nexport const b = () => a;`,
    },
    ['no-cycles'],
  ],
  [
    'a set-up that needs the compiled program',
    { 'tools/setup.mjs': used('../src/contract/b.ts'), 'src/contract/b.ts': value },
    ['tools-stand-apart'],
  ],
  [
    'a product that uses a test',
    { 'src/dataset/a.ts': used('./b.test.js'), 'src/dataset/b.test.ts': value },
    ['product-knows-no-test'],
  ],
  [
    'a store client outside its room',
    { ...installed('minio'), 'src/registry/a.ts': used('minio') },
    ['minio-in-artifacts-only'],
  ],
  [
    'an SDK in a pure room',
    { ...installed('zod'), 'src/evaluation/a.ts': used('zod') },
    ['pure-rooms-use-no-package', 'zod-in-pipeline-and-api-and-config-only'],
  ],
])('%s is refused', async (_, files, broken) => {
  expect(await brokenRules(files)).toEqual(broken);
});

test('a workflow may use the types of activities', async () => {
  const files = {
    'src/workflows/a.ts': typed('../activities/b.js'),
    'src/activities/b.ts': shape,
  };
  expect(await brokenRules(files)).toEqual([]);
});
