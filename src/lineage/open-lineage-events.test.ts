import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../contract/run-record.js';
import { stepNames } from '../contract/steps.js';
import type { LineageDataset, LineageEvent } from './open-lineage.js';
import { toOpenLineageEvents } from './open-lineage-events.js';
import { createRunFacts, testRef } from './testdata/create-run-facts.js';

const columns = { [testRef('table').sha256]: [{ name: 'fare', sqlType: 'DOUBLE' }] };

function createEvents(change: Partial<RunRecord> = {}): readonly LineageEvent[] {
  return toOpenLineageEvents(createRunFacts(change), { version: '0.1.0', columns });
}

function findJob(events: readonly LineageEvent[], name: string): readonly LineageEvent[] {
  return events.filter(({ job }) => job.name === name);
}

/** What version 2-0-2 of the specification requires of every event, dataset and facet. */
function assertValid(event: LineageEvent): void {
  expect(['START', 'COMPLETE', 'FAIL', 'ABORT']).toContain(event.eventType);
  expect(new Date(event.eventTime).toISOString()).toBe(event.eventTime);
  expect(event.run.runId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(event.job.namespace).not.toBe('');
  expect(event.job.name).not.toBe('');
  expect(event.schemaURL).toMatch(/^https:\/\/openlineage\.io\/spec\/2-0-2\//);
  expect(URL.canParse(event.producer)).toBe(true);
  const datasets: readonly LineageDataset[] = [...event.inputs, ...event.outputs];
  for (const { namespace, name } of datasets) {
    expect(namespace).not.toBe('');
    expect(name).not.toBe('');
  }
  const facets = [event.run, event.job, ...datasets].flatMap((part) => Object.values(part.facets));
  expect(facets.length).toBeGreaterThan(0);
  for (const facet of facets) {
    expect(URL.canParse(facet._producer)).toBe(true);
    expect(URL.canParse(facet._schemaURL)).toBe(true);
  }
}

describe('toOpenLineageEvents', () => {
  it('writes events that the specification takes', () => {
    const events = createEvents();
    expect(events).toHaveLength(2 + 2 * stepNames.length);
    for (const event of events) assertValid(event);
  });

  it('starts and completes the run and each step, with the run as parent of its steps', () => {
    const events = createEvents();
    expect(findJob(events, 'taxi').map(({ eventType }) => eventType)).toEqual([
      'START',
      'COMPLETE',
    ]);
    const [start, end] = findJob(events, 'taxi.transform');
    expect([start?.eventType, end?.eventType]).toEqual(['START', 'COMPLETE']);
    expect(start?.run.facets.parent).toMatchObject({
      run: { runId: events[0]?.run.runId },
      job: { namespace: 'receta', name: 'taxi' },
    });
    expect(start?.run.runId).not.toBe(events[0]?.run.runId);
    expect(start?.job.facets.sql).toMatchObject({ query: 'SELECT * FROM trips' });
  });

  it('says of each dataset where it is, which version, and what columns it has', () => {
    const [, transform] = findJob(createEvents(), 'taxi.transform');
    const [table] = transform?.outputs ?? [];
    expect(table).toMatchObject({
      namespace: 's3://receta',
      name: expect.stringMatching(/^artifacts\//),
      facets: {
        version: { datasetVersion: testRef('table').sha256 },
        storage: { storageLayer: 's3', fileFormat: 'parquet' },
        schema: { fields: [{ name: 'fare', type: 'DOUBLE' }] },
      },
    });
  });

  it('names sources without what may be secret', () => {
    const events = createEvents();
    expect(events[0]?.inputs).toMatchObject([
      { namespace: 'https://example.org', name: '/trips.csv' },
    ]);
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('gives the run the model version that came of it', () => {
    const [, end] = findJob(createEvents(), 'taxi');
    expect(end?.outputs).toMatchObject([
      {
        namespace: 's3://receta',
        name: 'models/taxi/versions/3',
        facets: { receta_model: { model: 'taxi', version: 3, metrics: { rmse: 2 } } },
      },
    ]);
  });

  it('tells how a run failed, and nothing of steps that never started', () => {
    const { steps } = createRunFacts().record.progress;
    const progress = {
      steps: steps.map((step, index) => {
        if (index === 0) return step;
        const never = { startedAt: null, durationMs: null, cache: null };
        return index === 1
          ? { ...step, state: 'failed' as const, cache: null }
          : { ...step, ...never, state: 'skipped' as const };
      }),
      study: null,
      members: [],
    };
    const events = createEvents({
      outcome: 'failed',
      progress,
      model: null,
      failure: { code: 'dataset-invalid', step: 'validate', message: 'no rows', problems: [] },
    });
    expect(events.map(({ job, eventType }) => `${job.name} ${eventType}`)).toEqual([
      'taxi START',
      'taxi.download START',
      'taxi.download COMPLETE',
      'taxi.validate START',
      'taxi.validate FAIL',
      'taxi FAIL',
    ]);
    expect(events.at(-1)?.run.facets.errorMessage).toMatchObject({ message: 'no rows' });
  });

  it('ends a cancelled run with ABORT', () => {
    expect(createEvents({ outcome: 'cancelled' }).at(-1)?.eventType).toBe('ABORT');
  });
});
