/** Keys of the registry in the object store. */

export const modelsPrefix = 'models/';

/** The character after `/`: sorts behind every key of a model's folder and before every longer name. */
const afterSlash = '0';

export function versionsPrefix(model: string): string {
  return `${modelsPrefix}${model}/versions/`;
}

/** Padded, so that keys sort by number. */
export function versionKey(model: string, version: number): string {
  return `${versionsPrefix(model)}${String(version).padStart(6, '0')}.json`;
}

/** Reads the number back from a version key; null for anything else in the folder. */
export function versionOfKey(key: string): number | null {
  const digits = /\/versions\/(\d{6,})\.json$/.exec(key)?.[1];
  return digits === undefined ? null : Number(digits);
}

export function aliasesPrefix(model: string): string {
  return `${modelsPrefix}${model}/aliases/`;
}

export function aliasKey(model: string, alias: string): string {
  return `${aliasesPrefix(model)}${alias}.json`;
}

export function aliasOfKey(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).replace(/\.json$/, '');
}

export function eventsPrefix(model: string): string {
  return `${modelsPrefix}${model}/events/`;
}

export function eventKey(model: string, eventId: string): string {
  return `${eventsPrefix(model)}${eventId}.json`;
}

export function modelOfKey(key: string): string {
  return key.slice(modelsPrefix.length).split('/', 1)[0] ?? '';
}

/** A list that starts after this key leaves out every key of the model. */
export function endOfModel(model: string): string {
  return `${modelsPrefix}${model}${afterSlash}`;
}
