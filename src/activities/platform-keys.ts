import { modelNames } from '../contract/model-names.js';
import type { NetworkBackendName } from '../contract/run-record.js';
import { readPlatformKey } from '../learning/backend/training-platform.js';
import { familyOf } from '../learning/families.js';

/** Platform keys of everything that trains on this machine: what several models decide together depends on them. */
export function readPlatformKeys(networks: NetworkBackendName): readonly string[] {
  const keys = modelNames.map((name) => readPlatformKey(familyOf(name).backend(networks)));
  return [...new Set(keys)].sort();
}
