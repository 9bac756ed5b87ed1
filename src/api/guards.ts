import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { RecetaError } from '../contract/errors.js';
import { isLoopbackHost, parseHostHeader } from './loopback-host.js';

/**
 * Lets a request through when it carries the key, as `Authorization: Bearer` or `X-API-Key`. Digests are compared,
 * in constant time, so neither length nor content of the key can be measured.
 */
export function createKeyGuard(key: string): RequestHandler {
  const expected = sha256(key);
  return (request: Request, response: Response, next: NextFunction): void => {
    const bearer = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const given = bearer ?? request.get('x-api-key');
    if (given !== undefined && timingSafeEqual(sha256(given), expected)) {
      next();
      return;
    }
    response.set('WWW-Authenticate', 'Bearer realm="receta"');
    const found = given === undefined ? 'the request carries no API key' : 'the API key is wrong';
    throw new RecetaError(
      'unauthorized',
      `${found}; send the value of RECETA_API_KEY as "Authorization: Bearer <key>"`,
    );
  };
}

/**
 * Without a key the API trusts whoever reaches the loopback address. A web page could reach it too, under a name
 * of its own that resolves to 127.0.0.1; its requests then carry that name in the Host header.
 */
export function createHostGuard(): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const host = parseHostHeader(request.get('host'));
    if (host !== null && isLoopbackHost(host)) {
      next();
      return;
    }
    throw new RecetaError(
      'host-forbidden',
      'without RECETA_API_KEY only requests to localhost or 127.0.0.1 are answered; ' +
        'use such an address, or set a key',
    );
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
