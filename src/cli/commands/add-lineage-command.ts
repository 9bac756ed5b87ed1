import type { Command } from 'commander';
import type { Connection } from '../cli-dependencies.js';
import type { CommandContext } from '../command-context.js';
import { exitCodes } from '../exit-code.js';
import { findVersion } from '../find-version.js';
import { type LineageTarget, parseLineageTarget } from '../parse-lineage-target.js';
import { renderModelLineage, renderRunLineage, renderUses } from '../render/render-lineage.js';

/** `receta lineage` */
export function addLineageCommand(program: Command, context: CommandContext): void {
  const { output, action, withConnection } = context;
  program
    .command('lineage')
    .argument('<what>', 'MODEL, MODEL@VERSION, MODEL@ALIAS, a run id, or the sha256 of a file')
    .description('tell what a model or run was made of, or what was made of a file')
    .option('--json', 'one JSON document')
    .action(
      action(async (what: string, options: { json?: true }) => {
        const target = parseLineageTarget(what);
        const { document, lines } = await withConnection((connection) =>
          readLineage(target, connection),
        );
        if (options.json) output.printJson(document);
        else output.print(lines);
        return exitCodes.ok;
      }),
    );
}

async function readLineage(
  target: LineageTarget,
  { client, models }: Connection,
): Promise<{ readonly document: unknown; readonly lines: readonly string[] }> {
  switch (target.kind) {
    case 'bytes': {
      const uses = await client.readUses(target.sha256);
      return { document: { sha256: target.sha256, uses }, lines: renderUses(target.sha256, uses) };
    }
    case 'run': {
      const lineage = await client.readRunLineage(target.runId);
      return { document: lineage, lines: renderRunLineage(lineage) };
    }
    case 'version':
    case 'alias': {
      const lineage = await client.readModelLineage(await findVersion(models, target));
      return { document: lineage, lines: renderModelLineage(lineage) };
    }
  }
}
