import { describe, expect, it, vi } from 'vitest';
import { createStudyStatus } from '../client/testdata/create-study-status.js';
import { studyTrial } from '../client/testdata/create-trials.js';
import { RecetaError } from '../contract/errors.js';
import type { StudyChange } from '../contract/messages.js';
import { runCli } from './run-cli.js';
import { FakeSurroundings } from './testdata/fake-surroundings.js';

const runId = 'taxi-20261123-170812-4f9k2m';

async function call(...args: readonly string[]) {
  const steerStudy = vi.fn(async (_runId: string, _change: StudyChange) => createStudyStatus());
  const service = new FakeSurroundings({ steerStudy });
  const exitCode = await runCli(['study', ...args], service.dependencies);
  return { exitCode, changes: steerStudy.mock.calls, service };
}

describe('receta study', () => {
  it.each<[string[], StudyChange]>([
    [['pause', runId], { kind: 'pause' }],
    [['resume', runId], { kind: 'resume' }],
    [['stop', runId], { kind: 'stop' }],
    [['extend', runId, '--trials', '20'], { kind: 'extend', trials: 20 }],
    [
      ['budget', runId, '--trials', '80', '--minutes', '0.5', '--no-improvement', '10'],
      { kind: 'budget', budget: { trials: 80, minutes: 0.5, noImprovement: 10 } },
    ],
    [
      ['budget', runId, '--minutes', 'none', '--no-improvement', 'none'],
      { kind: 'budget', budget: { minutes: null, noImprovement: null } },
    ],
    [['budget', runId, '--trials', '9'], { kind: 'budget', budget: { trials: 9 } }],
    [
      ['enqueue', runId, '--model', 'mlp', '--param', 'layers=2', '--param', 'activation=relu'],
      { kind: 'enqueue', model: 'mlp', parameters: { layers: 2, activation: 'relu' } },
    ],
    [['enqueue', runId], { kind: 'enqueue', model: null, parameters: {} }],
  ])('%j changes the study of the run', async (args, change) => {
    const { exitCode, changes, service } = await call(...args);
    expect(service.stderr).toBe('');
    expect({ exitCode, changes }).toEqual({ exitCode: 0, changes: [[runId, change]] });
    expect(service.stdout).toContain(`study of ${runId} running: 0 trials begun`);
  });

  it.each([
    [['extend', runId], '--trials'],
    [['extend', runId, '--trials', '0'], 'from 1 to 10000'],
    [['budget', runId], 'give --trials, --minutes or --no-improvement'],
    [['budget', runId, '--minutes', '0'], 'Give a number above 0'],
    [['budget', runId, '--no-improvement', 'ten'], 'from 1 to 10000'],
    [['budget', runId, '--trials', 'none'], 'from 1 to 10000'],
    [['enqueue', runId, '--model', 'svm'], 'Allowed choices are linear'],
    [['enqueue', runId, '--param', 'layers'], 'Give a name and a value'],
    [['pause'], "missing required argument 'run'"],
  ])('%j is refused', async (args, message) => {
    const { exitCode, changes, service } = await call(...args);
    expect({ exitCode, changes }).toEqual({ exitCode: 2, changes: [] });
    expect(service.stderr).toContain(message);
  });

  it('answers one JSON document on request', async () => {
    const { service } = await call('pause', runId, '--json');
    expect(JSON.parse(service.stdout)).toEqual(createStudyStatus());
  });

  it('gives the words of a study that refuses', async () => {
    const service = new FakeSurroundings({
      steerStudy: async () => {
        throw new RecetaError('request-invalid', 'The study was not changed: it is not paused.');
      },
    });
    expect(await runCli(['study', 'resume', runId], service.dependencies)).toBe(2);
    expect(service.stderr).toContain('error: The study was not changed: it is not paused.');
  });

  it('shows as many trials as are asked for', async () => {
    const readStudy = async () => ({
      ...{ runId, state: 'running' as const, budget: null, enqueued: 0, decisions: [], best: null },
      ...{ counts: { complete: 2, running: 0, pruned: 0, failed: 0 } },
      ...{ trials: [studyTrial(0), studyTrial(1)], rescores: [], spaces: {}, importance: {} },
    });
    const service = new FakeSurroundings({ readStudy });
    expect(await runCli(['study', 'show', runId, '--limit', '1'], service.dependencies)).toBe(0);
    expect(service.stdout).toContain('and 1 more (--limit 2 shows all)');
  });
});
