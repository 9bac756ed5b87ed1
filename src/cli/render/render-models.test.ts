import { describe, expect, it } from 'vitest';
import type { ModelVersion } from '../../registry/model-version.js';
import { renderModels, renderVersions } from './render-models.js';

describe('renderModels', () => {
  it('shows how many versions there are and where aliases point', () => {
    expect(
      renderModels([
        { name: 'diamonds', latestVersion: 12, aliases: [{ alias: 'champion', version: 11 }] },
        { name: 'penguins', latestVersion: 1, aliases: [] },
      ]),
    ).toEqual([
      'model     versions  aliases',
      'diamonds        12  champion=11',
      'penguins         1  -',
    ]);
  });

  it('says how to make a model when there is none', () => {
    expect(renderModels([])).toEqual(['no models yet (make one: receta run pipeline.yaml)']);
  });
});

describe('renderVersions', () => {
  it('shows metrics, aliases and the run of each version', () => {
    const version = (number: number, accuracy: number) =>
      ({
        version: number,
        createdAt: '2026-11-23T17:08:12.000Z',
        metrics: { accuracy },
        runId: `penguins-${number}`,
      }) as unknown as ModelVersion;
    expect(
      renderVersions([version(2, 0.985507), version(1, 1)], [{ alias: 'champion', version: 2 }]),
    ).toEqual([
      'version  created               accuracy  aliases   run',
      '      2  2026-11-23T17:08:12Z    0.9855  champion  penguins-2',
      '      1  2026-11-23T17:08:12Z         1  -         penguins-1',
    ]);
  });
});
