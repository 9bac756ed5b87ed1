import { Connection } from '@temporalio/client';
import type { TemporalConfig } from '../config/config.js';
import { RecetaError } from '../contract/errors.js';
import { searchAttributes } from '../contract/search-attributes.js';

/** Temporal's numbers for the types of search attributes (enum IndexedValueType of its API). */
const indexedValueTypes = { KEYWORD: 2, DOUBLE: 4 } as const;

export type TemporalTarget = Pick<TemporalConfig, 'address' | 'namespace' | 'apiKey' | 'tls'>;

/**
 * Registers Receta's search attributes and, where a retention is given, sets it; changes nothing that is right already.
 *
 * Errors: `config-invalid` when an attribute of the same name has another type; `temporal-unavailable`.
 */
export async function prepareNamespace(
  { address, namespace, apiKey, tls }: TemporalTarget,
  options: { readonly retentionHours: number | null },
): Promise<void> {
  const connection = await Connection.connect({
    address,
    connectTimeout: '5s',
    tls,
    ...(apiKey === null ? {} : { apiKey }),
  }).catch((cause) => {
    throw unavailable(address, cause);
  });
  try {
    await connection.withDeadline(Date.now() + 10_000, async () => {
      if (options.retentionHours !== null) {
        await setRetention(connection, namespace, options.retentionHours);
      }
      await registerSearchAttributes(connection, namespace);
    });
  } catch (cause) {
    throw cause instanceof RecetaError ? cause : unavailable(address, cause as Error);
  } finally {
    await connection.close();
  }
}

function unavailable(address: string, cause: Error): RecetaError {
  return new RecetaError(
    'temporal-unavailable',
    `Could not prepare the namespace on the Temporal server at ${address}: ${cause.message}`,
    { cause },
  );
}

async function setRetention(
  connection: Connection,
  namespace: string,
  retentionHours: number,
): Promise<void> {
  const wantedSeconds = retentionHours * 3_600;
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) === wantedSeconds) return;
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: { seconds: wantedSeconds as never } },
  });
}

async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const { name, type } of Object.values(searchAttributes)) {
    const found = customAttributes[name];
    if (found === undefined) missing[name] = indexedValueTypes[type];
    else if (found !== indexedValueTypes[type]) {
      throw new RecetaError(
        'config-invalid',
        `Temporal's namespace ${namespace} has a search attribute ${name} of another type than ${type}. ` +
          'Remove it with `temporal operator search-attribute remove`, or use another namespace.',
      );
    }
  }
  if (Object.keys(missing).length === 0) return;
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
}
