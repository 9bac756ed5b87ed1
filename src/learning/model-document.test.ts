import { expect, test } from 'vitest';
import { createModelDocument, type ModelDocument, parseModelDocument } from './model-document.js';

const parts: Omit<ModelDocument, 'format'> = {
  task: 'regression',
  features: { width: 2, format: 'receta-features/1' },
  network: { inputWidth: 2, layers: [{ kind: 'dense', units: 1, activation: 'linear' }] },
  weights: { sha256: 'ab'.repeat(32), sizeBytes: 12 },
};

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

test('a document is canonical JSON: keys sorted, nothing but the model', () => {
  expect(new TextDecoder().decode(createModelDocument(parts))).toBe(
    '{"features":{"format":"receta-features/1","width":2},"format":"receta-model/1",' +
      '"network":{"inputWidth":2,"layers":[{"activation":"linear","kind":"dense","units":1}]},' +
      `"task":"regression","weights":{"sha256":"${'ab'.repeat(32)}","sizeBytes":12}}`,
  );
});

test('what else an artifact reference knows of the weights stays out', () => {
  const weights = { ...parts.weights, uri: 's3://elsewhere/ab', mediaType: 'x' };
  expect(createModelDocument({ ...parts, weights })).toEqual(createModelDocument(parts));
});

test('a document is read back as it was written', () => {
  expect(parseModelDocument(createModelDocument(parts))).toEqual({
    format: 'receta-model/1',
    ...parts,
  });
});

const document = { format: 'receta-model/1', ...parts };
test.each([
  ['text that is no JSON', new TextEncoder().encode('{'), 'not JSON'],
  ['another format', encode({ ...document, format: 'receta-model/2' }), 'receta-model/2'],
  ['an unknown task', encode({ ...document, task: 'ranking' }), 'ranking'],
  ['no features', encode({ ...document, features: null }), 'feature program'],
  ['an output that does not fit', encode({ ...document, task: 'classification' }), 'does not fit'],
  ['no digest', encode({ ...document, weights: { sha256: 'x', sizeBytes: 1 } }), 'sha256'],
  [
    'a negative size',
    encode({ ...document, weights: { ...parts.weights, sizeBytes: -1 } }),
    'size',
  ],
])('a document with %s is refused', (_, bytes, message) => {
  const error = expect.objectContaining({
    code: 'model-invalid',
    message: expect.stringContaining(message),
  });
  expect(() => parseModelDocument(bytes)).toThrow(error);
});
