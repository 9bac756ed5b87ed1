import type { Finding } from './describe-issue.js';
import { type KeyPath, toDottedPath } from './dotted-path.js';

interface Node {
  readonly path: KeyPath;
  readonly value: unknown;
}

const maxFindings = 20;

/** Looks through a whole pipeline, as it was written, for keys and placeholders that cannot be where they are. */
export function findMisplaced(root: unknown): Finding[] {
  const findings: Finding[] = [];
  const open: Node[] = [{ path: [], value: root }];
  while (findings.length < maxFindings) {
    const node = open.pop();
    if (node === undefined) break;
    const finding = describeNode(node);
    if (finding === null) open.push(...listChildren(node));
    else findings.push(finding);
  }
  return findings;
}

function listChildren({ path, value }: Node): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, child]) => ({
    path: [...path, Array.isArray(value) ? Number(key) : key],
    value: child,
  }));
}

function describeNode({ path, value }: Node): Finding | null {
  if (path.at(-1) === '__proto__') {
    const message = `${toDottedPath(path)} cannot be used as a name; choose another one`;
    return { path, message, aboutKey: true };
  }
  const problem = typeof value === 'string' ? describeText(path, value) : null;
  if (problem === null) return null;
  return { path, message: `${toDottedPath(path)} ${problem}`, aboutKey: false };
}

function describeText(path: KeyPath, text: string): string | null {
  if (!/\$\{\s*params\b/.test(text)) return null;
  const [section] = path;
  if (section === 'transform') return null;
  if (section === 'derive') {
    return 'has a parameter, and derive is part of the model, which serves without parameters; compute with it in transform';
  }
  if (section !== 'source' && section !== 'sources') {
    return 'has a parameter, which is put into sources and queries only; write the value out';
  }
  const keys = path.slice(section === 'source' ? 1 : 2);
  const [key] = keys.filter((part) => typeof part === 'string');
  if (key === 'query')
    return 'has a parameter, which would be pasted; filter in the transform, where values are bound';
  if (key !== undefined && !['path', 'url', 's3', 'sqlite'].includes(key)) {
    return 'has a parameter, which is put into path, url, s3 and sqlite only; write the value out';
  }
  const head = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/.exec(text)?.[0];
  if (head === undefined || !head.includes('${')) return null;
  return 'has a parameter in the name of a server or bucket; write that name out';
}
