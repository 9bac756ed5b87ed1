import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowProducts } from './row-products.js';

test('rows of any width, with zeros among them, are multiplied and added up', () => {
  const value = fc.integer({ min: -3, max: 3 });
  const shape = fc.record({
    features: fc.array(value, { minLength: 1, maxLength: 11 }),
    outputs: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(shape, ({ features, outputs }) => {
      const products = createRowProducts(features.length, outputs);
      // Behind a row of others.
      const x = Float32Array.of(9, 9, ...features);
      const length = features.length * outputs;
      const coefficients = Float64Array.from({ length }, (_, index) => index - 4);
      const margins = new Float64Array(outputs).fill(10);
      products.multiply(x, 2, coefficients, margins);
      margins.forEach((margin, output) => {
        const sum = features.reduce(
          (total, feature, column) =>
            total + feature * (coefficients[column * outputs + output] ?? 0),
          10,
        );
        expect(margin).toBe(sum);
      });
      const sums = new Float64Array(length).fill(1);
      products.add(x, 2, sums, margins);
      sums.forEach((sum, index) => {
        const [feature = 0, margin = 0] = [
          features[Math.floor(index / outputs)],
          margins[index % outputs],
        ];
        expect(sum).toBe(1 + feature * margin);
      });
    }),
  );
});
