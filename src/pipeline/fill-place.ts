import { RecetaError } from '../contract/errors.js';
import type { ParamValue } from '../contract/pipeline-plan.js';
import { placeholderPattern, readPlaceholder } from '../contract/placeholders.js';
import type { FilePlace, SourcePlace } from './source-place.js';

type Params = Readonly<Record<string, ParamValue>>;

/**
 * Puts the values of parameters into the place of a source.
 *
 * @throws RecetaError `request-invalid` when a value could lead to another place
 */
export function fillPlace(place: SourcePlace, params: Params): SourcePlace {
  switch (place.kind) {
    case 'path':
    case 'url':
      return fillFiles(place, params);
    case 's3':
      return { ...place, keys: place.keys.map((key) => fillText(key, params)) };
    case 'sqlite':
      return { ...place, file: fillFiles(place.file, params) };
    default:
      return place;
  }
}

function fillFiles(place: FilePlace, params: Params): FilePlace {
  return place.kind === 'path'
    ? { kind: 'path', paths: place.paths.map((path) => fillText(path, params)) }
    : { kind: 'url', urls: place.urls.map((url) => fillText(url, params)) };
}

function fillText(text: string, params: Params): string {
  return text.replace(placeholderPattern, (placeholder) => {
    const name = readPlaceholder(placeholder) ?? '';
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    const problem = value === undefined ? 'has no value' : describeUnsafeValue(value);
    if (problem === null) return String(value);
    throw new RecetaError(
      'request-invalid',
      `cannot put the parameter ${name} into the source ${text}: it ${problem}`,
    );
  });
}

/**
 * Says why a value cannot be part of a place: it could name another folder, another server or several files.
 * `null`: it can. The text follows the name of the parameter.
 */
export function describeUnsafeValue(value: ParamValue): string | null {
  const text = String(value);
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
  if (text.trim() !== text || text === '' || text === '.') {
    return `is ${shown}, wanted a text without spaces around it that is neither empty nor "."`;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const found = /\.\.|[\u0000-\u001f\u007f-\u009f\u2028\u2029/\\?#%*[\]{}()!]/.exec(text)?.[0];
  if (found === undefined) return null;
  return `is ${shown}, and ${JSON.stringify(found)} would lead to another place; write that part into the source itself`;
}
