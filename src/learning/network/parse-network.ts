import type { IndexInput, InputEncoder, Layer, NetworkSpec, NumberEncoding } from './network.js';
import { invalidNetwork, NetworkField } from './network-field.js';

const activations = ['relu', 'selu', 'mish', 'gelu', 'tanh'] as const;
const layerKinds = [
  'dense',
  'activation',
  'dropout',
  'batch-norm',
  'layer-norm',
  'scale',
  'members',
  'member-heads',
] as const;

/**
 * Reads a network from untrusted JSON.
 *
 * @throws RecetaError `model-invalid` naming the first thing that is not as it must be
 */
export function parseNetworkSpec(value: unknown): NetworkSpec {
  const field = new NetworkField(value, '');
  const inputWidth = field.count('inputWidth');
  const encoder = parseEncoder(field.field('encoder'), inputWidth);
  const layers = field.fields('layers').map(parseLayer);
  const output = field.choice('output', ['linear', 'sigmoid', 'softmax']);
  assertMembers(layers);
  const last = layers.at(-1);
  if (last?.kind !== 'dense' && last?.kind !== 'member-heads') {
    throw invalidNetwork('its last layer is neither dense nor member-heads');
  }
  if (output === 'sigmoid' && last.units !== 1) {
    throw invalidNetwork(`its output is sigmoid, but its last layer has ${last.units} units`);
  }
  return { inputWidth, encoder, layers, output };
}

function parseEncoder(field: NetworkField, inputWidth: number): InputEncoder {
  const numbers = field.counts('numbers', 0);
  const binaries = field.counts('binaries', 0);
  const indexes = field.fields('indexes').map(parseIndex);
  const all = [...numbers, ...binaries, ...indexes.map(({ position }) => position)];
  if (all.length === 0) throw invalidNetwork('its encoder takes no feature');
  const beyond = all.find((position) => position >= inputWidth);
  if (beyond !== undefined) {
    throw invalidNetwork(`its encoder takes feature ${beyond} of rows of ${inputWidth}`);
  }
  return {
    numbers,
    numberEncoding: parseEncoding(field.field('numberEncoding'), numbers.length),
    binaries,
    indexes,
    robustClip: field.flag('robustClip'),
  };
}

function parseIndex(field: NetworkField): IndexInput {
  return {
    position: field.count('position', 0),
    cardinality: field.count('cardinality'),
    size: field.count('size'),
  };
}

function parseEncoding(field: NetworkField, numberCount: number): NumberEncoding {
  const kind = field.choice('kind', ['plain', 'periodic', 'piecewise-linear']);
  if (kind === 'plain') return { kind };
  const size = field.count('size');
  if (kind === 'periodic') return { kind, frequencies: field.count('frequencies'), size };
  const bins = field.counts('bins', 1);
  if (bins.length !== numberCount) {
    throw invalidNetwork(`its encoder has bins for ${bins.length} of ${numberCount} numbers`);
  }
  return { kind, bins, size };
}

function parseLayer(field: NetworkField): Layer {
  const kind = field.choice('kind', layerKinds);
  switch (kind) {
    case 'dense': {
      const parameterization = field.choice('parameterization', ['standard', 'ntk']);
      return { kind, units: field.count('units'), parameterization };
    }
    case 'activation': {
      const activation = field.choice('activation', activations);
      return { kind, activation, parametric: field.flag('parametric') };
    }
    case 'dropout':
      return { kind, rate: field.number('rate', 0, 1) };
    case 'batch-norm': {
      const momentum = field.number('momentum', 0, 1);
      return { kind, momentum, epsilon: field.number('epsilon', 0, 1) };
    }
    case 'layer-norm':
      return { kind, epsilon: field.number('epsilon', 0, 1) };
    case 'scale':
      return { kind };
    case 'members':
      return { kind, count: field.count('count') };
    case 'member-heads':
      return { kind, units: field.count('units') };
  }
}

/** Rows are copied once at most, and copies end in heads of their own. */
function assertMembers(layers: readonly Layer[]): void {
  const copies = layers.filter(({ kind }) => kind === 'members').length;
  if (copies > 1) throw invalidNetwork('it has more than one members layer');
  const heads = layers.findIndex(({ kind }) => kind === 'member-heads');
  const ends = heads === -1 ? copies === 0 : heads === layers.length - 1 && copies === 1;
  if (!ends) throw invalidNetwork('its members do not end in one layer of member-heads');
}
