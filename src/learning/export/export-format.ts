/** Formats that other programs read: a tfjs LayersModel, an ONNX graph, LightGBM's own text. */
export const exportFormats = ['tfjs', 'onnx', 'lightgbm'] as const;

export type ExportFormat = (typeof exportFormats)[number];
