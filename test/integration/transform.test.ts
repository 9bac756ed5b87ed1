// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of queries are written so
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeriveProcess } from '../../src/dataset/derive/derive-process.js';
import type { GoldenRows } from '../../src/serving/golden-rows.js';
import { loadModel } from '../../src/serving/load-model.js';
import { createWorld, type World } from '../servers/create-world.js';
import { csvPlan } from './example-plans.js';

/** Boxes whose price depends on their volume and on something that no column tells. */
function boxesCsv(rows: number): string {
  const lines = ['moment,width,height,depth,price'];
  for (let row = 0; row < rows; row += 1) {
    const [width, height, depth] = [row % 17, row % 13, row % 11].map((part) => part + 1);
    const moment = new Date(Date.UTC(2026, 0, 1, row)).toISOString();
    const price = (width ?? 0) * (height ?? 0) * (depth ?? 0) * 0.01 + ((row * 7919) % 997) / 50;
    lines.push(`${moment},${width},${height},${depth},${price.toFixed(2)}`);
  }
  return `${lines.join('\n')}\n`;
}

describe('transform and derived columns of a real run', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
    await world.startWorker();
  });

  afterAll(() => world.close());

  it('binds parameters, warns of looks across rows, and serves what the derived columns were in training', async () => {
    const plan = await csvPlan(world, boxesCsv(600), {
      target: 'price',
      params: { since: '2026-01-02', least: 0.02 },
      transform: {
        clean: 'SELECT * FROM source WHERE moment >= ${params.since} AND price > ${params.least}',
        boxes:
          'SELECT *, avg(price) OVER (PARTITION BY width) AS typical FROM clean ORDER BY moment',
      },
      derive: { base: 'width * depth', volume: 'base * height', evening: 'hour(moment) >= 18' },
      ignore: ['typical'],
    });
    const runId = await world.startRun(plan);
    const record = await world.untilFinished(runId);

    expect(record.failure).toBeNull();
    const transform = record.progress.steps.find(({ name }) => name === 'transform');
    expect(transform?.warnings).toEqual([
      expect.stringContaining("query 'boxes' looks across rows: avg(...) OVER (...)"),
    ]);
    expect(record.attempts.find(({ step }) => step === 'transform')?.metrics.columns).toBe(9);
    const { model, version } = record.model ?? { model: '', version: 0 };
    const registered = await world.storage.registry.getVersion(model, version);
    const golden = await world.storage.artifacts.getJson<GoldenRows>(registered.artifacts.golden);
    for (const row of golden.rows) expect(row).not.toHaveProperty('volume');
    const deriver = new DeriveProcess({ memoryBytes: 512 << 20 });
    try {
      const { predictor } = await loadModel(world.storage.artifacts, registered, { deriver });
      const box = { moment: '2026-01-05T10:00:00Z', width: 5, height: 6, depth: 7 };
      const { predictions } = await predictor.predict([box]);
      expect(predictions).toHaveLength(1);
      await expect(predictor.predict([{ ...box, volume: 210 }])).rejects.toMatchObject({
        code: 'prediction-input-invalid',
        problems: [{ path: 'instances[0].volume' }],
      });
    } finally {
      await deriver.close();
    }
  });

  it('stops at an error in a query, by its name and place', async () => {
    const plan = await csvPlan(world, boxesCsv(60), {
      target: 'price',
      transform: { clean: 'SELECT * FROM source', boxes: 'SELECT width,\n  heigth FROM clean' },
    });
    const record = await world.untilFinished(await world.startRun(plan));
    expect(record.failure).toMatchObject({
      code: 'sql-invalid',
      step: 'transform',
      problems: [{ path: 'transform.boxes', line: 2, column: 3 }],
    });
    expect(record.failure?.message).toContain('"height"');
  });
});
