import { z } from 'zod';
import { type TaskQueue, taskQueues } from '../contract/task-queues.js';
import type { AllowedHost } from '../dataset/sources/http/allowed-hosts.js';
import { parseAllowedHost } from './parse-allowed-host.js';

/** Parsers of single variables. The message of each says what is wanted, and follows the words "wanted". */

/** Exactly `true` or `false`: any other word is more likely a slip than a truth. */
export const booleanText = z
  .enum(['true', 'false'], { error: 'true or false' })
  .transform((text) => text === 'true');

function integerText(minimum: number, maximum: number, unit: string) {
  const wanted = `a whole number of ${unit} from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,16}$/, wanted)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, wanted);
}

/** From one millisecond to 30 days. */
export const durationMsText = integerText(1, 30 * 24 * 3_600_000, 'milliseconds');

/** From 1 MiB to 1 PiB. */
export const sizeBytesText = integerText(2 ** 20, 2 ** 50, 'bytes');

export const slotsText = integerText(1, 256, 'slots');

/** 0 lets the kernel choose. */
export const portText = z
  .string()
  .regex(/^\d{1,5}$/, 'a port from 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'a port from 0 to 65535');

export const addressText = z
  .string()
  .regex(
    /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):\d{1,5}$/,
    'host:port without a scheme, e.g. 127.0.0.1:7233',
  );

export const httpUrlText = z
  .string()
  .refine(isHttpUrl, 'an http or https URL, e.g. http://127.0.0.1:9000')
  .transform((url) => url.replace(/\/+$/, ''));

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

export const bucketText = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens',
  );

export const apiKeyText = z
  .string()
  .regex(/^[\x21-\x7e]{16,256}$/, '16 to 256 visible ASCII characters without blanks');

export const queuesText = z
  .string()
  .transform((text) => text.split(',').map((queue) => queue.trim()))
  .refine(
    (queues): queues is TaskQueue[] =>
      queues.every((queue) => (taskQueues as readonly string[]).includes(queue)) &&
      new Set(queues).size === queues.length,
    `a comma-separated choice of ${taskQueues.join(', ')}`,
  );

/** Each entry is one that `parseAllowedHost` takes. */
export const allowedHostsText = z
  .string()
  .transform((text) => text.split(',').map((entry) => parseAllowedHost(entry.trim())))
  .refine(
    (hosts): hosts is AllowedHost[] => hosts.every((host) => host !== null),
    'comma-separated names, IP addresses or CIDR ranges, each with or without a port, e.g. files.internal,10.0.0.0/8,127.0.0.1:9000',
  );

export const plainText = z.string();
