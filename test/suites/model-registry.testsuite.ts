import { beforeEach, describe, expect, it } from 'vitest';
import type { ObjectStore } from '../../src/artifacts/object-store.js';
import { ModelRegistry } from '../../src/registry/model-registry.js';
import type { ModelVersionInput } from '../../src/registry/model-version.js';

const ref = { uri: 's3://receta/artifacts/aa/aa', sha256: 'aa', sizeBytes: 1, mediaType: 'x/y' };

const backend = {
  name: 'tensorflow',
  versions: { tfjs: '4.22.0', tensorflow: '2.21.0' },
  threads: 1,
} as const;

export function versionInput(runId: string, model = 'penguins'): ModelVersionInput {
  return {
    model,
    runId,
    pipeline: model,
    task: 'classification',
    target: 'species',
    artifacts: { model: ref, weights: ref, golden: ref, report: ref, modelCard: ref },
    metrics: { accuracy: 0.99 },
    baseline: { accuracy: 0.44 },
    datasetSha256: 'd'.repeat(64),
    planSha256: 'e'.repeat(64),
    backend,
    members: [{ model: 'mlp', parameters: {}, trial: 0, fold: 0, weight: 1, backend }],
    platformKey: 'p',
    inputs: [{ name: 'island', kind: 'text', required: true }],
    classes: ['Adelie', 'Gentoo'],
  };
}

