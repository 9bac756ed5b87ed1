import { cpus, release, type } from 'node:os';
import type { Platform } from '../contract/run-record.js';
import { readCpuFlagsSha256 } from '../learning/backend/training-platform.js';
import { recetaVersion } from './receta-version.js';

/** Describes this machine and these programs for run records. */
export function readPlatform(): Platform {
  return {
    receta: recetaVersion,
    node: process.versions.node,
    os: `${type()} ${release()}`,
    cpuModel: cpus()[0]?.model ?? 'unknown',
    cpuFlagsSha256: readCpuFlagsSha256(),
  };
}
