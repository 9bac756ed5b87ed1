import type { Config } from '../config/config.js';
import { loadConfig, loadStateDir } from '../config/load-config.js';
import { readEnvironment } from '../config/read-environment.js';
import { readStackConnection } from '../local/stack-file.js';

/** Configuration of this process: its environment, completed by the embedded stack that runs over its state folder. */
export function loadProcessConfig(): Config {
  const environment = readEnvironment();
  return loadConfig(environment, { stack: readStackConnection(loadStateDir(environment)) });
}
