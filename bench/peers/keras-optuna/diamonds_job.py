"""The price of diamonds as a plain script: pandas, scikit-learn, Optuna and Keras.

Usage: python diamonds_job.py diamonds.csv.gz SEED. Prints the RMSE of the logarithm of the price as JSON.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy
import optuna
import pandas
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

TRIALS = 10
TRIAL_EPOCHS = 3
FINAL_EPOCHS = 20


def load(path):
    table = pandas.read_csv(path)
    table = table[(table.x > 0) & (table.y > 0) & (table.z > 0)]
    target = numpy.log(table.pop("price").to_numpy()).astype("float32")
    features = pandas.get_dummies(table, columns=["cut", "color", "clarity"]).to_numpy("float32")
    return features, target


def build(parameters, width):
    layers = [keras.layers.Input((width,))]
    for _ in range(parameters["layers"]):
        layers.append(keras.layers.Dense(parameters["width"], activation="relu"))
        layers.append(keras.layers.Dropout(parameters["dropout"]))
    layers.append(keras.layers.Dense(1))
    model = keras.Sequential(layers)
    optimizer = keras.optimizers.AdamW(parameters["learning_rate"], weight_decay=1e-4)
    model.compile(optimizer=optimizer, loss="mse")
    return model


def main(path, seed):
    keras.utils.set_random_seed(seed)
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    features, target = load(path)
    rest_x, test_x, rest_y, test_y = train_test_split(features, target, test_size=0.15, random_state=seed)
    train_x, valid_x, train_y, valid_y = train_test_split(rest_x, rest_y, test_size=0.15 / 0.85, random_state=seed)
    scaler = StandardScaler().fit(train_x)
    train_x, valid_x, test_x = (scaler.transform(part) for part in (train_x, valid_x, test_x))
    mean, deviation = train_y.mean(), train_y.std()
    scale = lambda values: (values - mean) / deviation

    def fit(parameters, epochs):
        model = build(parameters, train_x.shape[1])
        history = model.fit(
            train_x,
            scale(train_y),
            batch_size=parameters["batch_size"],
            epochs=epochs,
            validation_data=(valid_x, scale(valid_y)),
            verbose=0,
        )
        return model, min(history.history["val_loss"])

    def objective(trial):
        parameters = {
            "layers": trial.suggest_int("layers", 1, 3),
            "width": trial.suggest_categorical("width", [32, 64, 128]),
            "dropout": trial.suggest_float("dropout", 0.0, 0.3),
            "learning_rate": trial.suggest_float("learning_rate", 5e-4, 1e-2, log=True),
            "batch_size": trial.suggest_categorical("batch_size", [128, 256, 512]),
        }
        return fit(parameters, TRIAL_EPOCHS)[1]

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(objective, n_trials=TRIALS)
    model, _ = fit(study.best_params, FINAL_EPOCHS)
    answers = model.predict(test_x, batch_size=1024, verbose=0)[:, 0] * deviation + mean
    return float(numpy.sqrt(numpy.mean((answers - test_y) ** 2)))


print(json.dumps({"rmse": main(sys.argv[1], int(sys.argv[2]))}))
