import { expect, test } from 'vitest';
import { createModelDocument, type ModelDocument, parseModelDocument } from './model-document.js';

const predictor = {
  kind: 'trees',
  trees: { inputWidth: 2, outputs: 2, answer: 'sigmoid', iterations: 7 },
} as const;
const member = {
  model: 'lightgbm',
  program: 0,
  weight: 1,
  predictor,
  importance: { b: 0.25, a: 0.75 },
  prefix: 'members.0.',
} as const;
const parts: Omit<ModelDocument, 'format'> = {
  task: 'classification',
  programs: [{ width: 2, format: 'receta-features/2' }],
  members: [member],
  calibration: { kind: 'temperature', temperature: 1.5 },
  weights: { sha256: 'ab'.repeat(32), sizeBytes: 12 },
};

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

test('a document is canonical JSON: keys sorted, nothing but the model', () => {
  expect(new TextDecoder().decode(createModelDocument(parts))).toBe(
    '{"calibration":{"kind":"temperature","temperature":1.5},"format":"receta-model/2",' +
      '"members":[{"importance":{"a":0.75,"b":0.25},"model":"lightgbm","predictor":{"kind":"trees","trees":' +
      '{"answer":"sigmoid","inputWidth":2,"iterations":7,"outputs":2}},' +
      '"prefix":"members.0.","program":0,"weight":1}],' +
      '"programs":[{"format":"receta-features/2","width":2}],' +
      `"task":"classification","weights":{"sha256":"${'ab'.repeat(32)}","sizeBytes":12}}`,
  );
});

test('what else an artifact reference knows of the weights stays out', () => {
  const weights = { ...parts.weights, uri: 's3://elsewhere/ab', mediaType: 'x' };
  expect(createModelDocument({ ...parts, weights })).toEqual(createModelDocument(parts));
});

test.each([
  ['one member', parts],
  [
    'several members and programs',
    {
      ...parts,
      programs: [...parts.programs, ...parts.programs],
      members: [
        { ...member, weight: 0.3 },
        { ...member, program: 1, weight: 0.7, prefix: 'members.1.', importance: null },
      ],
      calibration: { kind: 'isotonic', x: [0.1, 0.9], y: [0.2, 0.2] } as const,
    },
  ],
])('a document of %s is read back as it was written', (_, written) => {
  expect(parseModelDocument(createModelDocument(written))).toEqual({
    format: 'receta-model/2',
    ...written,
  });
});

const document = { format: 'receta-model/2', ...parts };
const withMember = (changed: object) => ({ ...document, members: [{ ...member, ...changed }] });
test.each([
  ['text that is no JSON', new TextEncoder().encode('{'), 'not JSON'],
  ['another format', encode({ ...document, format: 'receta-model/1' }), 'receta-model/1'],
  ['an unknown task', encode({ ...document, task: 'ranking' }), 'ranking'],
  ['no features', encode({ ...document, programs: [] }), 'feature program'],
  ['no members', encode({ ...document, members: [] }), 'no members'],
  ['a member of an unknown model', encode(withMember({ model: 'forest' })), 'member 0.*forest'],
  ['a member without a program', encode(withMember({ program: 1 })), 'program is 1 of 1'],
  ['an importance that is none', encode(withMember({ importance: 1 })), 'importance is no object'],
  ['an impossible share', encode(withMember({ importance: { a: 2 } })), 'importance of "a" is 2'],
  ['a member without a share', encode(withMember({ weight: 0 })), 'weight is 0'],
  ['shares that do not add up', encode(withMember({ weight: 0.5 })), 'sum to 0.5'],
  ['an unknown predictor', encode(withMember({ predictor: { kind: 'x' } })), 'answers by "x"'],
  [
    'members of one prefix',
    encode({
      ...document,
      members: [
        { ...member, weight: 0.5 },
        { ...member, weight: 0.5 },
      ],
    }),
    'same prefix',
  ],
  [
    'a calibration of numbers',
    encode({ ...document, task: 'regression' }),
    'calibrates probabilities',
  ],
  [
    'a temperature of 0',
    encode({ ...document, calibration: { kind: 'temperature', temperature: 0 } }),
    'neither a temperature',
  ],
  [
    'an isotonic line that falls',
    encode({ ...document, calibration: { kind: 'isotonic', x: [0, 1], y: [1, 0] } }),
    'rising line',
  ],
  ['no digest', encode({ ...document, weights: { sha256: 'x', sizeBytes: 1 } }), 'sha256'],
  [
    'a negative size',
    encode({ ...document, weights: { ...parts.weights, sizeBytes: -1 } }),
    'size',
  ],
])('a document with %s is refused', (_, bytes, message) => {
  const error = expect.objectContaining({
    code: 'model-invalid',
    message: expect.stringMatching(new RegExp(message)),
  });
  expect(() => parseModelDocument(bytes)).toThrow(error);
});
