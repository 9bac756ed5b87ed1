import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunLimits } from '../../src/contract/pipeline-plan.js';
import { childrenOf } from '../servers/child-processes.js';
import { createWorld, testLimits, type World } from '../servers/create-world.js';
import { findLeaks } from '../servers/find-leaks.js';
import { listFiles } from '../servers/list-files.js';
import type { WorkerProcess } from '../servers/start-worker-process.js';
import { csvPlan } from './example-plans.js';
import { type ApiService, post, problemOf, startApiService } from './fixtures/api-service.js';
import {
  expectFailedRun,
  expectPlainWords,
  type WantedFailure,
} from './fixtures/expect-failed-run.js';

interface BadRun extends WantedFailure {
  readonly title: string;
  readonly csv?: string | Uint8Array;
  readonly pipeline?: Readonly<Record<string, unknown>>;
  readonly limits?: Partial<RunLimits>;
}

/** Sixty rows of two classes that `a` tells apart. */
function toCsv(toTarget: (row: number) => string | number, extraLines: readonly string[] = []) {
  const lines = Array.from({ length: 60 }, (_, row) => `${row},${(row * 7) % 11},${toTarget(row)}`);
  return `${['a,b,y', ...lines, ...extraLines].join('\n')}\n`;
}

const sides = (row: number): string => (row < 30 ? 'low' : 'high');
const goodCsv = toCsv(sides);
const hugeInteger = '9007199254740993';

const badData: readonly BadRun[] = [
  {
    title: 'an empty file',
    csv: '',
    code: 'source-empty',
    step: 'validate',
    says: ['empty (0 bytes)'],
  },
  {
    title: 'a header without rows',
    csv: 'a,b,y\n',
    code: 'source-empty',
    step: 'validate',
    says: ['header of 3 columns but no row'],
  },
  {
    title: 'a line with too many fields',
    csv: `${goodCsv}1,2,low,4\n`,
    code: 'source-unreadable',
    step: 'validate',
    says: ['line 62', '4 fields where 3 are wanted', 'badRows: quarantine'],
  },
  {
    title: 'a picture',
    csv: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    code: 'source-unreadable',
    step: 'validate',
    says: ['PNG', 'not CSV, Parquet or JSON'],
  },
  {
    title: 'text in another encoding than UTF-8',
    csv: Buffer.from('a,b,y\n1,2,se\xf1al\n', 'latin1'),
    code: 'source-unreadable',
    step: 'validate',
    says: ['line 2', 'not valid UTF-8', 'encoding: windows-1252'],
  },
  {
    title: 'too few rows',
    csv: 'a,b,y\n1,2,low\n3,4,high\n',
    code: 'dataset-invalid',
    step: 'prepare',
    says: ['2 rows', 'at least 20'],
  },
  {
    title: 'a target that is absent',
    pipeline: { target: 'Y ' },
    code: 'target-invalid',
    step: 'prepare',
    says: ["no column 'Y '", "did you mean 'y'?"],
  },
  {
    title: 'a target without any value',
    csv: toCsv(() => ''),
    code: 'target-invalid',
    step: 'prepare',
    says: ["the target 'y' has no value", 'choose another column'],
  },
  {
    title: 'a target of one class',
    csv: toCsv(() => 'same'),
    code: 'target-invalid',
    step: 'prepare',
    says: ["one value only ('same')", 'add rows'],
  },
  {
    title: 'integers above 2^53',
    csv: toCsv(sides).replace('\n7,5,', `\n${hugeInteger},5,`),
    code: 'dataset-invalid',
    step: 'prepare',
    says: ["column 'a'", '2^53', `row 8: ${hugeInteger}`, 'ignore'],
  },
  {
    title: 'a target of words although a regression is wanted',
    pipeline: { task: 'regression' },
    code: 'target-invalid',
    step: 'prepare',
    says: ["the target 'y' is no number", 'task: classification'],
  },
  {
    title: 'no column left to learn from',
    pipeline: { ignore: ['a', 'b'] },
    code: 'dataset-invalid',
    step: 'prepare',
    says: ['no column is left', 'ignore fewer'],
  },
  {
    title: 'a split key that is no column',
    pipeline: { split: { key: ['person'] } },
    code: 'dataset-invalid',
    step: 'prepare',
    says: ["no column 'person'", 'split.key', 'a, b, y'],
  },
  {
    title: 'a target at the edge of what numbers hold',
    csv: toCsv((row) => (row === 0 ? -1.7e308 : 1.7e308 / row)),
    code: 'target-invalid',
    step: 'prepare',
    says: ["the target 'y' goes from -1.7e+308 to 1.7e+308", 'scale it'],
  },
  {
    title: 'a loss that is no number',
    csv: toCsv((row) => row / 2),
    pipeline: { tune: { trials: 1, epochs: 2, space: { learningRate: [1e9, 1e8] } } },
    code: 'study-failed',
    cause: 'training-diverged',
    step: 'tune',
    says: ['became', 'learningRate', 'extreme values'],
  },
  {
    // Its md5 puts this row into the validation part.
    title: 'a class that only the validation part has',
    csv: toCsv(sides, ['112,0,rare']),
    code: 'target-invalid',
    step: 'prepare',
    says: ['class rare', 'does not occur in the train part', 'add rows'],
  },
  {
    // Its md5 puts this row into the test part.
    title: 'a class that only the test part has',
    csv: toCsv(sides, ['103,0,rare']),
    code: 'target-invalid',
    step: 'prepare',
    says: ['class rare', 'does not occur in the train part', 'add rows'],
  },
];

