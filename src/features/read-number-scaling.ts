import type { NumberScale, NumberScaling, QuantileKnots } from './feature-program.js';
import type { JsonReader } from './json-reader.js';
import { applyTransform } from './number/number-transform.js';

/** @throws RecetaError model-invalid naming the first wrong member */
export function readNumberScaling(reader: JsonReader): NumberScaling {
  return {
    fill: reader.member('fill').nullable((member) => member.number()),
    clip: reader.member('clip').nullable(readClip),
    scale: readScale(reader.member('scale')),
  };
}

function readClip(reader: JsonReader): { low: number; high: number } {
  const low = reader.member('low').number();
  const high = reader.member('high').number();
  if (low > high) throw reader.invalid('has a low above its high');
  return { low, high };
}

function readScale(reader: JsonReader): NumberScale {
  const method = reader.member('method').oneOf('standard', 'affine', 'robust', 'quantile', 'none');
  switch (method) {
    case 'standard': {
      const transform = reader.member('transform').oneOf('none', 'log', 'log1p');
      const floor = reader.member('floor').number();
      // The smallest value that is transformed must have a logarithm.
      if (!Number.isFinite(applyTransform(transform, floor))) {
        throw reader.member('floor').invalid(`is ${floor}, which has no ${transform}`);
      }
      const mean = reader.member('mean').number();
      return { method, transform, floor, mean, deviation: reader.member('deviation').positive() };
    }
    case 'affine': {
      const mean = reader.member('mean').number();
      return { method, mean, deviation: reader.member('deviation').positive() };
    }
    case 'robust': {
      const center = reader.member('center').number();
      return { method, center, range: reader.member('range').positive() };
    }
    case 'quantile':
      return { method, knots: readQuantileKnots(reader.member('knots')) };
    case 'none':
      return { method };
  }
}

/** @throws RecetaError model-invalid when there are no knots, or they do not ascend */
export function readQuantileKnots(reader: JsonReader): QuantileKnots {
  const values = readAscending(reader.member('values'));
  const normals = readAscending(reader.member('normals'));
  if (values.length !== normals.length || values.length === 0) {
    throw reader.invalid('must have one normal quantile a value');
  }
  return { values, normals };
}

/** Knots are found by halving the list. */
function readAscending(reader: JsonReader): number[] {
  const numbers = reader.elements().map((element) => element.number());
  const ascending = numbers.every((value, index) => {
    const previous = numbers[index - 1];
    return previous === undefined || previous < value;
  });
  if (!ascending) throw reader.invalid('does not ascend');
  return numbers;
}
