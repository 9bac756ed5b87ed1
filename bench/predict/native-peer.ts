import koffi from 'koffi';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { exportOnnx } from '../../src/learning/export/onnx/export-onnx.js';
import { libraryPath } from '../../src/learning/families/lightgbm/native/library-path.js';
import type { BenchModel } from './create-models.js';

/** Another program that answers rows of features with the same model, on one thread. */
export interface NativePeer {
  readonly name: string;
  answer(x: Float32Array, rowCount: number): Promise<ArrayLike<number>>;
}

/** ONNX Runtime for networks, LightGBM's own library for trees. */
export function createNativePeer({ member, program }: BenchModel): Promise<NativePeer> {
  const { predictor, weights } = member;
  if (predictor.kind === 'network') {
    return createOnnxPeer(exportOnnx(predictor.network, weights), program.width);
  }
  const { trees } = weights;
  if (!(trees?.data instanceof Uint8Array)) throw new Error('the model has no trees');
  return Promise.resolve(createLightgbmPeer(new TextDecoder().decode(trees.data), program.width));
}

async function createOnnxPeer(model: Uint8Array, width: number): Promise<NativePeer> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
  const session = await InferenceSession.create(model, options);
  return {
    name: 'ONNX Runtime (features ready)',
    answer: async (x, rowCount) => {
      const { answers } = await session.run({
        features: new Tensor('float32', x, [rowCount, width]),
      });
      return answers?.data as Float32Array;
    },
  };
}

function createLightgbmPeer(text: string, width: number): NativePeer {
  const library = koffi.load(libraryPath());
  const load = library.func(
    'int LGBM_BoosterLoadModelFromString(const char *text, _Out_ int *iterations, _Out_ void **out)',
  );
  const predict = library.func(
    'int LGBM_BoosterPredictForMat(void *booster, const void *data, int type, int rows, int columns, int rowMajor, int how, int start, int count, const char *settings, _Out_ int64_t *length, void *out)',
  );
  const booster: unknown[] = [null];
  if (load(text, [0], booster) !== 0) throw new Error('LightGBM does not read its own model');
  const settings = 'num_threads=1 verbosity=-1';
  return {
    name: "LightGBM's library (features ready)",
    answer: async (x, rowCount) => {
      const out = new Float64Array(rowCount);
      const code: unknown = predict(
        ...[booster[0], x, 0, rowCount, width, 1, 0, 0, -1, settings, [0], out],
      );
      if (code !== 0) throw new Error('LightGBM did not answer');
      return out;
    },
  };
}
