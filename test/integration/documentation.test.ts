import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ApiDependencies } from '../../src/api/api-dependencies.js';
import { createRoutes } from '../../src/api/create-api.js';
import { errorToProblem } from '../../src/api/error-to-problem.js';
import { errorToExitCode } from '../../src/cli/error-to-exit-code.js';
import { exitCodes } from '../../src/cli/exit-code.js';
import { variables } from '../../src/config/variables.js';
import { type ErrorCode, errorKinds, RecetaError } from '../../src/contract/errors.js';
import { stepNames } from '../../src/contract/steps.js';
import { parsePipelineFile } from '../../src/pipeline/parse-pipeline-file.js';
import { describePipelineKeys } from '../../src/pipeline/pipeline-reference.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Rows of the table behind `<!-- table: name -->`, without its head. */
function readTable(path: string, name: string): string[] {
  const [, rest] = read(path).split(`<!-- table: ${name} -->\n`);
  const lines = rest?.trimStart().split('\n') ?? [];
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(2, end < 0 ? undefined : end);
}

const toRow = (...cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replaceAll('|  |', '| |');

const toCode = (text: string | null) => (text === null ? '' : `\`${text}\``);

describe('docs/pipeline.md', () => {
  it('lists every key of the pipeline file as the schema has it', () => {
    const wanted = describePipelineKeys().map((row) =>
      toRow(
        toCode(row.key),
        row.type,
        row.required ? 'required' : toCode(row.default),
        row.meaning,
      ),
    );
    expect(readTable('docs/pipeline.md', 'keys')).toEqual(wanted);
  });

  it('shows pipeline files that can be parsed', () => {
    const files = [...read('docs/pipeline.md').matchAll(/```yaml\n([\s\S]*?)```/g)];
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const [, text = ''] of files) {
      parsePipelineFile(complete(text), { fileName: 'docs/pipeline.md' });
    }
  });

  /** An example of one section does without the keys that every file has. */
  function complete(text: string): string {
    const missing = Object.entries({ name: 'example', target: 'y', source: 'rows.csv' })
      .filter(([key]) => !new RegExp(`^${key}s?:`, 'm').test(text))
      .map(([key, value]) => `${key}: ${value}\n`);
    return `${missing.join('')}${text}`;
  }
});

describe('docs/http-api.md', () => {
  it('lists every route with its summary', () => {
    const routes = createRoutes({} as ApiDependencies, () => false);
    const wanted = routes.map(({ method, path, summary }) =>
      toRow(toCode(`${method.toUpperCase()} ${path}`), summary),
    );
    expect(readTable('docs/http-api.md', 'routes')).toEqual(wanted);
  });
});

describe('docs/operations.md', () => {
  it('lists every environment variable', () => {
    const wanted = variables.map((variable) =>
      toRow(toCode(variable.name), toCode(variable.default), variable.meaning),
    );
    expect(readTable('docs/operations.md', 'variables')).toEqual(wanted);
  });
});

describe('docs/errors.md', () => {
  it('lists every error code with its kind, HTTP status and exit code', () => {
    const wanted = (Object.keys(errorKinds) as ErrorCode[]).map((code) => {
      const error = new RecetaError(code, 'anything');
      const { status } = errorToProblem(error, { path: '/', requestId: 'r' });
      return toRow(toCode(code), errorKinds[code], String(status), String(errorToExitCode(error)));
    });
    expect(readTable('docs/errors.md', 'codes')).toEqual(wanted);
  });

  it('lists every exit code', () => {
    const codes = readTable('docs/errors.md', 'exit-codes').map((row) => Number(row.split('|')[1]));
    expect(codes).toEqual(Object.values(exitCodes));
  });
});

describe('docs/concepts.md', () => {
  it('explains every step in the order in which they run', () => {
    const text = read('docs/concepts.md');
    const steps = [...text.matchAll(/^\| (\w+) \| .* \| .* \| .* \|$/gm)].map(([, name]) => name);
    expect(steps.filter((name) => name !== 'Step')).toEqual(stepNames);
  });
});

describe('the documentation', () => {
  const pages = [
    ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'],
    ...readdirSync(fileURLToPath(new URL('docs', root)), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  it.each(pages)('%s links only to pages that exist', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)];
    for (const [, target = ''] of targets) {
      const path = fileURLToPath(new URL(target, new URL(page, root)));
      expect(existsSync(path), target).toBe(true);
    }
  });

  it('names rooms in ARCHITECTURE.md that exist, and all of them', () => {
    const [, tree = ''] = read('ARCHITECTURE.md').split('src/\n');
    const named = [...(tree.split('\ntest/')[0] ?? '').matchAll(/^ {2}(\w+)\/ /gm)];
    const rooms = readdirSync(fileURLToPath(new URL('src', root)));
    expect(named.map(([, name]) => name).sort()).toEqual(rooms.sort());
  });
});

describe('the examples', () => {
  it.each(readdirSync(fileURLToPath(new URL('examples', root))))('%s has a valid file', (name) => {
    const path = `examples/${name}/pipeline.yaml`;
    expect(parsePipelineFile(read(path), { fileName: path }).gates).not.toEqual({});
  });
});
