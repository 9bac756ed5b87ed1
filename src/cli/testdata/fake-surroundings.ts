import type { StackDescription } from '../../local/describe-stack.js';
import type { CliClient, CliDependencies, Connection, OutputStream } from '../cli-dependencies.js';

const localUrl = 'http://127.0.0.1:8080';

/** The outside world of the command line in tests: remembers what was written and can press Ctrl-C. */
export class FakeSurroundings {
  readonly #written = { stdout: '', stderr: '' };
  readonly #listeners = new Set<() => void>();
  /** Connections that were opened and not closed again. */
  openConnections = 0;
  /** Called at every sleep, so that a test can change the world while a command waits. */
  onSleep: () => void = () => undefined;
  readonly stack: StackDescription = {
    stateDir: '/project/.receta',
    sizeBytes: 0,
    state: 'never-started',
    supervisor: null,
    uptimeMs: null,
    apiUrl: null,
    temporalUiUrl: null,
    parts: [],
    deleteCommand: 'rm -rf /project/.receta',
  };
  readonly dependencies: CliDependencies;

  constructor(
    client: Partial<CliClient>,
    change: Partial<CliDependencies> = {},
    private readonly stored: Partial<Pick<Connection, 'models' | 'artifacts'>> = {},
  ) {
    this.dependencies = {
      version: '1.2.3',
      workingDirectory: '/project',
      examplesDirectory: '/project/examples',
      terminal: { noColor: false, forceColor: false, term: null, debug: false },
      stdout: this.#createStream('stdout'),
      stderr: this.#createStream('stderr'),
      fetch: () => Promise.reject(new Error('no network in this test')),
      nowMs: () => 0,
      sleep: async () => this.onSleep(),
      onInterrupt: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      readStdin: async () => '',
      connect: async () => this.#connect(client),
      locateApi: async () => ({ url: localUrl, key: null }),
      stack: {
        run: () => Promise.reject(new Error('no stack in this test')),
        start: () => Promise.reject(new Error('no stack in this test')),
        startDetached: async () => undefined,
        stop: async () => ({ supervisor: null, orphans: 0 }),
        describe: async () => this.stack,
      },
      runWorker: async () => undefined,
      runApi: async () => undefined,
      runDoctor: async () => 0,
      ...change,
    };
  }

  get stdout(): string {
    return this.#written.stdout;
  }

  get stderr(): string {
    return this.#written.stderr;
  }

  interrupt(): void {
    for (const listener of this.#listeners) listener();
  }

  #connect(client: Partial<CliClient>): Connection {
    this.openConnections += 1;
    return {
      client: client as CliClient,
      models: this.stored.models ?? ({} as Connection['models']),
      artifacts: this.stored.artifacts ?? ({} as Connection['artifacts']),
      api: { url: localUrl, key: null },
      temporalUiUrl: null,
      temporalNamespace: 'default',
      limits: {
        heartbeatTimeoutMs: 1,
        sourceMaxBytes: 1_000_000,
        sqlDeadlineMs: 1,
        sqlMemoryBytes: 1,
        trainDeadlineMs: 1,
        trainMemoryBytes: 1,
      },
      close: async () => {
        this.openConnections -= 1;
      },
    };
  }

  #createStream(name: 'stdout' | 'stderr'): OutputStream {
    return {
      isTTY: false,
      columns: undefined,
      rows: undefined,
      write: (text) => {
        this.#written[name] += text;
      },
    };
  }
}
