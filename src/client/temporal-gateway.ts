import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import { toTemporalError } from './temporal-error.js';

export interface TemporalSettings {
  /** `host:port` */
  readonly address: string;
  readonly namespace: string;
  readonly apiKey?: string | null;
  readonly tls?: boolean;
}

/** Longest time that one call may take, retries of the transport included. */
const defaultDeadlineMs = 5_000;

/** Four attempts take about a second when the server refuses connections, so callers learn it fast. */
const maxAttempts = 4;

/**
 * The one connection to Temporal. It is made when the first call needs it, so that a service can start, and tell
 * that it is not ready, while Temporal is away.
 */
export class TemporalGateway {
  readonly address: string;
  readonly namespace: string;
  readonly #connection: Connection;
  readonly #client: Client;

  constructor(settings: TemporalSettings) {
    this.address = settings.address;
    this.namespace = settings.namespace;
    const { apiKey = null, tls = false } = settings;
    this.#connection = Connection.lazy({
      address: settings.address,
      tls: tls || apiKey !== null,
      ...(apiKey === null ? {} : { apiKey }),
      interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts }))],
      // Without a bound the channel would wait up to two minutes before it tries a server that came back.
      channelArgs: {
        'grpc.initial_reconnect_backoff_ms': 200,
        'grpc.max_reconnect_backoff_ms': 2_000,
      },
    });
    this.#client = new Client({ connection: this.#connection, namespace: settings.namespace });
  }

  /**
   * Runs one call within a deadline.
   *
   * @param attempted completes the sentence "cannot ..." of an error message
   * @throws RecetaError `temporal-unavailable`, `request-invalid`; errors of the SDK with a meaning of their own,
   *   such as WorkflowNotFoundError, pass through
   */
  async call<Result>(
    attempted: string,
    work: (client: Client) => Promise<Result>,
    deadlineMs: number = defaultDeadlineMs,
  ): Promise<Result> {
    try {
      return await this.#client.withDeadline(Date.now() + deadlineMs, () => work(this.#client));
    } catch (error) {
      throw toTemporalError(error, { attempted, address: this.address, namespace: this.namespace });
    }
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
