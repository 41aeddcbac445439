"""An implementation of the network's training that shares nothing with lib/mlp but the formulas: NumPy, float64, matrices whole.

Prints JSON with the inputs (weights, data, order of examples) and, after each of 10 steps, the loss, the errors and, at the end, all
weights. tests/unit/mlp/numpy.test.ts feeds the inputs to lib/mlp and compares; tests/support/mlp-numpy.json is what this printed with
the NumPy version it names, for machines without NumPy:  python3 mlp-numpy.py > mlp-numpy.json
"""
import json
import numpy as np

FORWARD = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh, "logistic": lambda z: 1 / (1 + np.exp(-z))}
SLOPE = {"relu": lambda z: (z > 0).astype(float), "tanh": lambda z: 1 - np.tanh(z) ** 2,
         "logistic": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2}


def schedule(fraction, rate):
    if fraction < 0.02:
        return rate * fraction / 0.02
    return 1e-5 + 0.5 * (rate - 1e-5) * (1 + np.cos(np.pi * (fraction - 0.02) / 0.98))


def run(activation, sizes, seed):
    random = np.random.RandomState(seed)
    batch, steps, momentum, rate, n = 5, 10, 0.9, 0.3, 20
    W = [random.randn(i, o) * 0.5 for i, o in zip(sizes, sizes[1:])]
    b = [random.randn(o) * 0.1 for o in sizes[1:]]
    X = random.randint(0, 256, (n, sizes[0])) * (random.rand(n, sizes[0]) < 0.4)
    y = random.randint(0, sizes[-1], n)
    order = [random.permutation(n)[:batch].tolist() for _ in range(steps)]
    case = dict(activation=activation, sizes=sizes, batch=batch, steps=steps, momentum=momentum, rate=rate, order=order,
                images=X.ravel().tolist(), labels=y.tolist(), weights=[w.ravel().tolist() for w in W], biases=[v.tolist() for v in b])
    VW, Vb = [np.zeros_like(w) for w in W], [np.zeros_like(v) for v in b]
    losses, errors = [], []
    for t in range(steps):
        x, label = X[order[t]] / 255, y[order[t]]
        A, Z = [x], []
        for l in range(len(W)):
            Z.append(A[-1] @ W[l] + b[l])
            A.append(FORWARD[activation](Z[-1]) if l + 1 < len(W) else Z[-1])
        E = np.exp(Z[-1])
        P = E / E.sum(axis=1, keepdims=True)
        losses.append(float(-np.log(P[np.arange(batch), label]).sum()))
        errors.append(int((P.argmax(axis=1) != label).sum()))
        D = P - np.eye(sizes[-1])[label]
        eta = schedule((t + 0.5) / steps, rate)
        gradients = []
        for l in reversed(range(len(W))):
            gradients.append((l, A[l].T @ D / batch, D.mean(axis=0)))
            if l > 0:
                D = (D @ W[l].T) * SLOPE[activation](Z[l - 1])
        for l, gW, gb in gradients:
            VW[l] = momentum * VW[l] - eta * gW
            Vb[l] = momentum * Vb[l] - eta * gb
            W[l] = W[l] + VW[l]
            b[l] = b[l] + Vb[l]
    case["expected"] = dict(losses=losses, errors=errors, weights=[w.ravel().tolist() for w in W], biases=[v.tolist() for v in b])
    return case


cases = [run("relu", [9, 6, 5, 4], 1), run("tanh", [7, 11, 3], 2), run("logistic", [8, 5, 5, 2], 3), run("relu", [16, 3], 4)]
print(json.dumps(dict(numpy=np.__version__, cases=cases)))
