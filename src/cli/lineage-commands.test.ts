import { describe, expect, it } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import type { Reproduction } from '../lineage/compare-outputs.js';
import { toLineageEntries, toRunLineage } from '../lineage/lineage-graph.js';
import { createRunFacts, testRef } from '../lineage/testdata/create-run-facts.js';
import type { CliClient } from './cli-dependencies.js';
import { createRunDescription } from './render/testdata/create-run-description.js';
import { runCli } from './run-cli.js';
import { FakeSurroundings } from './testdata/fake-surroundings.js';

const facts = createRunFacts();
const { runId } = facts.record;
const repeated = 'taxi-20261123-180000-bbbbbb';

function createService(client: Partial<CliClient>) {
  return new FakeSurroundings({
    reproduceRun: async () => ({ runId: repeated, created: true }),
    readRunLineage: async () => toRunLineage(facts),
    readUses: async () => toLineageEntries(facts).slice(0, 1),
    ...client,
  });
}

describe('receta reproduce', () => {
  const compared = (verdict: Reproduction['verdict']): Reproduction => ({
    original: runId,
    reproduction: repeated,
    verdict,
    differences: [{ step: 'train', name: 'weights', original: 'a', reproduction: 'b' }],
    metrics: [],
  });

  it.each([
    ['identical', 0],
    ['within-tolerance', 0],
    ['diverged', 10],
  ] as const)(
    'follows the new run to its end and answers %s with exit code %i',
    async (verdict, code) => {
      const service = createService({
        describeRun: async () => createRunDescription({ state: 'finished', outcome: 'succeeded' }),
        compareReproduction: async () => compared(verdict),
      });
      expect(await runCli(['reproduce', runId, '--json'], service.dependencies)).toBe(code);
      expect(JSON.parse(service.stdout)).toEqual(compared(verdict));
      expect(service.stderr).toContain(`started run ${repeated}, which repeats ${runId}`);
    },
  );

  it('tells why when the new run fails', async () => {
    const failure = {
      code: 'artifact-corrupt',
      step: 'train',
      message: 'lost',
      problems: [],
    } as const;
    const service = createService({
      describeRun: async () =>
        createRunDescription({ state: 'finished', outcome: 'failed', failure }),
    });
    expect(await runCli(['reproduce', runId], service.dependencies)).toBe(1);
    expect(service.stdout).toContain('failed in step train: lost (artifact-corrupt)');
  });

  it('refuses a run without a result', async () => {
    const service = createService({
      reproduceRun: async () => {
        throw new RecetaError('run-state-conflict', 'only a run with a result can be repeated');
      },
    });
    expect(await runCli(['reproduce', runId], service.dependencies)).toBe(5);
  });
});

describe('receta lineage', () => {
  it('leads from a run to its files and its code', async () => {
    const service = createService({});
    expect(await runCli(['lineage', runId], service.dependencies)).toBe(0);
    expect(service.stdout).toContain(`run ${runId} succeeded`);
    expect(service.stdout).toContain('model taxi version 3');
    expect(service.stdout).toContain('with month=2019-03');
    expect(service.stdout).toMatch(/^trips +trips\.csv +5 B +7472697073/m);
    expect(service.stdout).toContain('2 modules and packages');
  });

  it('leads from the digest of a file to runs and versions', async () => {
    const service = createService({});
    const { sha256 } = testRef('trips');
    expect(await runCli(['lineage', sha256], service.dependencies)).toBe(0);
    expect(service.stdout).toMatch(/succeeded +taxi version 3 +file trips\.csv of source trips/);
  });

  it('says what can be asked for', async () => {
    const service = createService({});
    expect(await runCli(['lineage', 'What?'], service.dependencies)).toBe(2);
    expect(service.stderr).toContain('give a model');
  });
});

describe('receta runs diff', () => {
  it('answers one JSON document', async () => {
    const diff = { a: runId, b: repeated, pipeline: [], data: [], code: [], metrics: [] };
    const service = createService({ diffRuns: async () => diff });
    const args = ['runs', 'diff', runId, repeated, '--json'];
    expect(await runCli(args, service.dependencies)).toBe(0);
    expect(JSON.parse(service.stdout)).toEqual(diff);
  });
});
