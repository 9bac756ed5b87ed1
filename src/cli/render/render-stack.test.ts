import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { PartDescription, StackDescription } from '../../local/describe-stack.js';
import type { PartStatus } from '../../local/part-status.js';
import { renderPartChange, renderReadyStack, renderStack } from './render-stack.js';

const colors = pc.createColors(false);

const minio: PartDescription = {
  name: 'minio',
  state: 'ready',
  pid: 4711,
  port: 9000,
  url: 'http://127.0.0.1:9000',
  uptimeMs: 61_000,
  restarts: 0,
  lastExit: null,
  logPath: '/x/logs/minio.log',
};
const worker: PartDescription = { ...minio, name: 'worker', pid: 4712, url: null, restarts: 2 };

const ready: StackDescription = {
  stateDir: '/x/.receta',
  state: 'ready',
  supervisor: 4700,
  uptimeMs: 62_000,
  apiUrl: 'http://127.0.0.1:8080',
  temporalUiUrl: 'http://127.0.0.1:8233',
  parts: [minio, worker],
  sizeBytes: 12_300_000,
  deleteCommand: 'rm -rf /x/.receta',
};

const stopped: StackDescription = {
  ...ready,
  state: 'stopped',
  supervisor: null,
  uptimeMs: null,
  apiUrl: null,
  temporalUiUrl: null,
};

describe('renderStack', () => {
  it('shows parts with their addresses, the size of the folder and how to get rid of it', () => {
    expect(renderStack(ready, colors)).toEqual([
      'stack ready for 1 min 02 s',
      '',
      'part    state   pid  restarts  address',
      'minio   ready  4711         0  http://127.0.0.1:9000',
      'worker  ready  4712         2  -',
      '',
      'Temporal UI: http://127.0.0.1:8233',
      'stop it: receta down',
      'state folder: /x/.receta, 12.3 MB',
      'delete it with all runs and models, once stopped: rm -rf /x/.receta',
    ]);
  });

  it('shows no parts of a stopped stack', () => {
    expect(renderStack(stopped, colors)).toEqual([
      'stack stopped',
      'state folder: /x/.receta, 12.3 MB',
      'delete it with all runs and models, once stopped: rm -rf /x/.receta',
    ]);
  });

  it('says how to clean up after a supervisor that was killed', () => {
    expect(renderStack({ ...stopped, state: 'crashed' }, colors).slice(0, 2)).toEqual([
      'stack crashed',
      'its supervisor is gone; clean up: receta down',
    ]);
  });

  it('says how to start a stack that never was', () => {
    expect(renderStack({ ...stopped, state: 'never-started' }, colors)).toEqual([
      'no stack was started here yet',
      'start it: receta up',
    ]);
  });
});

describe('renderReadyStack', () => {
  it('shows parts and the Temporal UI', () => {
    const part: PartStatus = { ...minio, startedAt: null };
    const stack = {
      parts: () => [part],
      connection: {
        temporal: {
          address: '127.0.0.1:7233',
          namespace: 'default',
          uiUrl: 'http://127.0.0.1:8233',
        },
        store: null,
        api: { url: 'http://127.0.0.1:8080' },
      },
    };
    expect(renderReadyStack(stack, colors)).toEqual([
      'stack ready',
      '',
      'part   state   pid  restarts  address',
      'minio  ready  4711         0  http://127.0.0.1:9000',
      '',
      'Temporal UI: http://127.0.0.1:8233',
    ]);
  });
});

describe('renderPartChange', () => {
  it.each<[Partial<PartStatus>, string]>([
    [{}, 'minio ready at http://127.0.0.1:9000'],
    [{ url: null }, 'minio ready'],
    [{ state: 'starting' }, 'minio starting'],
    [{ state: 'external' }, 'minio: using http://127.0.0.1:9000'],
    [{ state: 'restarting', lastExit: 'SIGKILL' }, 'minio ended (SIGKILL), starting it again'],
  ])('describes %j', (change, line) => {
    expect(renderPartChange({ ...minio, ...change })).toBe(line);
  });
});
