import { readFileSync } from 'node:fs';
import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { toSha256 } from '../artifacts/sha256.js';
import type { Platform, TrainingBackend } from '../contract/run-record.js';

/** The only versions that training runs on; the training process checks what it really loaded. */
const requiredVersions = { tfjs: '4.22.0', tensorflow: '2.21.0' } as const;

/** Results differ between thread counts, so there is one. */
const threads = 1;

/** Describes the backend as it must be; a training process that finds another refuses to run. */
export function requiredBackend(name: TrainingBackend['name']): TrainingBackend {
  return {
    name,
    tfjsVersion: requiredVersions.tfjs,
    tensorflowVersion: name === 'tensorflow' ? requiredVersions.tensorflow : null,
    threads,
  };
}

/** Digest of everything that may change a bit of a training result beside the job itself. */
export function toPlatformKey(
  platform: Pick<Platform, 'cpuFlagsSha256' | 'node'>,
  backend: TrainingBackend,
): string {
  const { cpuFlagsSha256, node } = platform;
  const { name, tfjsVersion, tensorflowVersion, threads } = backend;
  return toSha256(
    toCanonicalJson({ cpuFlagsSha256, node, name, tfjsVersion, tensorflowVersion, threads }),
  );
}

/** Platform key of trainings that this process starts on the given backend. */
export function readPlatformKey(name: TrainingBackend['name']): string {
  const platform = { cpuFlagsSha256: readCpuFlagsSha256(), node: process.versions.node };
  return toPlatformKey(platform, requiredBackend(name));
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
