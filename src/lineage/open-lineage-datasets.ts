import type { ArtifactRef } from '../contract/artifact-ref.js';
import { parquetMediaType } from '../contract/media-types.js';
import type { SourceLocation } from '../contract/pipeline-plan.js';
import { createFacet, createOwnFacet, type LineageDataset } from './open-lineage.js';
import type { RunFacts } from './run-facts.js';

/** Columns of an artifact that is a table, where they are known. */
export type KnownColumns = Readonly<
  Record<string, readonly { readonly name: string; readonly sqlType: string }[]>
>;

const fileFormats: Readonly<Record<string, string>> = {
  [parquetMediaType]: 'parquet',
  'application/json': 'json',
  'text/csv': 'csv',
  'application/x-safetensors': 'safetensors',
};

/** A stored artifact; its version is its digest. */
export function toArtifactDataset(
  producer: string,
  { uri, sha256, mediaType }: ArtifactRef,
  columns: KnownColumns = {},
): LineageDataset {
  const { namespace, name } = splitUri(uri);
  const fields = columns[sha256]?.map((column) => ({ name: column.name, type: column.sqlType }));
  const fileFormat = fileFormats[mediaType] ?? mediaType;
  return {
    namespace,
    name,
    facets: {
      version: createFacet(producer, 'DatasetVersionDatasetFacet', { datasetVersion: sha256 }),
      storage: createFacet(producer, 'StorageDatasetFacet', { storageLayer: 's3', fileFormat }),
      ...(fields === undefined
        ? {}
        : { schema: createFacet(producer, 'SchemaDatasetFacet', { fields }) }),
    },
  };
}

/** The files that a run fetched, under the names that they have where they come from. */
export function toSourceDatasets(
  producer: string,
  { record, manifest }: Pick<RunFacts, 'record' | 'manifest'>,
): readonly LineageDataset[] {
  return Object.entries(manifest?.sources ?? {}).flatMap(([source, files]) => {
    const location = record.plan.sources[source]?.location;
    return files.map(({ name, artifact }, index) => ({
      ...toPlace(location, name, index, artifact),
      facets: {
        version: createFacet(producer, 'DatasetVersionDatasetFacet', {
          datasetVersion: artifact.sha256,
        }),
      },
    }));
  });
}

/** The registered version; the bucket is that of its artifacts. */
export function toModelDataset(
  producer: string,
  { record }: Pick<RunFacts, 'record'>,
): LineageDataset | null {
  const { model: version, artifacts, metrics, plan } = record;
  if (version === null || artifacts.model === undefined) return null;
  const { namespace } = splitUri(artifacts.model.uri);
  return {
    namespace,
    name: `models/${version.model}/versions/${version.version}`,
    facets: {
      version: createFacet(producer, 'DatasetVersionDatasetFacet', {
        datasetVersion: String(version.version),
      }),
      receta_model: createOwnFacet(producer, 'ModelDatasetFacet', {
        model: version.model,
        version: version.version,
        target: plan.target,
        sha256: artifacts.model.sha256,
        metrics: metrics ?? {},
      }),
    },
  };
}

/** `s3://bucket/key` as the specification names S3 objects. */
function splitUri(uri: string): { readonly namespace: string; readonly name: string } {
  const slash = uri.indexOf('/', 's3://'.length);
  return { namespace: uri.slice(0, slash), name: uri.slice(slash + 1) };
}

function toPlace(
  location: SourceLocation | undefined,
  name: string,
  index: number,
  artifact: ArtifactRef,
): { readonly namespace: string; readonly name: string } {
  switch (location?.kind) {
    case 'url': {
      // Neither user and password nor the query, which may hold a secret.
      const { protocol, host, pathname } = new URL(location.urls[index] ?? name);
      return { namespace: `${protocol}//${host}`, name: pathname };
    }
    case 's3':
      return { namespace: `s3://${location.bucket}`, name };
    case 'path':
      return { namespace: 'file', name };
    case 'postgres':
      return { namespace: `postgres://${location.connection}`, name };
    default:
      return splitUri(artifact.uri);
  }
}
