import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { searchAttributes } from '../contract/search-attributes.js';
import type { PartSpec } from './part-spec.js';
import { checkTemporalReady } from './temporal-ready.js';

export interface TemporalPartOptions {
  readonly program: string;
  /** SQLite file; created by the server when missing. */
  readonly databasePath: string;
  readonly logPath: string;
  readonly port: number;
  readonly uiPort: number;
}

/** The namespace that the dev server always has. */
export const temporalNamespace = 'default';

/** How long finished runs stay visible in Temporal; their records in the store are kept for ever. */
const retentionHours = 72;

/**
 * Server settings that cut waiting, each measured. Without the first every hand-over of an activity costs about 40 ms.
 * The server reads each of its queues at most 20 times a second; the next three lift that, which takes another 40 ms
 * from every hand-over of a workflow task once the first second's allowance is used up.
 */
const dynamicConfig = {
  'system.enableActivityEagerExecution': 'true',
  'history.transferProcessorMaxPollRPS': '1000',
  'history.timerProcessorMaxPollRPS': '1000',
  'history.visibilityProcessorMaxPollRPS': '1000',
  // A namespace's new search attributes are usable at once instead of after the next cache refresh.
  'system.forceSearchAttributesCacheRefreshOnRead': 'true',
} as const;

const attributeTypes = { KEYWORD: 'Keyword', DOUBLE: 'Double' } as const;

/** Temporal's dev server with its UI on loopback, over one SQLite file. */
export function createTemporalPart(options: TemporalPartOptions): PartSpec {
  const { program, databasePath, logPath, port, uiPort } = options;
  const address = `127.0.0.1:${port}`;
  mkdirSync(dirname(databasePath), { recursive: true, mode: 0o700 });
  return {
    name: 'temporal',
    needs: [],
    command: program,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
      ...['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-disable-news-fetch'],
      ...['--db-filename', databasePath],
      ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
      ...Object.entries(dynamicConfig).flatMap(([key, value]) => [
        '--dynamic-config-value',
        `${key}=${value}`,
      ]),
      ...Object.values(searchAttributes).flatMap(({ name, type }) => [
        '--search-attribute',
        `${name}=${attributeTypes[type]}`,
      ]),
      ...['--log-level', 'error', '--disable-config-file', '--disable-config-env'],
    ],
    env: { HOME: dirname(databasePath) },
    logPath,
    port,
    url: `http://127.0.0.1:${uiPort}`,
    checkReady: () => checkTemporalReady(address, temporalNamespace),
    prepare: async () => {
      const { prepareNamespace } = await import('./prepare-namespace.js');
      const target = { address, namespace: temporalNamespace, apiKey: null, tls: false };
      await prepareNamespace(target, { retentionHours });
    },
    startDeadlineMs: 60_000,
    stopGraceMs: 5_000,
  };
}
