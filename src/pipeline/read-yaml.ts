import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Problem } from '../contract/errors.js';

/** A YAML text as a plain value, with a way from its keys back to lines and columns. */
export interface YamlReading {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Position of the value (or of the key) at a path, or of the nearest thing around it. */
  locate(path: readonly (string | number)[], aboutKey: boolean): Position;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One slip often causes many more findings behind it. */
const maxSyntaxProblems = 5;

/** Reads one YAML document: no duplicate keys, no aliases, no tags, no second document. */
export function readYaml(text: string): YamlReading {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: true,
    version: '1.2',
  });
  const at = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
  const syntax = [...document.errors, ...document.warnings].slice(0, maxSyntaxProblems);
  const problems: Problem[] =
    syntax.length > 0
      ? syntax.map(({ message, pos }) => ({
          message: `This is not YAML that can be read: ${message}`,
          ...at(pos[0]),
        }))
      : findForbidden(document).map(({ message, offset }) => ({ message, ...at(offset) }));
  return {
    value: problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 0 }),
    problems,
    locate: (path, aboutKey) => at(findOffset(document, path, aboutKey)),
  };
}

/** Aliases can blow a small text up to any size, and keys that are no text have no place in a pipeline. */
function findForbidden(document: Document.Parsed): { message: string; offset: number }[] {
  const found: { message: string; offset: number }[] = [];
  visit(document, {
    Alias(_, alias) {
      found.push({
        message: `The alias *${alias.source} is not allowed; write its value out`,
        offset: alias.range?.[0] ?? 0,
      });
    },
    Scalar(_, scalar) {
      if (typeof scalar.value !== 'number' || !/^[-+]?0\d/.test(scalar.source ?? '')) return;
      found.push({
        message: `${scalar.source} would lose its leading zero; put it in quotes to keep it as text, or write ${scalar.value}`,
        offset: scalar.range?.[0] ?? 0,
      });
    },
    Pair(_, pair) {
      const key = pair.key;
      if (isScalar(key) && typeof key.value === 'string') return;
      const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
      found.push({ message: 'A key must be text; put it in quotes', offset });
    },
  });
  return found;
}

function findOffset(
  document: Document.Parsed,
  path: readonly (string | number)[],
  aboutKey: boolean,
): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
      const wantsKey = aboutKey && length === path.length;
      const node = wantsKey || !hasRange(pair?.value) ? pair?.key : pair?.value;
      if (hasRange(node)) return node.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (hasRange(node)) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return (
    typeof node === 'object' && node !== null && Array.isArray((node as { range?: unknown }).range)
  );
}