const badSql: readonly BadRun[] = [
  ['an error', 'SELECT a, b, y\nFROM source\nWHERE c > 1', ['line 3', '"c" not found']],
  ['a word that is none of SQL', 'CHOOSE * FROM source', ['CHOOSE is no SELECT']],
  ['two statements', 'SELECT * FROM source; SELECT 1', ['2 statements', 'one valid SELECT']],
  ['an INSERT', 'INSERT INTO source SELECT * FROM source', ['INSERT is no SELECT']],
  ['a COPY', "COPY source TO '/tmp/stolen.csv'", ['COPY is no SELECT']],
  ['an ATTACH', "ATTACH '/tmp/other.db'", ['ATTACH is no SELECT']],
  ['a SET', "SET memory_limit = '1TB'", ['SET is no SELECT']],
  ['a PIVOT without values', 'PIVOT source ON y USING count(*)', ['PIVOT', 'IN (...)']],
  ['a file of the worker', "SELECT * FROM '/etc/passwd'", ['/etc/passwd']],
  [
    'a file by a function',
    "SELECT * FROM read_text('/etc/passwd')",
    ['read_text(...) cannot be read'],
  ],
  ['a column twice', 'SELECT a, b AS a, y FROM source', ["two result columns are called 'a'"]],
].map(([what, transform, says]) => ({
  title: `SQL: ${what}`,
  pipeline: { transform },
  code: 'sql-invalid',
  step: 'transform',
  says: says as string[],
}));

const badResults: readonly BadRun[] = [
  {
    title: 'SQL without a result',
    pipeline: { transform: 'SELECT * FROM source WHERE a > 1000' },
    code: 'dataset-invalid',
    step: 'transform',
    says: ['no row', 'Loosen'],
  },
  {
    title: 'SQL that divides by zero',
    pipeline: { transform: "SELECT a, b, 'inf'::DOUBLE AS c, y FROM source" },
    code: 'dataset-invalid',
    step: 'transform',
    says: ["infinite values in column 'c'", 'isfinite'],
  },
  {
    title: 'SQL that loses the target',
    pipeline: { transform: 'SELECT a, b FROM source' },
    code: 'target-invalid',
    step: 'prepare',
    says: ["no column 'y'", 'a, b'],
  },
  {
    title: 'SQL that runs into its deadline',
    pipeline: {
      transform:
        "SELECT *, levenshtein(repeat('a', 400000), repeat('b', 400000 + a)) AS d FROM source",
    },
    limits: { sqlDeadlineMs: 6_000 },
    code: 'deadline-exceeded',
    step: 'transform',
    says: ['deadline of 6 s', 'raise the deadline RECETA_SQL_DEADLINE_MS'],
  },
  {
    title: 'SQL that runs into its memory limit',
    pipeline: { transform: "SELECT *, length(repeat('x', 1500000000 + a)) AS n FROM source" },
    limits: { sqlMemoryBytes: 600e6 },
    code: 'memory-limit-exceeded',
    step: 'transform',
    says: ['memory', 'raise the limit RECETA_SQL_MEMORY_BYTES'],
  },
];

const apiKey = 'canary-of-the-api-key';
const badRuns = [...badData, ...badSql, ...badResults];

let world: World;
let worker: WorkerProcess;
let api: ApiService;
let goodRunId: string;
/** Everything that people were told. */
const replies: string[] = [];
const runIds = new Map<string, string>();

beforeAll(async () => {
  world = await createWorld();
  worker = await world.startWorker(undefined, { RECETA_API_KEY: apiKey });
  const temporal = {
    address: world.env.TEMPORAL_ADDRESS ?? '',
    namespace: world.env.TEMPORAL_NAMESPACE ?? '',
  };
  api = await startApiService({ temporal, objects: world.storage.objects, key: apiKey });
  for (const { title, csv = goodCsv, pipeline, limits } of badRuns) {
    const plan = await csvPlan(world, csv, pipeline);
    runIds.set(title, await world.startRun(plan, { limits: { ...testLimits, ...limits } }));
  }
  // What the messages advise: the huge integers are made text in the transform, or ignored.
  const plan = await csvPlan(world, goodCsv.replace('\n7,5,', `\n7,${hugeInteger},`), {
    name: 'mended',
    transform: `SELECT a, b::VARCHAR AS b, y, ${hugeInteger} AS id FROM source`,
    ignore: ['id'],
  });
  goodRunId = await world.startRun(plan);
});

afterAll(async () => {
  await api.close();
  await world.close();
});

describe('a run over bad input fails at the right step and says why:', () => {
  it.each(badRuns.map((run) => [run.title, run] as const))('%s', async (title, wanted) => {
    const record = await expectFailedRun(world, runIds.get(title) ?? '', wanted);
    replies.push(JSON.stringify(record.failure));
  });
});

