/** The parts of OpenLineage 2-0-2 that Receta writes (https://openlineage.io/spec/2-0-2/OpenLineage.json). */

export interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
  readonly [member: string]: unknown;
}

type Facets = Readonly<Record<string, Facet>>;

export interface LineageDataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
}

export interface LineageJob {
  readonly namespace: string;
  readonly name: string;
}

export interface LineageEvent {
  readonly eventType: 'START' | 'COMPLETE' | 'FAIL' | 'ABORT';
  readonly eventTime: string;
  /** `runId` is a UUID. */
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: LineageJob & { readonly facets: Facets };
  readonly inputs: readonly LineageDataset[];
  readonly outputs: readonly LineageDataset[];
  readonly producer: string;
  readonly schemaURL: string;
}

export const eventSchemaUrl = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';

const facetVersions = {
  DatasetVersionDatasetFacet: '1-0-1',
  ErrorMessageRunFacet: '1-0-1',
  JobTypeJobFacet: '2-0-3',
  ParentRunFacet: '1-0-1',
  ProcessingEngineRunFacet: '1-1-1',
  SQLJobFacet: '1-0-1',
  SchemaDatasetFacet: '1-1-1',
  StorageDatasetFacet: '1-0-1',
} as const;

/** A facet that the specification defines. */
export function createFacet(
  producer: string,
  type: keyof typeof facetVersions,
  members: Readonly<Record<string, unknown>>,
): Facet {
  const path = `${facetVersions[type]}/${type}.json#/$defs/${type}`;
  return {
    _producer: producer,
    _schemaURL: `https://openlineage.io/spec/facets/${path}`,
    ...members,
  };
}

/** A facet of Receta's own, for what the specification has no word for. */
export function createOwnFacet(
  producer: string,
  type: 'StepCacheRunFacet' | 'ModelDatasetFacet',
  members: Readonly<Record<string, unknown>>,
): Facet {
  return { _producer: producer, _schemaURL: `urn:receta:openlineage:1-0-0:${type}`, ...members };
}
