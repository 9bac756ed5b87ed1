import type { PipelineFields } from '../pipeline-fields.js';
import type { Contradiction } from './contradiction.js';

/** A column has one role: what is ignored, computed, predicted and weighed has to be told apart. */
export function findColumnContradictions(fields: PipelineFields): readonly Contradiction[] {
  return [
    ...findIgnored(fields),
    ...findTarget(fields),
    ...findDerived(fields),
    ...findSingleRoles(fields),
    ...findTask(fields),
  ];
}

function findIgnored({ ignore, target, features }: PipelineFields): Contradiction[] {
  return ignore.flatMap((column, index) => {
    const path = ['ignore', index];
    if (column === target) {
      return [{ path, message: `is the target ${JSON.stringify(target)}, wanted another column` }];
    }
    const said = Object.hasOwn(features.columns, column) ? features.columns[column] : undefined;
    if (said === undefined || said.role === 'ignored') return [];
    const found = said.role === undefined ? 'options' : `the role ${said.role}`;
    const message = `is ${JSON.stringify(column)}, to which features.columns gives ${found}; say one of the two`;
    return [{ path, message }];
  });
}

function findTarget({ target, features }: PipelineFields): Contradiction[] {
  if (!Object.hasOwn(features.columns, target)) return [];
  const message =
    'is the target and no feature; how it is learned is said in features.target and task';
  return [{ path: ['features', 'columns', target], message }];
}

function findDerived({ derive, target, ignore, features }: PipelineFields): Contradiction[] {
  const names = Object.keys(derive);
  return names.flatMap((column, index) => {
    const path = ['derive', column];
    if (column === target) {
      return [
        {
          path,
          message: 'is the target, which nothing can compute when predicting; make it in transform',
        },
      ];
    }
    if (column.toLowerCase().startsWith('receta_')) {
      return [{ path, message: 'begins with "receta_", which Receta keeps for itself' }];
    }
    const earlier = names
      .slice(0, index)
      .find((name) => name.toLowerCase() === column.toLowerCase());
    if (earlier !== undefined) {
      const message = `differs from ${earlier} in upper and lower case only, which SQL does not tell apart`;
      return [{ path, message }];
    }
    const said = Object.hasOwn(features.columns, column)
      ? features.columns[column]?.role
      : undefined;
    if (!ignore.includes(column) && said !== 'ignored') return [];
    return [{ path, message: 'is computed only to be ignored; leave one of the two out' }];
  });
}

/** Roles that only one column can have. */
function findSingleRoles({ features }: PipelineFields): Contradiction[] {
  return (['time', 'weight'] as const).flatMap((role) => {
    const [first, ...others] = Object.keys(features.columns).filter(
      (column) => features.columns[column]?.role === role,
    );
    return others.map((column) => ({
      path: ['features', 'columns', column, 'role'],
      message: `is ${role}, and so is that of ${first}; one column can have it`,
    }));
  });
}

function findTask({ task, features, split }: PipelineFields): Contradiction[] {
  const found: Contradiction[] = [];
  const { transform } = features.target;
  if (task === 'classification' && transform !== 'auto' && transform !== 'none') {
    const message = `is ${transform}, which is for numbers, and the task is classification`;
    found.push({ path: ['features', 'target', 'transform'], message });
  }
  if (task === 'regression' && split.stratify === true) {
    const message = 'is true, which is for classes, and the task is regression';
    found.push({ path: ['split', 'stratify'], message });
  }
  return found;
}
