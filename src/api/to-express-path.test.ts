import { expect, it } from 'vitest';
import { toExpressPath } from './to-express-path.js';

it('turns parameters into those of Express', () => {
  expect(toExpressPath('/v1/runs/{runId}/artifacts/{name}')).toBe(
    '/v1/runs/:runId/artifacts/:name',
  );
});

it('escapes the colon of a custom verb', () => {
  expect(toExpressPath('/v1/models/{name}/labels/{alias}:predict')).toBe(
    '/v1/models/:name/labels/:alias\\:predict',
  );
});
