import { pathToFileURL } from 'node:url';
import { createContext } from './setup/create-context.mjs';
import { describeParts } from './setup/describe-parts.mjs';
import { loadLightgbm } from './setup/load-lightgbm.mjs';
import { loadTensorflowVersion } from './setup/load-tensorflow.mjs';
import { decideMachineProblems, readMachine } from './setup/machine.mjs';
import { parts } from './setup/parts.mjs';
import { findMissingTools } from './setup/required-tools.mjs';
import { SetUpError } from './setup/set-up-error.mjs';
import { tensorflow } from './setup/versions.mjs';

/**
 * @typedef {import('./setup/types.js').Context} Context
 * @typedef {import('./setup/types.js').PartState} PartState
 * @typedef {{
 *   ok: boolean, node: string, cache: string, problems: string[], parts: PartState[], tensorflow: string | null,
 *   lightgbm: boolean
 * }} Diagnosis `tensorflow` is the version that really loaded, `lightgbm` whether that library did
 */

/**
 * Says what was found, where and in which version, what is missing and how to get it.
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code: 0 when everything is ready, 1 when not, 2 for a wrong argument
 */
export async function doctor(args) {
  const unknown = args.find((arg) => arg !== '--json');
  if (unknown !== undefined) {
    process.stderr.write(`Unknown argument "${unknown}". Usage: receta doctor [--json]\n`);
    return 2;
  }
  const diagnosis = await diagnose(createContext());
  const isJson = args.includes('--json');
  process.stdout.write(isJson ? `${JSON.stringify(diagnosis)}\n` : render(diagnosis));
  return diagnosis.ok ? 0 : 1;
}

/**
 * @param {Context} context
 * @returns {Promise<Diagnosis>}
 */
async function diagnose(context) {
  const states = await describeParts(context);
  const missing = parts.filter((_, index) => states[index]?.state === 'missing');
  const problems = [
    ...decideMachineProblems(readMachine()),
    ...findMissingTools(missing, context.env),
  ];
  const loaded = await loadAddon(context, states);
  if (loaded.problem !== null) problems.push(loaded.problem);
  const lightgbm = await tryLightgbm(context, states);
  if (lightgbm.problem !== null) problems.push(lightgbm.problem);
  return {
    ok: problems.length === 0 && missing.length === 0,
    node: process.versions.node,
    cache: context.cacheFolder,
    problems,
    parts: states,
    tensorflow: loaded.version,
    lightgbm: lightgbm.loads,
  };
}

/**
 * Loads TensorFlow for real: files that are in place say little about a library that has to be linked.
 *
 * @param {Context} context
 * @param {readonly PartState[]} states
 * @returns {Promise<{version: string | null, problem: string | null}>}
 */
async function loadAddon(context, states) {
  if (states.find(({ name }) => name === 'addon')?.state !== 'ready') {
    return { version: null, problem: null };
  }
  try {
    const version = await loadTensorflowVersion(context.root, context.env);
    const isExpected = version === tensorflow.version;
    const problem = `The addon loads TensorFlow ${version}, expected ${tensorflow.version}.`;
    return { version, problem: isExpected ? null : problem };
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    return { version: null, problem: error.message };
  }
}

/**
 * @param {Context} context
 * @param {readonly PartState[]} states
 * @returns {Promise<{loads: boolean, problem: string | null}>}
 */
async function tryLightgbm(context, states) {
  const part = states.find(({ name }) => name === 'lightgbm');
  if (part?.state !== 'ready' || part.path === null) return { loads: false, problem: null };
  try {
    await loadLightgbm(context.root, part.path);
    return { loads: true, problem: null };
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    return { loads: false, problem: error.message };
  }
}

const marks = { ready: 'ok', external: '--', missing: 'NO' };

/** @param {Diagnosis} diagnosis */
function render({ ok, node, cache, problems, parts: states, tensorflow: loaded, lightgbm }) {
  const rows = states.map(({ title, state, version, path, how }) => [
    marks[state],
    title,
    version ?? '',
    [how, path === null ? null : `(${path})`].filter(Boolean).join(' '),
  ]);
  if (loaded !== null) rows.push(['ok', 'TensorFlow loads', loaded, 'through tfjs-node']);
  if (lightgbm) rows.push(['ok', 'LightGBM loads', '', 'through koffi']);
  const lines = [
    `Node.js ${node}, cache ${cache}`,
    '',
    ...alignColumns(rows),
    '',
    ...problems.map((problem) => `Problem: ${problem}`),
    ok ? 'Everything is ready.' : 'To get what is missing: npm run setup',
  ];
  return `${lines.join('\n')}\n`;
}

/** @param {string[][]} rows */
function alignColumns(rows) {
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await doctor(process.argv.slice(2));
}
