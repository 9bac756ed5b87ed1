import { expect, test } from 'vitest';
import { parseTreeText } from '../../trees/tree-text.js';
import { toTreesTensor } from './boosting-state.js';
import { joinSegments } from './join-segments.js';
import { NativeModel } from './testdata/native-model.js';
import { createContext } from './testdata/training-context.js';
import { trainLightgbm } from './train-lightgbm.js';

test('the joined text is one that the library writes itself after it has read it', async () => {
  const { weights } = await trainLightgbm(createContext().context);
  const text = new TextDecoder().decode(weights.trees?.data as Uint8Array);
  const native = new NativeModel(text).toText();
  // Only the library knows importances, and it writes no parameters for a model that it has read.
  const [trees] = native.split('\nfeature_importances:');
  expect(text.startsWith(trees as string)).toBe(true);
  expect(toTreesTensor(parseTreeText(text))).toEqual(weights.trees);
});

test('of a segment only the trees that count are added, and the first tells of the model', () => {
  const segment = (name: string, trees: string[]) => ({
    ...{ header: new Map([[name, '']]), trees },
    footer: `\nfeature_importances:\na=1\n\nparameters:\n${name}\n`,
  });
  const first = joinSegments(null, segment('one', ['a', 'b']), 2);
  expect(joinSegments(first, segment('two', ['c', 'd']), 1)).toEqual({
    header: new Map([['one', '']]),
    trees: ['a', 'b', 'c'],
    footer: '\nparameters:\none\n',
  });
});
