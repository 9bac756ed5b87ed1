import { describe, expect, it } from 'vitest';
import { toLineageEntries, toRunLineage } from './lineage-graph.js';
import { createRunFacts, testRef } from './testdata/create-run-facts.js';

describe('toRunLineage', () => {
  it('leads to files, pipeline file, parameters and code', () => {
    expect(toRunLineage(createRunFacts())).toMatchObject({
      model: { model: 'taxi', version: 3 },
      pipelineFile: testRef('pipeline file', 'application/yaml'),
      params: { month: '2019-03' },
      datasetSha256: testRef('dataset').sha256,
      data: [{ source: 'trips', name: 'trips.csv', sha256: testRef('trips').sha256, sizeBytes: 5 }],
      code: { 'features/fit-column.ts': 'aa' },
    });
  });

  it('tells what is known of a run that failed early', () => {
    const facts = createRunFacts(
      { outcome: 'failed', artifacts: {}, model: null },
      { manifest: null, keyParts: [] },
    );
    expect(toRunLineage(facts)).toMatchObject({ datasetSha256: null, data: [], code: {} });
  });
});

describe('toLineageEntries', () => {
  it('has one entry for each digest that somebody may hold', () => {
    const entries = toLineageEntries(createRunFacts());
    expect(entries.map(({ as }) => as)).toEqual([
      'file trips.csv of source trips',
      'pipeline file',
      'dataset',
      'table',
      'model',
      'evaluationReport',
    ]);
    expect(entries[0]).toMatchObject({
      sha256: testRef('trips').sha256,
      model: { model: 'taxi', version: 3 },
    });
  });
});
