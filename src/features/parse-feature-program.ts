import type { DerivedColumn } from '../contract/feature-plan.js';
import { outputsOf } from './column-outputs.js';
import {
  type FeatureOutput,
  type FeatureProgram,
  featureProgramFormat,
  type UnusedColumn,
  type WeightScaling,
} from './feature-program.js';
import { JsonReader } from './json-reader.js';
import { columnKinds, readColumnEncoding } from './read-column-encoding.js';
import { readTargetEncoding } from './read-target-encoding.js';

/**
 * Checks a feature program that was read from JSON; members it does not know are left out.
 *
 * @throws RecetaError model-invalid naming the first wrong member
 */
export function parseFeatureProgram(value: unknown): FeatureProgram {
  const reader = new JsonReader(value, 'features');
  const format = reader.member('format').oneOf(featureProgramFormat);
  const target = readTargetEncoding(reader.member('target'));
  const columns = reader.member('columns').elements().map(readColumnEncoding);
  const unused = reader.member('unused').elements().map(readUnused);
  const names = [target, ...columns, ...unused].map((column) => column.name);
  if (new Set(names).size < names.length) throw reader.invalid('names a column twice');
  const derived = reader.member('derived').elements().map(readDerived);
  assertInputs(reader, { known: new Set(names), target: target.name, derived });
  const weight = reader.member('weight').nullable(readWeight);
  const width = reader.member('width').number();
  const outputs = columns.flatMap(outputsOf);
  const stored = reader.member('outputs').elements().map(readOutput);
  if (width !== outputs.length || JSON.stringify(stored) !== JSON.stringify(outputs)) {
    throw reader.invalid('has a width or outputs that do not follow from its columns');
  }
  return { format, target, columns, unused, derived, weight, width, outputs };
}

function readUnused(reader: JsonReader): UnusedColumn {
  return { name: reader.member('name').text(), kind: reader.member('kind').oneOf(...columnKinds) };
}

function readDerived(reader: JsonReader): DerivedColumn {
  return {
    name: reader.member('name').text(),
    expression: reader.member('expression').text(),
    sqlType: reader.member('sqlType').text(),
    inputs: reader
      .member('inputs')
      .elements()
      .map((input) => ({
        name: input.member('name').text(),
        sqlType: input.member('sqlType').text(),
      })),
  };
}

/** What is computed, and what it is computed from, are columns of the table, and not the target. */
function assertInputs(
  reader: JsonReader,
  program: {
    readonly known: ReadonlySet<string>;
    readonly target: string;
    readonly derived: readonly DerivedColumn[];
  },
): void {
  const { known, target, derived } = program;
  const outputs = derived.map(({ name }) => name);
  if (new Set(outputs).size < outputs.length) throw reader.invalid('derives a column twice');
  const names = derived.flatMap(({ name, inputs }) => [name, ...inputs.map((input) => input.name)]);
  const stranger = names.find((name) => name === target || !known.has(name));
  if (stranger !== undefined) {
    throw reader.invalid(`derives columns from ${stranger}, which is no column to predict from`);
  }
}

function readWeight(reader: JsonReader): WeightScaling {
  return { name: reader.member('name').text(), mean: reader.member('mean').positive() };
}

function readOutput(reader: JsonReader): FeatureOutput {
  const name = reader.member('name').text();
  const kind = reader.member('kind').oneOf('number', 'binary', 'index');
  if (kind !== 'index') return { name, kind };
  return { name, kind, cardinality: reader.member('cardinality').wholeNumber() };
}