const row = { a: 3, b: '1' };

function predict(path: string, body: unknown, headers = {}): Promise<Response> {
  const url = `${api.url}/v1/models/${path}:predict`;
  return post(url, body, { 'x-api-key': apiKey, ...headers });
}

describe('a bad prediction request is refused, and says why:', () => {
  beforeAll(async () => {
    expect(await world.untilFinished(goodRunId)).toMatchObject({ outcome: 'succeeded' });
  });

  it.each([
    ['a missing column', { instances: [row, { a: 3 }] }, 'instances[1].b', 'is missing'],
    ['an unknown column', { instances: [{ ...row, bb: 1 }] }, 'instances[0].bb', 'did you mean b?'],
    ['a text for a number', { instances: [{ ...row, a: '3' }] }, 'instances[0].a', 'the text "3"'],
    ['a number for a text', { instances: [{ ...row, b: 1 }] }, 'instances[0].b', 'the number 1'],
    ['a list for a value', { instances: [{ ...row, a: [3] }] }, 'instances[0].a', 'number, a text'],
    ['rows that are no rows', { instances: [3] }, 'instances[0]', 'an object'],
    ['columns of two lengths', { inputs: { a: [3], b: ['1', '2'] } }, 'inputs.b', '2 values'],
    ['an unknown field', { rows: [row] }, 'rows', 'not a field'],
  ])('%s', async (_, body, path, words) => {
    const response = await predict('mended', body);
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.code).toBe('prediction-input-invalid');
    expect(problem.errors).toContainEqual(
      expect.objectContaining({ path, message: expect.stringContaining(words) }),
    );
    expectPlainWords(problem.detail, world);
    replies.push(JSON.stringify(problem));
  });

  it.each([
    ['an unknown model', 'rows-2', 404, 'model-not-found', ['rows-2']],
    ['an unknown version', 'mended/versions/9', 404, 'version-not-found', ['mended', '9']],
    ['no version', 'mended/versions/newest', 400, 'request-invalid', ['newest']],
    ['an unknown alias', 'mended/labels/best', 404, 'alias-not-found', ['mended', 'best']],
  ])('%s', async (_, path, status, code, words) => {
    const response = await predict(path, { instances: [row] });
    expect(response.status).toBe(status);
    const problem = await problemOf(response);
    expect(problem.code).toBe(code);
    for (const word of words) expect(JSON.stringify(problem)).toContain(word);
    expectPlainWords(problem.detail, world);
    replies.push(JSON.stringify(problem));
  });

  it('a body of 11 MB', async () => {
    const response = await predict('mended', { instances: [{ ...row, b: 'x'.repeat(11e6) }] });
    expect(response.status).toBe(413);
    const problem = await problemOf(response);
    expect(problem.code).toBe('body-too-large');
    replies.push(JSON.stringify(problem));
  });

  it.each([
    ['no JSON', 'a=3&b=1', 'request-invalid', 'not JSON'],
    ['JSON that is cut off', '{"instances": [{"a": 3', 'request-invalid', 'line 1, column 23'],
    ['no body', '', 'prediction-input-invalid', 'must be a JSON object'],
  ])('%s', async (_, body, code, words) => {
    const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
    const url = `${api.url}/v1/models/mended:predict`;
    const response = await fetch(url, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.code).toBe(code);
    expect(problem.detail).toContain(words);
    replies.push(JSON.stringify(problem));
  });

  it('a compressed body', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const response = await predict('mended', { instances: [row] }, headers);
    expect(response.status).toBe(415);
    const problem = await problemOf(response);
    expect(problem).toMatchObject({
      code: 'unsupported-media-type',
      detail: expect.stringContaining('send it uncompressed'),
    });
    replies.push(JSON.stringify(problem));
  });

  it('a wrong key', async () => {
    const response = await predict('mended', { instances: [row] }, { 'x-api-key': 'wrong' });
    expect(response.status).toBe(401);
    const problem = await problemOf(response);
    expect(problem.code).toBe('unauthorized');
    replies.push(JSON.stringify(problem));
  });
});

describe('after all of that', () => {
  it('the mended run has a model that answers', async () => {
    const response = await predict('mended', { instances: [row, { a: 55, b: null }] });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      predictions: [expect.any(String), expect.any(String)],
    });
  });

  it('no process is left but the worker, no file, and no error was unexpected', async () => {
    // One that was started ahead of a next run waits for seconds only.
    await vi.waitUntil(() => childrenOf(worker.pid).length === 0, { timeout: 20_000 });
    expect(await listFiles(join(world.folder, 'state', 'work'))).toEqual([]);
    expect(api.failures).toEqual([]);
  });

  it('no secret stands in a record, a log, an artifact, a history or a reply', async () => {
    const secrets = [apiKey, world.env.S3_SECRET_ACCESS_KEY ?? ''];
    expect(await findLeaks(world, secrets)).toEqual([]);
    const told = [...replies, worker.output()].join('\n');
    for (const secret of secrets) expect(told).not.toContain(secret);
  });
});
