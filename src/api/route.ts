import type { z } from 'zod';

/** What a handler gets: everything already checked against the route's schemas. */
export interface RouteRequest<Params, Query, Headers, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: Body;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
}

/** A file that came in a multipart body, on this machine until the reply was sent. */
export interface ReceivedFile {
  readonly path: string;
  /** As the sender calls it, without folders. */
  readonly name: string;
  readonly sizeBytes: number;
  dispose(): Promise<void>;
}

/** A local file to be sent as it is. */
export interface FileReply {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly fileName: string;
  /** Called once the file was sent or could not be. */
  dispose(): Promise<void>;
}

export interface RouteReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; left out when there is none. */
  readonly body?: unknown;
  readonly file?: FileReply;
}

/** A JSON Schema for what no single zod schema describes. */
export interface BodyDocument {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  readonly additionalProperties: boolean;
}

export interface RouteBody<Body> {
  /** How the OpenAPI document shows it. */
  readonly document: z.ZodType | BodyDocument;
  readonly required: boolean;
  readonly limitBytes: number;
  /** True where a request changes nothing, so that any media type may carry the JSON. */
  readonly anyMediaType: boolean;
  /** Gets `undefined` for an empty body. */
  readonly parse: (value: unknown) => Body;
}

export interface RouteResponse {
  readonly description: string;
  /** `file`: bytes of any media type. */
  readonly content?: z.ZodType | 'file';
}

export interface RouteDefinition<Params, Query, Headers, Body> {
  readonly method: 'get' | 'post' | 'delete';
  /** In the form of OpenAPI: `/v1/runs/{runId}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly tag: 'runs' | 'studies' | 'lineage' | 'models' | 'schedules' | 'uploads' | 'service';
  /** True where no key is asked for. */
  readonly open?: boolean;
  readonly params?: z.ZodObject & z.ZodType<Params>;
  readonly query?: z.ZodObject & z.ZodType<Query>;
  /** Only the headers that the route reads; others are left alone. */
  readonly headers?: z.ZodObject & z.ZodType<Headers>;
  readonly body?: RouteBody<Body>;
  /** Instead of `body`: a multipart body with one file, which the handler gets as ReceivedFile. */
  readonly upload?: { readonly limitBytes: number };
  readonly responses: Readonly<Record<number, RouteResponse>>;
  readonly handle: (request: RouteRequest<Params, Query, Headers, Body>) => Promise<RouteReply>;
}

/** A route whose types were checked where it was declared. */
export type Route = RouteDefinition<unknown, unknown, unknown, unknown>;

/**
 * Declares a route once, for the router, for validation and for the OpenAPI document.
 */
export function route<Params = undefined, Query = undefined, Headers = undefined, Body = undefined>(
  definition: RouteDefinition<Params, Query, Headers, Body>,
): Route {
  // The handler only ever gets what the schemas of the same definition let through.
  return definition as unknown as Route;
}
