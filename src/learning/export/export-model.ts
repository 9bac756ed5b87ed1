import type { Tensor } from '../../artifacts/safetensors.js';
import { RecetaError } from '../../contract/errors.js';
import { parseFeatureProgram } from '../../features/parse-feature-program.js';
import { decodeMemberTensors } from '../model/member-tensors.js';
import {
  type MemberDocument,
  type ModelDocument,
  parseModelDocument,
} from '../model/model-document.js';
import type { ExportFormat } from './export-format.js';
import { exportTfjs, findTfjsObstacle } from './export-tfjs.js';
import type { ExportedFile } from './exported-file.js';
import { exportOnnx } from './onnx/export-onnx.js';

/** How to use an export, in the file `receta.json` beside it. */
interface ExportManifest {
  readonly format: 'receta-export/1';
  readonly task: ModelDocument['task'];
  /** The answer is the mean of the members' answers by weight, calibrated. */
  readonly members: readonly {
    readonly model: string;
    readonly weight: number;
    readonly file: string;
    /** What the columns of its input are, in order. */
    readonly features: readonly string[];
    /** Of lightgbm: iterations that answer (`num_iteration`). */
    readonly iterations?: number;
  }[];
  readonly calibration: ModelDocument['calibration'];
  /** How a row becomes features, and an answer the target; see `receta predict` for what applies it. */
  readonly programs: ModelDocument['programs'];
}

/**
 * Writes a model in a format that other programs read: of one member into the folder itself, of an ensemble into a
 * folder for each member. Features are made before, by the program in `receta.json`.
 *
 * @param documentBytes and
 * @param weightsBytes as stored by the train step
 * @throws RecetaError `request-invalid` when a member cannot be written so, with the reason; `model-invalid`,
 *   `artifact-corrupt`
 */
export function exportModel(
  documentBytes: Uint8Array,
  weightsBytes: Uint8Array,
  format: ExportFormat,
): readonly ExportedFile[] {
  const document = parseModelDocument(documentBytes);
  const { task, members, programs, calibration } = document;
  assertExportable(members, format);
  const tensors = decodeMemberTensors(
    weightsBytes,
    members.map(({ prefix }) => prefix),
  );
  const folders = members.map(({ model }, index) =>
    members.length === 1 ? '' : `${index}-${model}/`,
  );
  const files = members.map((member, index) =>
    exportMember(member, tensors[index] ?? {}, format).map(({ path, bytes }) => ({
      path: `${folders[index] ?? ''}${path}`,
      bytes,
    })),
  );
  const manifest: ExportManifest = {
    format: 'receta-export/1',
    task,
    members: members.map(({ model, weight, predictor, program }, index) => ({
      model,
      weight,
      // Every format begins with the file that is opened.
      file: files[index]?.[0]?.path ?? '',
      features: parseFeatureProgram(programs[program]).outputs.map(({ name }) => name),
      ...(predictor.kind === 'trees' ? { iterations: predictor.trees.iterations } : {}),
    })),
    calibration,
    programs,
  };
  const manifestBytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  return [...files.flat(), { path: 'receta.json', bytes: manifestBytes }];
}

function assertExportable(members: readonly MemberDocument[], format: ExportFormat): void {
  const problems = members.flatMap((member, index) => {
    const obstacle = findObstacle(member, format);
    if (obstacle === null) return [];
    return [
      { path: `members[${index}]`, message: `${member.model} cannot be written so: ${obstacle}` },
    ];
  });
  if (problems.length === 0) return;
  const found = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  const other = format === 'onnx' ? 'lightgbm' : 'onnx';
  throw new RecetaError(
    'request-invalid',
    `Exporting a model as ${format}: ${found}. Take --format ${other}, or train with models of one kind.`,
    { problems },
  );
}

function findObstacle({ predictor }: MemberDocument, format: ExportFormat): string | null {
  if (format === 'lightgbm') return predictor.kind === 'trees' ? null : 'it is no LightGBM model';
  if (predictor.kind === 'trees') return 'it is made of trees, whose own format is lightgbm';
  return format === 'tfjs' ? findTfjsObstacle(predictor.network) : null;
}

/** The file that is opened comes first. */
function exportMember(
  { predictor }: MemberDocument,
  tensors: Readonly<Record<string, Tensor>>,
  format: ExportFormat,
): ExportedFile[] {
  if (predictor.kind === 'trees') {
    const { trees } = tensors;
    if (trees?.data instanceof Uint8Array) return [{ path: 'model.txt', bytes: trees.data }];
    throw new RecetaError(
      'model-invalid',
      'Exporting a model: its trees are missing. Train it again.',
    );
  }
  if (format === 'tfjs') return exportTfjs(predictor.network, tensors);
  return [{ path: 'model.onnx', bytes: exportOnnx(predictor.network, tensors) }];
}
