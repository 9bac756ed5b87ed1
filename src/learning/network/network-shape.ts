import type { InputEncoder, NetworkSpec } from './network.js';

/** What goes through one layer: rows x width, or members x rows x width from the `members` layer on. */
export interface LayerShape {
  readonly inputWidth: number;
  readonly outputWidth: number;
  /** Copies of each row after this layer; `null`: one without a member axis. */
  readonly members: number | null;
}

/** Numbers a row that one encoded number takes: the numbers of all columns have the same. */
export function numberWidth({ numberEncoding: encoding }: InputEncoder): number {
  if (encoding.kind === 'plain') return 1;
  return encoding.kind === 'periodic' ? encoding.size + 1 : encoding.size;
}

/** Width of what the encoder hands to the first layer. */
export function encodedWidth(encoder: InputEncoder): number {
  const { numbers, binaries, indexes } = encoder;
  const embedded = indexes.reduce((sum, { size }) => sum + size, 0);
  return numbers.length * numberWidth(encoder) + binaries.length + embedded;
}

/** Shapes of all layers, in their order. */
export function traceShapes({ encoder, layers }: NetworkSpec): readonly LayerShape[] {
  let width = encodedWidth(encoder);
  let members: number | null = null;
  return layers.map((layer) => {
    const inputWidth = width;
    if (layer.kind === 'dense' || layer.kind === 'member-heads') width = layer.units;
    if (layer.kind === 'members') members = layer.count;
    return { inputWidth, outputWidth: width, members };
  });
}

/** Numbers a row that a network answers: the scaled target, or a probability of each class (of `sigmoid`: two). */
export function answerWidth(network: NetworkSpec): number {
  if (network.output === 'sigmoid') return 2;
  return traceShapes(network).at(-1)?.outputWidth ?? encodedWidth(network.encoder);
}
