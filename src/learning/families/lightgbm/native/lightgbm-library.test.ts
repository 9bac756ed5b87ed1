import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lightgbmVersion } from '../lightgbm-version.js';
import { Dataset } from './dataset.js';
import { loadLightgbm } from './lightgbm-library.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-lightgbm-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the library of the set-up is known by its digest', async () => {
  expect((await loadLightgbm()).version).toBe(lightgbmVersion);
});

test('a call that fails is told in the words of LightGBM', async () => {
  const library = await loadLightgbm();
  const rows = { x: new Float32Array(100), rowCount: 100, width: 1 };
  const { handle } = new Dataset(library, rows, 'verbosity=-1', null);
  const call = () =>
    library.call('LGBM_DatasetSetField', handle, 'color', new Float32Array(100), 100, 0);
  expect(call).toThrow(
    expect.objectContaining({
      code: 'internal',
      message: expect.stringMatching(/LGBM_DatasetSetField failed: .*field not found/),
    }),
  );
});

test.each(['absent.so', 'broken.so'])(
  'a library that is %s is refused with advice',
  async (name) => {
    await writeFile(join(folder, 'broken.so'), 'no library');
    await expect(loadLightgbm(join(folder, name))).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/LightGBM 4\.7\.0.*npm run setup/),
    });
  },
);