/** What the registry promises on any ObjectStore. */
export function describeModelRegistry(name: string, createStore: () => Promise<ObjectStore>): void {
  describe(name, () => {
    let store: ObjectStore;
    let registry: ModelRegistry;
    let nowMs: number;
    let ids: number;
    const startMs = Date.parse('2026-11-23T10:00:00.000Z');

    beforeEach(async () => {
      nowMs = startMs;
      ids = 0;
      store = await createStore();
      registry = new ModelRegistry(store, {
        nowMs: () => {
          nowMs += 1000;
          return nowMs;
        },
        randomId: () => `id${String(ids++)}`,
      });
    });

    const register = (runId: string, model?: string) =>
      registry.register(versionInput(runId, model), nowMs);
    const move = (
      version: number,
      options: { model?: string; alias?: string; runId?: string } = {},
    ) =>
      registry.moveAlias({
        model: options.model ?? 'penguins',
        alias: options.alias ?? 'champion',
        version,
        runId: options.runId ?? `run-${version}`,
        reason: 'passed',
      });

    it('numbers versions from 1 and gives back what was registered', async () => {
      const first = await register('run-a');
      const second = await register('run-b');
      expect([first.version, second.version]).toEqual([1, 2]);
      expect(await registry.getVersion('penguins', 1)).toEqual({
        ...versionInput('run-a'),
        format: 'receta-model-version/2',
        version: 1,
        createdAt: '2026-11-23T10:00:01.000Z',
      });
      expect((await store.list('models/')).map(({ key }) => key)).toEqual([
        'models/penguins/versions/000001.json',
        'models/penguins/versions/000002.json',
      ]);
    });

    it('registers one version a run, also when the run comes again later', async () => {
      const first = await register('run-a');
      await register('run-b');
      expect(await registry.register(versionInput('run-a'), startMs)).toEqual(first);
      expect(await registry.listVersions('penguins')).toHaveLength(2);
    });

    it('gives 16 racing runs 16 numbers without a gap', async () => {
      const runs = Array.from({ length: 16 }, (_, index) => `run-${index}`);
      const versions = await Promise.all(runs.map((runId) => register(runId)));
      expect(versions.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
        runs.map((_, index) => index + 1),
      );
    });

    it('gives racing attempts of one run the same version, whoever else registers', async () => {
      const runs = ['run-a', 'run-a', 'run-b', 'run-a', 'run-c', 'run-a', 'run-b', 'run-c'];
      const versions = await Promise.all(runs.map((runId) => register(runId)));
      for (const [index, version] of versions.entries()) {
        expect(version.runId).toBe(runs[index]);
      }
      expect(await registry.listVersions('penguins')).toHaveLength(3);
    });

    it('lists versions newest first, page by page', async () => {
      for (let run = 1; run <= 5; run++) await register(`run-${run}`);
      const numbers = async (options: { limit?: number; before?: number }) =>
        (await registry.listVersions('penguins', options)).map(({ version }) => version);
      expect(await numbers({})).toEqual([5, 4, 3, 2, 1]);
      expect(await numbers({ limit: 2 })).toEqual([5, 4]);
      expect(await numbers({ limit: 2, before: 4 })).toEqual([3, 2]);
      expect(await numbers({ limit: 2, before: 1 })).toEqual([]);
    });

    it('lists models with their latest version and aliases, page by page', async () => {
      for (const model of ['a', 'a-b', 'a0', 'b']) await register('run', model);
      await register('run-2', 'a');
      await move(1, { model: 'a' });
      const all = await registry.listModels();
      expect(all.map(({ name }) => name).sort()).toEqual(['a', 'a-b', 'a0', 'b']);
      expect(all.find(({ name }) => name === 'a')).toEqual({
        name: 'a',
        latestVersion: 2,
        aliases: [{ alias: 'champion', version: 1 }],
      });
      const names: string[] = [];
      for (;;) {
        const after = names.at(-1);
        const page = await registry.listModels({ limit: 1, ...(after && { after }) });
        if (page.length === 0) break;
        names.push(...page.map(({ name }) => name));
      }
      expect(names).toEqual(all.map(({ name }) => name));
    });

    it('names what exists when a model, version or alias does not', async () => {
      await expect(registry.getVersion('penguins', 1)).rejects.toMatchObject({
        code: 'model-not-found',
        message: expect.stringContaining('No model was registered yet'),
      });
      await register('run-a');
      await expect(registry.listVersions('diamonds')).rejects.toMatchObject({
        code: 'model-not-found',
        message: expect.stringContaining('Known models are penguins'),
      });
      await expect(registry.getVersion('penguins', 7)).rejects.toMatchObject({
        code: 'version-not-found',
        message: expect.stringContaining('newest version is 1'),
      });
      await expect(registry.getAlias('penguins', 'champion')).rejects.toMatchObject({
        code: 'alias-not-found',
        message: expect.stringContaining('no alias yet'),
      });
      await move(1);
      await expect(registry.getAlias('penguins', 'candidate')).rejects.toMatchObject({
        message: expect.stringContaining('the aliases champion'),
      });
      await expect(registry.getAlias('diamonds', 'champion')).rejects.toMatchObject({
        code: 'model-not-found',
      });
      await expect(move(9)).rejects.toMatchObject({ code: 'version-not-found' });
    });

    it.each(['', 'Penguins', '../x', 'a/b', '1a', 'a'.repeat(64)])(
      'refuses the name %j',
      async (wrong) => {
        await expect(registry.getVersion(wrong, 1)).rejects.toMatchObject({
          code: 'request-invalid',
        });
        await expect(registry.getAlias('penguins', wrong)).rejects.toMatchObject({
          code: 'request-invalid',
        });
        await expect(register('run', wrong)).rejects.toMatchObject({ code: 'request-invalid' });
      },
    );

    it('moves an alias and tells every move, newest first', async () => {
      await register('run-1');
      await register('run-2');
      expect(await move(1)).toMatchObject({ moved: true });
      expect(await move(2)).toMatchObject({ moved: true });
      expect(await move(1, { runId: 'run-back' })).toMatchObject({ moved: true });
      expect(await registry.getAlias('penguins', 'champion')).toMatchObject({
        version: 1,
        runId: 'run-back',
      });
      const events = await registry.listEvents('penguins');
      expect(events.map(({ from, to, runId }) => [from, to, runId])).toEqual([
        [2, 1, 'run-back'],
        [1, 2, 'run-2'],
        [null, 1, 'run-1'],
      ]);
      expect(await registry.listEvents('penguins', { limit: 1 })).toEqual(events.slice(0, 1));
      expect(await registry.listAliases('penguins')).toHaveLength(1);
    });

    it('does nothing when the alias points there already', async () => {
      await register('run-1');
      await move(1);
      expect(await move(1)).toMatchObject({ moved: false, alias: { version: 1 } });
      expect(await registry.listEvents('penguins')).toHaveLength(1);
    });

    it('keeps an unbroken trail when 8 writers move one alias at once', async () => {
      for (let run = 1; run <= 8; run++) await register(`run-${run}`);
      await Promise.all(Array.from({ length: 8 }, (_, index) => move(index + 1)));
      const events = await registry.listEvents('penguins');
      expect(events).toHaveLength(8);
      const alias = await registry.getAlias('penguins', 'champion');
      expect(events[0]?.to).toBe(alias.version);
      for (const [index, event] of events.entries()) {
        expect(event.from).toBe(events[index + 1]?.to ?? null);
      }
      expect(events.map(({ to }) => to).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });
}
