import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { listFiles } from '../build/source-files.mjs';

/**
 * Compiles bench/ into dist/bench/, where imports of src/ lead to the compiled rooms beside it: a benchmark measures
 * the very files that run in production. Types are left to `npm run check`.
 *
 * @param {string} root
 */
export function compileBench(root) {
  const bench = join(root, 'bench');
  const output = join(root, 'dist/bench');
  rmSync(output, { recursive: true, force: true });
  for (const path of listFiles(bench).filter((name) => name.endsWith('.ts'))) {
    const target = join(output, relative(bench, path).replace(/\.ts$/, '.js'));
    const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
      fileName: path,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        inlineSourceMap: true,
      },
      transformers: {
        before: [redirectImports((specifier) => redirectToDist(specifier, path, root))],
      },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
}

/**
 * Turns an import of a source under src/ into one of what it is compiled to, seen from dist/bench/.
 *
 * @param {string} specifier
 * @param {string} importer path of a file under bench/
 * @param {string} root
 */
export function redirectToDist(specifier, importer, root) {
  if (!specifier.startsWith('.')) return specifier;
  const inner = relative(join(root, 'src'), resolve(dirname(importer), specifier));
  if (inner.startsWith('..')) return specifier;
  const folder = dirname(join(root, 'dist', relative(root, importer)));
  return relative(folder, join(root, 'dist', inner));
}

/**
 * @param {(specifier: string) => string} redirect
 * @returns {ts.TransformerFactory<ts.SourceFile>}
 */
function redirectImports(redirect) {
  return (context) => (file) => {
    /** @param {ts.Node} node @returns {ts.Node} */
    const visit = (node) => {
      const isModuleName =
        ts.isStringLiteral(node) &&
        (ts.isImportDeclaration(node.parent) ||
          ts.isExportDeclaration(node.parent) ||
          (ts.isCallExpression(node.parent) &&
            node.parent.expression.kind === ts.SyntaxKind.ImportKeyword));
      return isModuleName
        ? context.factory.createStringLiteral(redirect(node.text))
        : ts.visitEachChild(node, visit, context);
    };
    return ts.visitEachChild(file, visit, context);
  };
}
