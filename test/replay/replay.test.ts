import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { expect, it } from 'vitest';
import { type HistoryEvent, type RecordedHistory, readHistories } from './histories.js';

const codePath = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));
const penguinsPath = new URL('../../examples/01-penguins/penguins.csv', import.meta.url);
const maxPayloadBytes = 100_000;

// A refused replay is warned of by the SDK's core, too; the tests look at the error.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'temporalio_sdk_core=WARN' } },
});

const recorded = readHistories();

/** Replays a history against the built workflows; throws when they would have acted in another way. */
async function replay(history: RecordedHistory['history']): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: { codePath } }, history, workflowIdOf(history));
}

it.each(recorded)('$name replays with the workflows as they are built now', async ({ history }) => {
  await replay(history);
});

it.each([
  ['succeeded.pipeline', 'validateDataset'],
  ['succeeded.study', 'suggestTrial'],
])('%s does not replay when %s has another name in it', async (name, activity) => {
  const text = JSON.stringify({ events: eventsOf(name) });
  const changed = JSON.parse(text.replaceAll(`"${activity}"`, '"somethingElse"'));
  await expect(replay(changed)).rejects.toThrow(DeterminismViolationError);
});

it('what happened in the recorded runs is what their names say', () => {
  expect(lastEventTypes()).toEqual({
    'cancelled.pipeline': 'EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED',
    'cancelled.study': 'EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED',
    'failed-step.pipeline': 'EVENT_TYPE_WORKFLOW_EXECUTION_FAILED',
    'failed-trial.pipeline': 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    'failed-trial.study': 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    'rejected.pipeline': 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    'reproduction.pipeline': 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    'reproduction.study': 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    'succeeded.pipeline': 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    'succeeded.study': 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    'taken-over.pipeline': 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
  });
  const activitiesOf = (name: string) => JSON.stringify(eventsOf(name));
  expect(activitiesOf('rejected.pipeline')).not.toContain('"promoteModel"');
  expect(activitiesOf('succeeded.pipeline')).toContain('"promoteModel"');
  expect(activitiesOf('taken-over.pipeline')).not.toContain('START_CHILD_WORKFLOW');
  expect(activitiesOf('reproduction.pipeline')).not.toContain('"registerModel"');
  expect(activitiesOf('failed-trial.study')).toContain('EVENT_TYPE_ACTIVITY_TASK_FAILED');
});

it.each(recorded)('$name carries references, never data', ({ history }) => {
  const [, ...rows] = readFileSync(penguinsPath, 'utf8').trimEnd().split('\n');
  for (const event of history.events) {
    const payloads = decodePayloads(event);
    const sizeBytes = payloads.reduce((sum, payload) => sum + Buffer.byteLength(payload), 0);
    expect(sizeBytes).toBeLessThan(maxPayloadBytes);
    const carried = payloads.filter((payload) => rows.some((row) => payload.includes(row)));
    expect(carried).toEqual([]);
  }
});

function eventsOf(wanted: string): readonly HistoryEvent[] {
  return recorded.find(({ name }) => name === wanted)?.history.events ?? [];
}

/** Ids of children are made from it. */
function workflowIdOf({ events: [started] }: RecordedHistory['history']): string {
  const attributes = started?.workflowExecutionStartedEventAttributes;
  return (attributes as { workflowId: string } | undefined)?.workflowId ?? 'unknown';
}

function lastEventTypes(): Record<string, string | undefined> {
  return Object.fromEntries(
    recorded.map(({ name, history }) => [name, history.events.at(-1)?.eventType]),
  );
}

/** Every payload below a value, as text; payloads are the objects that have metadata and data. */
function decodePayloads(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('metadata' in value && 'data' in value && typeof value.data === 'string') {
    return [Buffer.from(value.data, 'base64').toString()];
  }
  return Object.values(value).flatMap(decodePayloads);
}
