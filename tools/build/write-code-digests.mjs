import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { codeDigests } from './code-digests.mjs';

// Run as a program of its own: it needs the compiler, which is loaded only when something is built.
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const lockPath = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
const path = `${dist}code-digests.json`;

const digests = codeDigests(dist, JSON.parse(readFileSync(lockPath, 'utf8')));
writeFileSync(`${path}.tmp`, `${JSON.stringify(digests, null, 1)}\n`);
renameSync(`${path}.tmp`, path);
