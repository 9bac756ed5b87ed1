import { RecetaError } from '../../contract/errors.js';

/** The text of a LightGBM model, cut where its trees begin and end. */
export interface TreeText {
  /** Lines of the model itself, by name; a line without `=` has an empty value. */
  readonly header: ReadonlyMap<string, string>;
  /** What stands between `Tree=…` and the blank lines after it, one text a tree. */
  readonly trees: readonly string[];
  /** What follows the trees: importances and parameters. */
  readonly footer: string;
}

const treeStart = /^Tree=\d+\n/gm;
const treesEnd = 'end of trees\n';

/**
 * Cuts a model in LightGBM's text format (version 4) into its parts.
 *
 * @throws RecetaError `model-invalid` when it is not such a text
 */
export function parseTreeText(text: string): TreeText {
  const end = text.indexOf(`\n${treesEnd}`);
  if (!text.startsWith('tree\n') || end < 0) {
    throw invalidTrees('it does not begin with "tree" or has no "end of trees"');
  }
  const starts = [...text.slice(0, end).matchAll(treeStart)];
  const trees = starts.map((start, index) =>
    text.slice(start.index + start[0].length, starts[index + 1]?.index ?? end).trimEnd(),
  );
  return {
    header: parseLines(text.slice(0, starts[0]?.index ?? end)),
    trees,
    footer: text.slice(end + 1 + treesEnd.length),
  };
}

/** Reads lines of the form `name=value`. */
export function parseLines(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** Writes the parts as LightGBM does; the sizes of the trees are counted again. */
export function formatTreeText({ header, trees, footer }: TreeText): string {
  const numbered = trees.map((tree, index) => `Tree=${index}\n${tree}\n\n\n`);
  const lines = [...header].map(([name, value]) => {
    // Trees are plain ASCII, so their lengths are their sizes in bytes.
    if (name === 'tree_sizes')
      return `tree_sizes=${numbered.map(({ length }) => length).join(' ')}`;
    return value === '' ? name : `${name}=${value}`;
  });
  return `${lines.join('\n')}\n\n${numbered.join('')}${treesEnd}${footer}`;
}

/** The error of a stored model whose trees cannot be read. */
export function invalidTrees(found: string): RecetaError {
  return new RecetaError(
    'model-invalid',
    `Reading the trees of a model: ${found}. The stored model is damaged or of another version; train it again.`,
  );
}
