import type { ApiLocation } from './cli-dependencies.js';
import type { PredictionRows } from './parse-prediction-rows.js';
import { shellQuote } from './shell-quote.js';

/** Which version of a model answers. */
export type ModelSelector =
  | { readonly kind: 'default' }
  | { readonly kind: 'alias'; readonly alias: string }
  | { readonly kind: 'version'; readonly version: number };

export interface PredictionRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The HTTP request for predictions, in the form of TensorFlow Serving's REST interface. */
export function createPredictionRequest(
  api: ApiLocation,
  model: string,
  selector: ModelSelector,
  rows: PredictionRows,
  options: { readonly probabilities: boolean },
): PredictionRequest {
  const { probabilities } = options;
  return {
    url: `${api.url}/v1/models/${encodeURIComponent(model)}${toPath(selector)}:predict`,
    headers: {
      'content-type': 'application/json',
      ...(api.key === null ? {} : { authorization: `Bearer ${api.key}` }),
    },
    body: JSON.stringify({
      instances: rows,
      ...(probabilities ? { probabilities: true } : {}),
    }),
  };
}

/** The curl line that does the same; a key is taken from the environment, not shown. */
export function toCurlLine(request: PredictionRequest): string {
  const headers = Object.entries(request.headers).map(([name, value]) =>
    name === 'authorization'
      ? '-H "authorization: Bearer $RECETA_API_KEY"'
      : `-H ${shellQuote(`${name}: ${value}`)}`,
  );
  return ['curl', '-s', shellQuote(request.url), ...headers, '-d', shellQuote(request.body)].join(
    ' ',
  );
}

function toPath(selector: ModelSelector): string {
  if (selector.kind === 'alias') return `/labels/${encodeURIComponent(selector.alias)}`;
  return selector.kind === 'version' ? `/versions/${selector.version}` : '';
}
