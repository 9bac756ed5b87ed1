import type { CommandContext } from '../command-context.js';
import { outcomeToExitCode } from '../error-to-exit-code.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { formatDuration } from '../render/format-duration.js';
import { renderPartChange } from '../render/render-stack.js';
import { withInterrupt } from '../with-interrupt.js';
import { type ExampleResult, runExample, toSeconds } from './run-example.js';

const exampleNames = ['01-penguins', '02-diamonds', '03-taxi-duration'] as const;

interface DemoOptions {
  readonly keep: boolean;
  readonly json: boolean;
}

/** Runs the examples on the embedded stack; with `json` the last line on stdout is one JSON document. */
export async function runDemo(context: CommandContext, options: DemoOptions): Promise<ExitCode> {
  const { dependencies, output } = context;
  const say = options.json ? output.note : output.print;
  const startedAtMs = dependencies.nowMs();
  const results: ExampleResult[] = [];
  let exitCode: ExitCode = exitCodes.internal;
  try {
    exitCode = await withInterrupt(dependencies, (interrupted) =>
      withStack(context, { ...options, interrupted, say }, () =>
        runExamples(context, results, say),
      ),
    );
    return exitCode;
  } finally {
    const seconds = toSeconds(dependencies.nowMs() - startedAtMs);
    if (options.json) {
      const line = JSON.stringify({ ok: exitCode === exitCodes.ok, seconds, examples: results });
      dependencies.stdout.write(`${line}\n`);
    } else if (exitCode === exitCodes.ok) {
      say(['', `all examples succeeded in ${formatDuration(seconds * 1000)}`]);
    }
  }
}

interface StackUse extends DemoOptions {
  readonly interrupted: AbortSignal;
  readonly say: (lines: readonly string[]) => void;
}

/** Brings the stack up for the work and down again, unless it ran before or is to be kept. */
async function withStack(
  { dependencies, output }: CommandContext,
  { keep, interrupted, say }: StackUse,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const { stack } = dependencies;
  const wasUp = (await stack.describe()).state === 'ready';
  const sayStaysUp = () => say(['', 'the stack stays up; stop it: receta down']);
  if (wasUp || keep) {
    if (!wasUp) await stack.startDetached();
    try {
      return await work();
    } finally {
      sayStaysUp();
    }
  }
  const running = await stack.start({
    onChange: (status) => output.note([renderPartChange(status)]),
    signal: interrupted,
  });
  output.note(running.notices);
  try {
    return await work();
  } finally {
    output.note(['stopping the stack']);
    await running.stop();
  }
}

async function runExamples(
  context: CommandContext,
  results: ExampleResult[],
  say: (lines: readonly string[]) => void,
): Promise<ExitCode> {
  return context.withConnection(async (connection) => {
    for (const name of exampleNames) {
      const result = await runExample(name, connection, context, say);
      if (result === null) return exitCodes.interrupted;
      results.push(result);
      if (result.outcome !== 'succeeded') return outcomeToExitCode(result.outcome);
    }
    return exitCodes.ok;
  });
}
