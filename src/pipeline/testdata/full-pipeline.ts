/** A pipeline file in which every section says something; every key stands on a line of its own. */
export const fullPipeline = `version: 1
name: taxi-duration
params:
  month: 2019-03
  minimum: 0.5
  strict: true
sources:
  trips:
    path: trips/\${params.month}-*.csv
    format: csv
    delimiter: ";"
    quote: "'"
    encoding: latin1
    header: false
    columns: [pickup, dropoff, zone, distance, fare]
    nulls: [NA, "?"]
    decimal: ","
    datetimeFormat: "%d.%m.%Y %H:%M"
    types:
      zone: varchar
    badRows: quarantine
  zones:
    s3: s3://lake/zones/all.parquet
    connection: lake
    sha256: ${'AB'.repeat(32)}
  shop:
    sqlite: shop.db
    query: SELECT * FROM customers
validate:
  onFail: warn
  rows:
    min: 1000
    max: 1000000
    onFail: stop
  freshness:
    column: pickup
    maxAge: 2d
  columns:
    distance:
      type: number
      nulls: 0.01
      min: 0
      max: 200
      onFail: quarantine
    zone:
      values: [north, south]
      unknown: 0.001
      sensitive: true
    fare:
      unique: true
      minClassFraction: 0.02
    license:
      pattern: "[A-Z]{2}[0-9]+"
  leakage: warn
transform:
  clean: SELECT * FROM trips WHERE distance > \${params.minimum} OR NOT \${params.strict}
  joined: SELECT * FROM clean JOIN zones USING (zone)
derive:
  hour: hour(pickup)
target: minutes
task: regression
ignore: [dropoff]
features:
  defaults:
    number:
      impute: mean
      indicator: true
      scale: quantile
      clip: 0.01
    category:
      impute: level
      encode: target
      minRows: 5
      maxLevels: 100
    boolean:
      impute: most-frequent
    datetime:
      parts: [hour, weekday]
      cyclic: true
      elapsed: true
    text:
      buckets: 64
      ngrams: 2
      unit: word
  columns:
    pickup:
      role: time
    hour:
      kind: category
      encode: frequency
  target:
    transform: log
split:
  by: pickup
  gap: 1d
  train: 0.5
  validation: 0.25
  test: 0.25
models: [mlp, lightgbm]
learning:
  loss: huber
  delta: 1.5
  objective: mae
  classWeights: none
tune:
  trials: 3
  parallel: 1
  seed: 2
  epochs: 5
  space:
    features.defaults.number.scale: [standard, quantile]
    features.columns.hour.maxLevels: {low: 5, high: 20, int: true}
    mlp.learningRate:
      low: 0.0001
      high: 0.01
      log: true
train:
  epochs: 9
  ensemble: false
  bagging: false
  calibration: none
gates:
  r2:
    min: 0.9
  rmse:
    min: 0
    max: 900.5
deploy:
  alias: challenger
`;
