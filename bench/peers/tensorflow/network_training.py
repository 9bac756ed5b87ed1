"""Trains MLPs with TensorFlow from Python, on one thread.

Reads one request as JSON on each line of stdin: {"trainer", "folder", "inputs", "width", "batchSize", "outputs",
"classes", "learningRate", "seconds"}; the folder holds `x.bin` and `y.bin` with 32-bit floats. Trainers: `fit` (Keras),
`epoch` (a tf.function with a whole epoch, gradients by GradientTape, TensorFlow's fused Adam kernel) and `xla` (the same
compiled by XLA). Trains whole epochs until the seconds are over and answers with one line of JSON: steps a second and the
mean loss of the last epoch.
"""

import json
import sys
import time

import keras
import numpy
import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)


def load(request):
    read = lambda name: numpy.fromfile(f"{request['folder']}/{name}.bin", dtype="<f4")
    return read("x").reshape(-1, request["inputs"]), read("y").reshape(-1, request["outputs"])


def prepare_fit(request):
    x, y = load(request)
    width, classes = request["width"], request["classes"]
    model = keras.Sequential(
        [
            keras.Input((request["inputs"],)),
            keras.layers.Dense(width, activation="relu"),
            keras.layers.Dense(width, activation="relu"),
            keras.layers.Dense(request["outputs"]),
        ]
    )
    loss = keras.losses.CategoricalCrossentropy(from_logits=True) if classes else "mse"
    model.compile(optimizer=keras.optimizers.Adam(request["learningRate"]), loss=loss)
    steps = -(-len(x) // request["batchSize"])

    def train():
        history = model.fit(x, y, batch_size=request["batchSize"], epochs=1, verbose=0)
        return steps, float(history.history["loss"][0])

    return train


def prepare_epoch(request, jit):
    x, y = load(request)
    batch, inputs, width, outputs = (request[name] for name in ("batchSize", "inputs", "width", "outputs"))
    steps = len(x) // batch
    rows, targets = tf.constant(x), tf.constant(y)
    parameters = []
    for size, units in ((inputs, width), (width, width), (width, outputs)):
        bound = (6 / size) ** 0.5
        parameters.append(tf.Variable(tf.random.uniform((size, units), -bound, bound, seed=1)))
        parameters.append(tf.Variable(tf.zeros(units)))
    first = [tf.Variable(tf.zeros_like(parameter)) for parameter in parameters]
    second = [tf.Variable(tf.zeros_like(parameter)) for parameter in parameters]
    step = tf.Variable(0.0)

    def epoch(order):
        shuffled_rows = tf.reshape(tf.gather(rows, order), (steps, batch, inputs))
        shuffled_targets = tf.reshape(tf.gather(targets, order), (steps, batch, outputs))
        total = 0.0
        for index in tf.range(steps):
            with tf.GradientTape() as tape:
                values = shuffled_rows[index]
                for layer in (0, 2):
                    product = tf.matmul(values, parameters[layer])
                    values = tf.nn.relu(tf.nn.bias_add(product, parameters[layer + 1]))
                answers = tf.nn.bias_add(tf.matmul(values, parameters[4]), parameters[5])
                loss = mean_loss(answers, shuffled_targets[index])
            gradients = tape.gradient(loss, parameters)
            step.assign_add(1.0)
            powers = tf.pow(0.9, step), tf.pow(0.999, step)
            for parameter, mean, variance, gradient in zip(parameters, first, second, gradients):
                tf.raw_ops.ResourceApplyAdam(
                    var=parameter.handle,
                    m=mean.handle,
                    v=variance.handle,
                    beta1_power=powers[0],
                    beta2_power=powers[1],
                    lr=request["learningRate"],
                    beta1=0.9,
                    beta2=0.999,
                    epsilon=1e-7,
                    grad=gradient,
                )
            total += loss
        return total / steps

    def mean_loss(answers, expected):
        if request["classes"]:
            losses = tf.nn.softmax_cross_entropy_with_logits(expected, answers)
            return tf.reduce_mean(losses)
        return tf.reduce_mean(tf.square(answers - expected))

    compiled = tf.function(epoch, jit_compile=jit)
    random = numpy.random.default_rng(1)

    def train():
        order = random.permutation(len(x)).astype("int32")[: steps * batch]
        return steps, float(compiled(tf.constant(order)))

    return train


prepare = {
    "fit": prepare_fit,
    "epoch": lambda request: prepare_epoch(request, jit=False),
    "xla": lambda request: prepare_epoch(request, jit=True),
}
prepared = {}

for line in sys.stdin:
    request = json.loads(line)
    key = request["trainer"], request["folder"]
    if key not in prepared:
        prepared[key] = prepare[request["trainer"]](request)
        prepared[key]()
    trained, started = 0, time.perf_counter()
    while trained == 0 or time.perf_counter() - started < request["seconds"]:
        steps, loss = prepared[key]()
        trained += steps
    seconds = time.perf_counter() - started
    print(json.dumps({"stepsPerSecond": trained / seconds, "loss": loss}), flush=True)
