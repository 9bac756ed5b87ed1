import { expect, test } from 'vitest';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import { decodeSafetensors, encodeSafetensors } from '../artifacts/safetensors.js';
import type { FoldOutcome, TrialOutcome } from '../contract/activities.js';
import type { TrainingBackend } from '../contract/run-record.js';
import { assembleModel, listMembers } from './assemble-model.js';
import type { Candidate } from './read-candidates.js';

const backend: TrainingBackend = { name: 'receta', versions: {}, threads: 1 };
const nowhere = { uri: 's3://b/a', sha256: 'a', sizeBytes: 1, mediaType: 'x/y' };

function fold(change: Partial<FoldOutcome> = {}): FoldOutcome {
  return {
    ...{ features: nowhere, validation: nowhere, predictor: {}, weights: nowhere },
    ...{ predictions: nowhere, history: nowhere, value: 1, bestEpoch: 1, backend },
    importance: null,
    platformKey: 'p',
    ...change,
  };
}

function candidate(trial: number | null, folds: readonly FoldOutcome[]): Candidate {
  const outcome: TrialOutcome = {
    ...{ format: 'receta-trial/1', model: 'mlp', parameters: { width: 8 }, value: 1 },
    folds,
  };
  return { trial, outcome, answers: new Float32Array(1), outputs: 1 };
}

test('the folds of a trial share its part of the answer, and what has none is left out', () => {
  const candidates = [
    candidate(4, [fold(), fold()]),
    candidate(2, [fold(), fold()]),
    candidate(null, [fold(), fold()]),
  ];
  const members = listMembers(candidates, [0.5, 0, 0.5], true);
  expect(members.map(({ trial, fold: number, weight }) => [trial, number, weight])).toEqual([
    [4, 0, 0.25],
    [4, 1, 0.25],
    [null, 0, 0.25],
    [null, 1, 0.25],
  ]);
});

test('without bagging the first fold answers for all', () => {
  const members = listMembers([candidate(4, [fold(), fold()])], [1], false);
  expect(members.map(({ fold: number, weight }) => [number, weight])).toEqual([[0, 1]]);
});

test('members share feature programs where they are equal, and keep their tensors apart', async () => {
  const objects = new MemoryObjectStore();
  const artifacts = new ArtifactStore(objects);
  const features = await artifacts.putJson({ name: 'shared' });
  const other = await artifacts.putJson({ name: 'other' });
  const storeWeights = (value: number) =>
    artifacts.putBytes(
      encodeSafetensors({ w: { dtype: 'F32', shape: [1], data: Float32Array.of(value) } }),
      'x/y',
    );
  const predictor = {
    kind: 'network',
    network: {
      inputWidth: 1,
      encoder: {
        ...{ numbers: [0], numberEncoding: { kind: 'plain' }, binaries: [], indexes: [] },
        robustClip: false,
      },
      layers: [{ kind: 'dense', units: 1, parameterization: 'standard' }],
      output: 'linear',
    },
  };
  const folds = [
    fold({ features, predictor, weights: await storeWeights(1) }),
    fold({ features: other, predictor, weights: await storeWeights(2) }),
    fold({ features, predictor, weights: await storeWeights(3) }),
  ];
  const members = listMembers([candidate(0, folds)], [1], true);

  const { model, weights } = await assembleModel({ artifacts }, 'regression', members, null);

  const document = await artifacts.getJson<{
    programs: unknown[];
    members: { program: number; prefix: string }[];
  }>(model);
  expect(document.programs).toEqual([{ name: 'shared' }, { name: 'other' }]);
  expect(document.members.map(({ program }) => program)).toEqual([0, 1, 0]);
  const { tensors } = decodeSafetensors(await artifacts.getBytes(weights));
  expect(document.members.map(({ prefix }) => tensors[`${prefix}w`]?.data[0])).toEqual([1, 2, 3]);
});
