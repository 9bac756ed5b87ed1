import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  modelPageSchema,
  modelSchema,
  modelVersionSchema,
  predictReplySchema,
} from '../../src/api/schemas/model-schemas.js';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';
import {
  createClassifier,
  createRegressor,
  penguinRows,
  type SmallModel,
  storeSmallModel,
} from '../../src/serving/testdata/small-model.js';
import { type ApiService, post, problemOf, startApiService } from './fixtures/api-service.js';

let api: ApiService;
let modelsUrl: string;

async function register(model: string, small: SmallModel, runId: string): Promise<void> {
  const stored = await storeSmallModel(api.artifacts, small);
  const { version } = await api.registry.register({ ...stored, model, runId }, 0);
  await api.registry.moveAlias({ model, alias: 'champion', version, runId, reason: 'test' });
}

beforeAll(async () => {
  const objects = new MinioObjectStore({ ...inject('minio'), bucket: `test-${randomUUID()}` });
  await objects.ensureBucket();
  const temporal = { address: inject('temporalAddress'), namespace: 'default' };
  api = await startApiService({ temporal, objects });
  modelsUrl = `${api.url}/v1/models`;
  await register('prices', createRegressor(), 'prices-20261123-100000-aaaaaa');
  await register('penguins', createClassifier(), 'penguins-20261123-100000-aaaaaa');
  const otherLabels = ['p', 'q', 'r', 'p', 'q', 'r'];
  await register('penguins', createClassifier(otherLabels), 'penguins-20261123-100001-bbbbbb');
});

afterAll(() => api.close());

const instances = penguinRows;

async function predict(path: string, body: unknown): Promise<unknown> {
  const response = await post(`${modelsUrl}/${path}:predict`, body);
  const reply = await response.json();
  expect(response.status, JSON.stringify(reply)).toBe(200);
  return predictReplySchema.parse(reply);
}

describe('predictions', () => {
  it('come from the champion, in the form of TensorFlow Serving, and name their version', async () => {
    const response = await post(`${modelsUrl}/penguins:predict`, { instances });
    expect(response.headers.get('x-model-name')).toBe('penguins');
    expect(response.headers.get('x-model-version')).toBe('2');
    const { predictions } = predictReplySchema.parse(await response.json());
    expect(predictions).toHaveLength(3);
    for (const label of predictions ?? []) expect(['p', 'q', 'r']).toContain(label);
  });

  it('come from a version or an alias on request', async () => {
    const first = await predict('penguins/versions/1', { instances });
    expect(JSON.stringify(first)).toMatch(/"[xyz]"/);
    const champion = await predict('penguins/labels/champion', { instances });
    expect(champion).toEqual(await predict('penguins', { instances }));
  });

  it('carry probabilities that add up to 1, asked for in the body or the query', async () => {
    const byBody = await predict('penguins', { instances, probabilities: true });
    const reply = await post(`${modelsUrl}/penguins:predict?probabilities=true`, { instances });
    const byQuery = predictReplySchema.parse(await reply.json());
    expect(byQuery).toEqual(byBody);
    for (const answer of byQuery.predictions ?? []) {
      if (typeof answer !== 'object') throw new Error('there are no probabilities');
      const values = Object.values(answer.probabilities);
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      expect(answer.probabilities[String(answer.label)]).toBe(Math.max(...values));
    }
  });

  it('are numbers in original units for a regression, in columns as in rows', async () => {
    const rows = await predict('prices', { instances });
    const inputs = {
      island: instances.map(({ island }) => island),
      mass: instances.map(({ mass }) => mass),
    };
    const columns = await predict('prices', { inputs });
    const { predictions } = predictReplySchema.parse(rows);
    expect(predictReplySchema.parse(columns).outputs).toEqual(predictions);
    for (const value of predictions ?? []) {
      expect(value).toBeGreaterThanOrEqual(10);
      expect(value).toBeLessThanOrEqual(15);
    }
  });

  it('are made for clients that send JSON under another media type', async () => {
    const response = await post(
      `${modelsUrl}/penguins:predict`,
      { instances },
      { 'content-type': 'application/x-www-form-urlencoded' },
    );
    expect(response.status).toBe(200);
  });

  it.each([
    ['a missing column', { instances: [{ island: 'Dream' }] }, 'instances[0].mass'],
    [
      'an unknown column',
      { instances: [{ island: 'Dream', mass: 1, mas: 1 }] },
      'instances[0].mas',
    ],
    ['a wrong type', { instances: [{ island: 'Dream', mass: 'heavy' }] }, 'instances[0].mass'],
    ['a wrong field', { instance: [] }, 'instance'],
  ])('are refused for %s, with its place', async (_case, body, path) => {
    const response = await post(`${modelsUrl}/penguins:predict`, body);
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ code: 'prediction-input-invalid', error: problem.detail });
    expect(problem.errors).toContainEqual(expect.objectContaining({ path }));
  });

  it.each([
    ['nothing', 'model-not-found'],
    ['penguins/versions/9', 'version-not-found'],
    ['penguins/labels/none', 'alias-not-found'],
  ])('are not found for %s', async (path, code) => {
    const response = await post(`${modelsUrl}/${path}:predict`, { instances });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code, error: expect.any(String) });
  });

  it('are refused with 413 for 11 MB, after which the same connection and service go on', async () => {
    const body = { instances: [{ island: 'x'.repeat(11 * 2 ** 20), mass: 1 }] };
    for (let round = 0; round < 3; round++) {
      const response = await post(`${modelsUrl}/penguins:predict`, body);
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ code: 'body-too-large' });
      await predict('penguins', { instances });
    }
  });
});

describe('models', () => {
  it('are listed in pages with their newest version and aliases', async () => {
    const first = modelPageSchema.parse(await (await fetch(`${modelsUrl}?limit=1`)).json());
    expect(first.models).toEqual([
      { name: 'penguins', latestVersion: 2, aliases: [{ alias: 'champion', version: 2 }] },
    ]);
    const second = modelPageSchema.parse(
      await (await fetch(`${modelsUrl}?limit=1&cursor=${first.nextCursor}`)).json(),
    );
    expect(second.models.map(({ name }) => name)).toEqual(['prices']);
    expect(second.nextCursor).toBeNull();
  });

  it('show their versions, newest first and in pages', async () => {
    const first = modelSchema.parse(await (await fetch(`${modelsUrl}/penguins?limit=1`)).json());
    expect(first.versions.map(({ version }) => version)).toEqual([2]);
    const second = modelSchema.parse(
      await (await fetch(`${modelsUrl}/penguins?limit=1&cursor=${first.nextCursor}`)).json(),
    );
    expect(second.versions.map(({ version }) => version)).toEqual([1]);
    expect(second.nextCursor).toBeNull();
  });

  it('show one version with the run that made it', async () => {
    const url = `${modelsUrl}/penguins/versions/1`;
    const version = modelVersionSchema.parse(await (await fetch(url)).json());
    expect(version).toMatchObject({ version: 1, runId: 'penguins-20261123-100000-aaaaaa' });
  });

  it.each([
    ['nothing', 404, 'model-not-found'],
    ['penguins/versions/9', 404, 'version-not-found'],
    ['penguins/versions/x', 400, 'request-invalid'],
    ['..%2fruns', 400, 'request-invalid'],
  ])('answer %s with %i', async (path, status, code) => {
    const response = await fetch(`${modelsUrl}/${path}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});
