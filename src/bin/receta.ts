import { runCli } from '../cli/run-cli.js';
import { createCliDependencies } from './create-cli-dependencies.js';

/** The executable: one command line, one exit code. */
process.exitCode = await runCli(process.argv.slice(2), createCliDependencies());
