import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { walkModules } from './module-graph.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receta-graph-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(modules: Record<string, string>): void {
  for (const [path, text] of Object.entries(modules)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const always = (): boolean => true;

test('every form of import is followed, each module once', () => {
  write({
    'a/entry.js': `
      import { one } from '../b/one.js';
      import * as two from '../b/two.js';
      import '../b/three.js';
      export { four } from './four.js';
      export * from './five.js';
      const six = await import('./six.js');
      const text = "import { no } from './not-there.js'";`,
    'b/one.js': `import '../a/entry.js'; import './two.js';`,
    'b/two.js': '',
    'b/three.js': '',
    'a/four.js': '',
    'a/five.js': '',
    'a/six.js': '',
    'a/unrelated.js': '',
  });
  expect(walkModules(folder, ['a/entry.js'], always)).toEqual({
    modules: [
      'a/entry.js',
      'a/five.js',
      'a/four.js',
      'a/six.js',
      'b/one.js',
      'b/three.js',
      'b/two.js',
    ],
    packages: [],
  });
});

test('packages are named without the path inside them, and modules of Node are left out', () => {
  write({
    'entry.js': `
      import { join } from 'node:path';
      import tf from '@tensorflow/tfjs/dist/tf.js';
      import zod from 'zod/v4';
      const native = require('@tensorflow/tfjs-node');`,
  });
  expect(walkModules(folder, ['entry.js'], always).packages).toEqual([
    '@tensorflow/tfjs',
    '@tensorflow/tfjs-node',
    'zod',
  ]);
});

test('what is not followed is left out with all that only it imports', () => {
  write({
    'entry.js': `import './plumbing.js'; import './work.js'; import 'minio';`,
    'plumbing.js': `import './behind.js'; import 'undici';`,
    'behind.js': '',
    'work.js': '',
  });
  const isFollowed = (_from: string, to: string) => to !== 'plumbing.js' && to !== 'npm:minio';
  expect(walkModules(folder, ['entry.js'], isFollowed)).toEqual({
    modules: ['entry.js', 'work.js'],
    packages: [],
  });
});

test('an import that leads nowhere is told by name', () => {
  write({ 'entry.js': `import './gone.js';` });
  expect(() => walkModules(folder, ['entry.js'], always)).toThrow(/gone\.js/);
});
