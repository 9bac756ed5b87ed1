import { readFileSync } from 'node:fs';
import { toCanonicalJson } from '../../artifacts/canonical-json.js';
import { toSha256 } from '../../artifacts/sha256.js';
import type { NetworkBackendName, Platform, TrainingBackend } from '../../contract/run-record.js';

/** The only versions that training runs on; the training process checks what it really loaded. */
const requiredVersions = { tfjs: '4.22.0', tensorflow: '2.21.0' } as const;

/** Results differ between thread counts, so there is one. */
const threads = 1;

/** Describes the backend of networks as it must be; a training process that finds another refuses to run. */
export function requiredBackend(name: NetworkBackendName): TrainingBackend {
  const { tfjs, tensorflow } = requiredVersions;
  return { name, versions: name === 'tensorflow' ? { tfjs, tensorflow } : { tfjs }, threads };
}

/** Digest of everything that may change a bit of a training result beside the job itself. */
export function toPlatformKey(
  { cpuFlagsSha256, node }: Pick<Platform, 'cpuFlagsSha256' | 'node'>,
  { name, versions, threads }: TrainingBackend,
): string {
  return toSha256(toCanonicalJson({ cpuFlagsSha256, node, name, versions, threads }));
}

/** Platform key of trainings that run on the given backend on this machine. */
export function readPlatformKey(backend: TrainingBackend): string {
  const platform = { cpuFlagsSha256: readCpuFlagsSha256(), node: process.versions.node };
  return toPlatformKey(platform, backend);
}

/** Digest of the instruction sets of this machine's processor. */
export function readCpuFlagsSha256(): string {
  return hashCpuFlags(readFileSync('/proc/cpuinfo', 'utf8'));
}

/** Digest of the sorted flags of the first processor in the text of /proc/cpuinfo. */
export function hashCpuFlags(cpuInfo: string): string {
  const flags = /^flags\s*:(.*)$/m.exec(cpuInfo)?.[1] ?? '';
  return toSha256(flags.trim().split(/\s+/).sort().join(' '));
}
