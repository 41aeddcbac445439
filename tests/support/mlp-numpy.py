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


def softmax_error(P, Y, loss):
    """Loss of the batch, and its gradient by the softmax's inputs through the softmax's Jacobian."""
    if loss == "cross-entropy":
        return float(-(Y * np.log(P)).sum()), P - Y
    J = np.einsum("bc,ck->bck", P, np.eye(P.shape[1])) - np.einsum("bc,bk->bck", P, P)
    return float(0.5 * ((P - Y) ** 2).sum()), np.einsum("bck,bc->bk", J, P - Y)


def move(w, state, g, eta, t, momentum, nesterov=False, adam=None, decay=0.0):
    """As PyTorch's SGD (with eta inside the velocity) and AdamW: returns the new weights."""
    kept = w * (1 - eta * decay)
    if adam:
        state["m"] = momentum * state.get("m", 0) + (1 - momentum) * g
        state["q"] = adam["beta2"] * state.get("q", 0) + (1 - adam["beta2"]) * g * g
        m, q = state["m"] / (1 - momentum ** t), state["q"] / (1 - adam["beta2"] ** t)
        return kept - eta * m / (np.sqrt(q) + adam["epsilon"])
    state["v"] = momentum * state.get("v", 0) - eta * g
    return kept + (momentum * state["v"] - eta * g if nesterov else state["v"])


def run(activation, sizes, seed, rate=0.3, loss="cross-entropy", smoothing=0.0, nesterov=False, adam=None, decay=0.0, max_norm=None, average=None):
    random = np.random.RandomState(seed)
    batch, steps, momentum, n = 5, 10, 0.9, 20
    W = [random.randn(i, o) * 0.5 for i, o in zip(sizes, sizes[1:])]
    b = [random.randn(o) * 0.1 for o in sizes[1:]]
    X = random.randint(0, 256, (n, sizes[0])) * (random.rand(n, sizes[0]) < 0.4)
    y = random.randint(0, sizes[-1], n)
    order = [random.permutation(n)[:batch].tolist() for _ in range(steps)]
    case = dict(activation=activation, sizes=sizes, batch=batch, steps=steps, momentum=momentum, rate=rate, order=order,
                images=X.ravel().tolist(), labels=y.tolist(), weights=[w.ravel().tolist() for w in W], biases=[v.tolist() for v in b])
    case.update(loss=loss, labelSmoothing=smoothing, nesterov=nesterov, adam=adam, weightDecay=decay, maxNorm=max_norm, average=average)
    states, trail = [({}, {}) for _ in W], []
    losses, errors = [], []
    for t in range(steps):
        x, label = X[order[t]] / 255, y[order[t]]
        A, Z = [x], []
        for l in range(len(W)):
            Z.append(A[-1] @ W[l] + b[l])
            A.append(FORWARD[activation](Z[-1]) if l + 1 < len(W) else Z[-1])
        E = np.exp(Z[-1])
        P = E / E.sum(axis=1, keepdims=True)
        errors.append(int((P.argmax(axis=1) != label).sum()))
        value, D = softmax_error(P, (1 - smoothing) * np.eye(sizes[-1])[label] + smoothing / sizes[-1], loss)
        losses.append(value)
        eta = schedule((t + 0.5) / steps, rate)
        gradients = []
        for l in reversed(range(len(W))):
            gradients.append((l, A[l].T @ D / batch, D.mean(axis=0)))
            if l > 0:
                D = (D @ W[l].T) * SLOPE[activation](Z[l - 1])
        for l, gW, gb in gradients:
            W[l] = move(W[l], states[l][0], gW, eta, t + 1, momentum, nesterov, adam, decay)
            b[l] = move(b[l], states[l][1], gb, eta, t + 1, momentum, nesterov, adam)
            if max_norm:
                W[l] = W[l] * np.minimum(1, max_norm / np.linalg.norm(W[l], axis=0))
        trail.append((list(W), list(b)))
    if average:
        share = np.array([average ** (steps - 1 - k) for k in range(steps)])
        share /= share.sum()
        W = [sum(s * trail[k][0][l] for k, s in enumerate(share)) for l in range(len(W))]
        b = [sum(s * trail[k][1][l] for k, s in enumerate(share)) for l in range(len(b))]
    case["expected"] = dict(losses=losses, errors=errors, weights=[w.ravel().tolist() for w in W], biases=[v.tolist() for v in b])
    return case


cases = [
    run("relu", [9, 6, 5, 4], 1), run("tanh", [7, 11, 3], 2), run("logistic", [8, 5, 5, 2], 3), run("relu", [16, 3], 4),
    run("logistic", [9, 6, 4], 5, rate=1.0, loss="squared-error"), run("relu", [9, 6, 4], 6, smoothing=0.1),
    run("tanh", [9, 6, 4], 7, loss="squared-error", smoothing=0.2, nesterov=True), run("relu", [9, 6, 4], 8, nesterov=True, decay=0.1),
    run("tanh", [9, 6, 4], 9, rate=0.02, adam=dict(beta2=0.99, epsilon=1e-8)),
    run("relu", [9, 6, 4], 10, rate=0.02, adam=dict(beta2=0.999, epsilon=1e-6), decay=0.1, max_norm=1.0),
    run("relu", [9, 6, 4], 11, max_norm=0.7), run("relu", [9, 6, 4], 12, average=0.8),
]
print(json.dumps(dict(numpy=np.__version__, cases=cases)))
