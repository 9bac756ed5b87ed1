import type { Connection, FieldDef, QueryParse, Submittable } from 'pg';

/** The parts of a connection that ask what a statement is without running it. */
interface DescribingConnection {
  parse(query: QueryParse): void;
  describe(message: { readonly type: 'S'; readonly name: string }): void;
  sync(): void;
}

/**
 * Asks the server to parse a text and to say what columns its result has. The extended protocol takes exactly one
 * statement, so a text that passes is one, however it is written; nothing is run.
 */
export class StatementDescription implements Submittable {
  /** `null` for statements without a result. */
  readonly fields: Promise<readonly FieldDef[] | null>;
  readonly #text: string;
  readonly #resolve: (fields: readonly FieldDef[] | null) => void;
  readonly #reject: (error: Error) => void;
  #found: readonly FieldDef[] | null = null;

  constructor(text: string) {
    this.#text = text;
    const { promise, resolve, reject } = createDeferred<readonly FieldDef[] | null>();
    this.fields = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    const describing = connection as unknown as DescribingConnection;
    describing.parse({ name: '', text: this.#text, types: [] });
    describing.describe({ type: 'S', name: '' });
    describing.sync();
  }

  handleRowDescription(message: { readonly fields: readonly FieldDef[] }): void {
    this.#found = message.fields;
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#found);
  }
}

function createDeferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
