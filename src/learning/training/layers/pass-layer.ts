import type { Layer } from '../../network/network.js';
import type { NetworkPass, Passed } from '../network-pass.js';
import type { TensorLike } from '../ops.js';
import { passActivation } from './activation.js';
import { passBatchNorm } from './batch-norm.js';
import { passDense } from './dense.js';
import { passDropout } from './dropout.js';
import { passLayerNorm } from './layer-norm.js';
import { passMemberHeads } from './member-heads.js';
import { passMembers } from './members.js';
import { passScale } from './scale.js';

/** Sends a batch through the layer at `index` of its network. */
export function passLayer<T extends TensorLike>(
  pass: NetworkPass<T>,
  layer: Layer,
  index: number,
  x: T,
): Passed<T> {
  const prefix = `layers.${index}.`;
  switch (layer.kind) {
    case 'dense':
      return passDense(pass, prefix, layer.parameterization, x);
    case 'activation':
      return passActivation(pass, prefix, layer, x);
    case 'dropout':
      return passDropout(pass, layer.rate, index, x);
    case 'batch-norm':
      return passBatchNorm(pass, prefix, layer, x);
    case 'layer-norm':
      return passLayerNorm(pass, prefix, layer, x);
    case 'scale':
      return passScale(pass, prefix, x);
    case 'members':
      return passMembers(pass, prefix, x);
    case 'member-heads':
      return passMemberHeads(pass, prefix, x);
  }
}
