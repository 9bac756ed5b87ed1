import { z } from 'zod';
import { decodePredictRequest, type PredictRequest } from '../../serving/decode-predict-request.js';
import type { ModelSelector } from '../../serving/model-cache.js';
import type { ApiDependencies } from '../api-dependencies.js';
import { type Route, type RouteBody, type RouteReply, route } from '../route.js';
import { pathName } from '../schemas/field-schemas.js';
import { predictReplySchema, predictRequestSchema } from '../schemas/model-schemas.js';
import { modelParams, versionParams } from './model-routes.js';

const predictLimitBytes = 10 * 2 ** 20;

/** Clients of TensorFlow Serving send JSON under any media type; a prediction changes nothing. */
const predictBody: RouteBody<PredictRequest> = {
  document: predictRequestSchema,
  required: true,
  limitBytes: predictLimitBytes,
  anyMediaType: true,
  parse: decodePredictRequest,
};

const shared = {
  method: 'post',
  tag: 'models',
  query: z.strictObject({
    probabilities: z
      .enum(['true', 'false'], 'true or false')
      .optional()
      .describe('Answer each label with its probabilities'),
  }),
  body: predictBody,
  responses: {
    200: { description: 'Answers in the order of the rows', content: predictReplySchema },
  },
} as const;

export function createPredictRoutes({ models }: ApiDependencies): Route[] {
  async function predict(
    selector: ModelSelector,
    request: PredictRequest,
    query: { readonly probabilities?: 'true' | 'false' | undefined },
  ): Promise<RouteReply> {
    const { version, predictor } = await models.resolve(selector);
    const batch = await predictor.predict(request.rows, {
      path: request.form,
      probabilities: request.probabilities || query.probabilities === 'true',
    });
    const { predictions, probabilities } = batch;
    const answers =
      probabilities === null
        ? predictions
        : predictions.map((label, row) => ({ label, probabilities: probabilities[row] }));
    return {
      status: 200,
      headers: { 'X-Model-Name': version.model, 'X-Model-Version': String(version.version) },
      body: request.form === 'instances' ? { predictions: answers } : { outputs: answers },
    };
  }

  return [
    route({
      ...shared,
      path: '/v1/models/{name}:predict',
      operationId: 'predict',
      summary: 'Predict with the version that the alias `champion` points to',
      params: modelParams,
      handle: ({ params, body, query }) => predict({ model: params.name }, body, query),
    }),
    route({
      ...shared,
      path: '/v1/models/{name}/versions/{version}:predict',
      operationId: 'predictWithVersion',
      summary: 'Predict with one version',
      params: versionParams,
      handle: ({ params: { name, version }, body, query }) =>
        predict({ model: name, version }, body, query),
    }),
    route({
      ...shared,
      path: '/v1/models/{name}/labels/{alias}:predict',
      operationId: 'predictWithAlias',
      summary: 'Predict with the version that an alias points to',
      params: z.strictObject({ name: pathName, alias: pathName }),
      handle: ({ params: { name, alias }, body, query }) =>
        predict({ model: name, alias }, body, query),
    }),
  ];
}
