/** Every version that the set-up pins; a new version is a new folder in the cache. */

export const temporalVersion = '1.8.2';

/** Oldest Temporal CLI on the PATH that is used; the next major version may change its flags. */
export const temporalUsable = { from: '1.8.0', before: '2.0.0' };

/** Upstream's last commit, with the fix of conditional writes that no tagged release has. */
export const minioVersion = '20260212201848';

/** Oldest MinIO release on the PATH that is used. */
export const minioUsableFrom = '2025-10-15';

export const tensorflow = {
  version: '2.21.0',
  requirement: 'tensorflow-cpu==2.21.0',
  wheel: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  downloadMegabytes: 274,
  /** Sizes of the libraries inside this very wheel: enough to tell a whole unpacking from a partial one. */
  libraryBytes: {
    'libtensorflow_cc.so.2': 788_086_608,
    'libtensorflow_framework.so.2': 65_222_328,
  },
};

export const lightgbm = {
  version: '4.7.0',
  requirement: 'lightgbm==4.7.0',
  wheel: 'lightgbm-4.7.0-py3-none-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl',
  sha256: 'd23e922acd891e77212e4d0fbcee9ba973c96dee479491341d05ba595357ebb7',
  downloadMegabytes: 3,
  /** Of the library inside this very wheel. */
  libraryBytes: 9_247_120,
};

/** Node-API level of the addon; one build serves every supported Node version. */
export const napiVersion = 8;

export const goUsableFrom = '1.26';

export const nodeUsable = { from: '20.19.0', before: '25.0.0' };

export const glibcUsableFrom = '2.28';

/** Oldest PostgreSQL that the tests are run with. */
export const postgresUsableFrom = '13';
