import { readFileSync, writeFileSync } from 'node:fs';
import { it } from 'vitest';
import type { ApiDependencies } from '../api/api-dependencies.js';
import { createRoutes } from '../api/create-api.js';
import { errorToProblem } from '../api/error-to-problem.js';
import { variables } from '../config/variables.js';
import { errorKinds, RecetaError } from '../contract/errors.js';
import { describePipelineKeys } from '../pipeline/pipeline-reference.js';
import { errorToExitCode } from './error-to-exit-code.js';
const toRow = (...cells: string[]) => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`.replaceAll('|  |', '| |');
const code = (t: string | null) => (t === null ? '' : `\`${t}\``);
it('writes', () => {
  const fill = (page: string, name: string, rows: string[]) => {
    const path = `/work/main/docs/${page}`;
    let text = readFileSync(path, 'utf8');
    const [head, rest] = text.split(`<!-- table: ${name} -->\n`);
    const lines = rest!.split('\n');
    let end = lines.findIndex((l) => !l.startsWith('|') && !l.startsWith('@@'));
    text = [head + `<!-- table: ${name} -->`, ...lines.slice(0, 2), ...rows, ...lines.slice(end)].join('\n');
    writeFileSync(path, text);
  };
  fill('http-api.md', 'routes', createRoutes({} as ApiDependencies, () => false).map((r) => toRow(code(`${r.method.toUpperCase()} ${r.path}`), r.summary)));
  fill('pipeline.md', 'keys', describePipelineKeys().map((r) => toRow(code(r.key), r.type, r.required ? 'required' : code(r.default), r.meaning)));
  fill('operations.md', 'variables', variables.map((v) => toRow(code(v.name), code(v.default), v.meaning)));
  fill('errors.md', 'codes', (Object.keys(errorKinds) as (keyof typeof errorKinds)[]).map((c) => {
    const e = new RecetaError(c, 'x');
    return toRow(code(c), errorKinds[c], String(errorToProblem(e, { path: '/', requestId: 'r' }).status), String(errorToExitCode(e)));
  }));
});
