import { createContext } from './create-context.mjs';
import { parts } from './parts.mjs';
import { SetUpError } from './set-up-error.mjs';

/**
 * @typedef {import('./types.js').Context} Context
 * @typedef {import('./types.js').Part} Part
 * @typedef {import('./types.js').PartState} PartState
 */

/**
 * Looks at every part without changing anything. A wrong setting shows as a missing part that says what is wrong.
 *
 * @param {Context} [context]
 * @param {readonly Part[]} [wanted]
 * @returns {Promise<PartState[]>}
 */
export async function describeParts(context = createContext(), wanted = parts) {
  return Promise.all(
    wanted.map(async (part) => {
      try {
        return await inspectPart(part, context);
      } catch (error) {
        if (!(error instanceof SetUpError)) throw error;
        const { name, title } = part;
        return { name, title, state: 'missing', version: null, path: null, how: error.message };
      }
    }),
  );
}

/**
 * Looks at one part. Throws a SetUpError when a variable that names it is wrong.
 *
 * @param {Part} part
 * @param {Context} context
 * @returns {Promise<PartState>}
 */
export async function inspectPart(part, context) {
  return { name: part.name, title: part.title, ...(await part.inspect(context)) };
}
