import { join } from 'node:path';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { SourceFile } from '../contract/dataset-manifest.js';
import { parquetMediaType } from '../contract/media-types.js';
import type { ReadOptions, ValidatePlan } from '../contract/pipeline-plan.js';
import type { CheckResult } from '../dataset/checks/check-plan.js';
import { setsRowsAside } from '../dataset/checks/decide-checks.js';
import { planSourceChecks } from '../dataset/checks/plan-checks.js';
import type { EngineLimits } from '../dataset/dataset-engine.js';
import type { TableProfile } from '../dataset/profile/table-profile.js';
import type { CheckTableResult, RawFile, ReadSourceResult } from '../dataset/sql-job.js';
import type { ActivityDependencies } from './activity-dependencies.js';

export interface SourceToValidate {
  readonly name: string;
  readonly files: readonly SourceFile[];
  readonly read: ReadOptions;
  readonly validate: ValidatePlan;
  /** Empty folder of this source alone. */
  readonly folder: string;
}

/** Rows set aside, as Parquet, and what to call its columns where rejects of all kinds come together. */
export interface RejectsFile {
  readonly path: string;
  readonly rename: Readonly<Record<string, string>>;
}

export interface ValidatedSource {
  /** Parquet of the rows that are left; stored only when `store` is called, which a failed check makes needless. */
  readonly store: () => Promise<ArtifactRef>;
  readonly profile: TableProfile;
  readonly checks: readonly CheckResult[];
  readonly notes: readonly string[];
  readonly rejects: readonly RejectsFile[];
  readonly rows: number;
  /** Rows that could not be read, and rows that failed checks. */
  readonly rejectedRows: number;
}

/** Reads the files of one source into one table, profiles it, and checks what it has to keep. */
export async function validateSource(
  deps: Pick<ActivityDependencies, 'artifacts' | 'engine' | 'nowMs'>,
  source: SourceToValidate,
  limits: EngineLimits & { readonly signal: AbortSignal },
): Promise<ValidatedSource> {
  const { files, read, folder } = source;
  const raw = await fetchFiles(deps, source, limits.signal);
  const paths = {
    table: join(folder, 'table.parquet'),
    unread: join(folder, 'unread.parquet'),
    clean: join(folder, 'clean.parquet'),
    rejects: join(folder, 'rejects.parquet'),
  };
  const found = await deps.engine.readSource(
    { files: raw, read, outputPath: paths.table, rejectsPath: paths.unread },
    limits,
  );
  const names = found.columns.map(({ name }) => name);
  const { profile, checks, rejectedRows } = await deps.engine.checkTable(
    {
      tablePath: found.unchanged ? (raw[0]?.path ?? paths.table) : paths.table,
      checks: planSourceChecks(source.validate, names, deps.nowMs()),
      cleanPath: paths.clean,
      rejectsPath: paths.rejects,
      origin: { files: raw, read },
    },
    limits,
  );
  const isParted = setsRowsAside(checks);
  const store = async (): Promise<ArtifactRef> => {
    const [first] = files;
    if (found.unchanged && !isParted && first !== undefined) {
      return { ...first.artifact, mediaType: parquetMediaType };
    }
    const path = isParted ? paths.clean : paths.table;
    return deps.artifacts.putFile(path, parquetMediaType, { signal: limits.signal });
  };
  return {
    store,
    profile: { ...profile, notes: found.notes },
    checks,
    notes: found.notes,
    rejects: toRejects(found, rejectedRows, paths),
    rows: found.rows - rejectedRows.length,
    rejectedRows: found.rejectedRows + rejectedRows.length,
  };
}

async function fetchFiles(
  { artifacts }: Pick<ActivityDependencies, 'artifacts'>,
  { files, folder }: SourceToValidate,
  signal: AbortSignal,
): Promise<readonly RawFile[]> {
  const raw: RawFile[] = [];
  for (const [index, { name, artifact, columns }] of files.entries()) {
    const path = join(folder, `file-${index}`);
    await artifacts.getFile(artifact, path, { signal });
    raw.push({ path, name, columns });
  }
  return raw;
}

function toRejects(
  found: ReadSourceResult,
  rejectedRows: CheckTableResult['rejectedRows'],
  paths: { readonly unread: string; readonly rejects: string },
): readonly RejectsFile[] {
  const rename = {
    file: 'receta_file',
    line: 'receta_line',
    text: 'receta_text',
    reason: 'receta_reason',
  };
  return [
    ...(found.rejectedRows > 0 ? [{ path: paths.unread, rename }] : []),
    ...(rejectedRows.length > 0 ? [{ path: paths.rejects, rename: {} }] : []),
  ];
}
