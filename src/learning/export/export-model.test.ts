import { expect, test } from 'vitest';
import { encodeSafetensors } from '../../artifacts/safetensors.js';
import { toSha256 } from '../../artifacts/sha256.js';
import { fitFeatures } from '../../features/fit-features.js';
import { fitOptions } from '../../features/testdata/fit-options.js';
import { toTable } from '../../features/testdata/to-table.js';
import { encodeMemberTensors, toMemberPrefix } from '../model/member-tensors.js';
import { createModelDocument, type MemberDocument } from '../model/model-document.js';
import type { NetworkSpec } from '../network/network.js';
import { toNetworkTensors } from '../network/network-tensors.js';
import { drawNumbers } from '../network/testdata/sample-networks.js';
import { exportModel } from './export-model.js';

const table = toTable({ mass: [1, 2, 3, 4], length: [4, 1, 3, 2], target: [1.5, 2, 2.5, 4] });
const { program } = fitFeatures(table, fitOptions('target'));

const linear: NetworkSpec = {
  inputWidth: 2,
  encoder: {
    numbers: [0, 1],
    numberEncoding: { kind: 'plain' },
    binaries: [],
    indexes: [],
    robustClip: false,
  },
  layers: [{ kind: 'dense', units: 1, parameterization: 'standard' }],
  output: 'linear',
};
const scaled: NetworkSpec = { ...linear, layers: [{ kind: 'scale' }, ...linear.layers] };
const text = new TextEncoder().encode('tree\nversion=v4\n');
const trees = { inputWidth: 2, outputs: 1, answer: 'identity', iterations: 7 } as const;

type Member = Pick<MemberDocument, 'model' | 'predictor'>;
const linearMember: Member = { model: 'linear', predictor: { kind: 'network', network: linear } };
const scaledMember: Member = { model: 'realmlp', predictor: { kind: 'network', network: scaled } };
const treesMember: Member = { model: 'lightgbm', predictor: { kind: 'trees', trees } };

function store(members: readonly Member[]): [Uint8Array, Uint8Array] {
  const weightsBytes = encodeMemberTensors(
    members.map(({ predictor }) =>
      predictor.kind === 'trees'
        ? { trees: { dtype: 'U8', shape: [text.length], data: text } }
        : toNetworkTensors(predictor.network, drawNumbers(predictor.network, 1)),
    ),
  );
  const documentBytes = createModelDocument({
    task: 'regression',
    programs: [program],
    members: members.map((member, index) => ({
      ...member,
      program: 0,
      weight: 1 / members.length,
      importance: null,
      prefix: toMemberPrefix(index),
    })),
    calibration: null,
    weights: { sha256: toSha256(weightsBytes), sizeBytes: weightsBytes.byteLength },
  });
  return [documentBytes, weightsBytes];
}

const pathsOf = (files: readonly { path: string }[]) => files.map(({ path }) => path);

test('a single model lies in the folder itself, beside how to use it', () => {
  const files = exportModel(...store([linearMember]), 'tfjs');
  expect(pathsOf(files)).toEqual(['model.json', 'weights.bin', 'receta.json']);
  expect(JSON.parse(new TextDecoder().decode(files.at(-1)?.bytes))).toMatchObject({
    format: 'receta-export/1',
    task: 'regression',
    members: [{ model: 'linear', weight: 1, file: 'model.json', features: ['mass', 'length'] }],
    calibration: null,
  });
});

test('members of an ensemble have folders of their own', () => {
  const files = exportModel(...store([linearMember, scaledMember]), 'onnx');
  expect(pathsOf(files)).toEqual(['0-linear/model.onnx', '1-realmlp/model.onnx', 'receta.json']);
});

test('trees are written as their own text, and how many iterations answer is told', () => {
  const files = exportModel(...store([treesMember]), 'lightgbm');
  expect(files[0]).toEqual({ path: 'model.txt', bytes: text });
  expect(JSON.parse(new TextDecoder().decode(files.at(-1)?.bytes))).toMatchObject({
    members: [{ file: 'model.txt', iterations: 7 }],
  });
});

test.each([
  ['tfjs', [scaledMember], 'its layers of kind scale are none there'],
  ['onnx', [linearMember, treesMember], 'members[1]: lightgbm cannot be written so'],
  ['lightgbm', [linearMember], 'it is no LightGBM model'],
] as const)('what cannot be written as %s is refused with the reason', (format, members, why) => {
  expect(() => exportModel(...store(members), format)).toThrow(
    expect.objectContaining({
      code: 'request-invalid',
      message: expect.stringContaining(why),
    }),
  );
});

test('weights that are of no member are refused', () => {
  const [documentBytes] = store([linearMember]);
  const other = encodeSafetensors({
    other: { dtype: 'F32', shape: [1], data: new Float32Array(1) },
  });
  expect(() => exportModel(documentBytes, other, 'onnx')).toThrow(
    expect.objectContaining({ code: 'model-invalid' }),
  );
});
