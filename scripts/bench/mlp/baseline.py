"""The other side of `npm run bench -- mlp`: the same network, data and mini-batches in NumPy and, where it is installed, PyTorch.

Says on its first line what there is; then answers each line {"program", "task", "sizes", "batch", "seconds", "threads", "inputs"} with
[samples a second, samples a second of processor time].
Inputs are float32 from the start (ours are bytes turned to floats batch by batch).
"""
import ctypes, gzip, json, os, sys, time

os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")
import numpy as np

try:
    import torch
except ImportError:
    torch = None


def read(name, offset):
    with gzip.open(os.path.join(sys.argv[1], name)) as f:
        return np.frombuffer(f.read(), np.uint8, offset=offset)


X = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(np.float32) / 255
Y = read("train-labels-idx1-ubyte.gz", 8).astype(np.int64)
RATE, MOMENTUM = 0.05, 0.9
kept = {}


def weights(sizes):
    random = np.random.RandomState(1)
    return [(random.randn(i, o) * np.sqrt(2 / i)).astype(np.float32) for i, o in zip(sizes, sizes[1:])]


class Numpy:
    def __init__(self, sizes):
        self.W = weights(sizes)
        self.b = [np.zeros(o, np.float32) for o in sizes[1:]]
        self.VW, self.Vb = [np.zeros_like(w) for w in self.W], [np.zeros_like(v) for v in self.b]

    def step(self, x, y):
        A = [x]
        for l, (w, b) in enumerate(zip(self.W, self.b)):
            z = A[-1] @ w + b
            A.append(np.maximum(z, 0) if l + 1 < len(self.W) else z)
        e = np.exp(A[-1] - A[-1].max(axis=1, keepdims=True))
        d = e / e.sum(axis=1, keepdims=True)
        d[np.arange(len(y)), y] -= 1
        d *= np.float32(1 / len(y))
        for l in reversed(range(len(self.W))):
            gw, gb = A[l].T @ d, d.sum(axis=0)
            if l > 0:
                d = (d @ self.W[l].T) * (A[l] > 0)
            self.VW[l] *= MOMENTUM
            self.VW[l] -= RATE * gw
            self.Vb[l] *= MOMENTUM
            self.Vb[l] -= RATE * gb
            self.W[l] += self.VW[l]
            self.b[l] += self.Vb[l]

    def predict(self, x):
        for l, (w, b) in enumerate(zip(self.W, self.b)):
            x = x @ w + b
            if l + 1 < len(self.W):
                np.maximum(x, 0, out=x)
        return x.argmax(axis=1)

    gather = staticmethod(lambda index: (X[index], Y[index]))
    inputs = staticmethod(lambda: X[:10000])


class TorchAutograd:
    def __init__(self, sizes):
        torch.manual_seed(1)
        layers = []
        for l, (i, o) in enumerate(zip(sizes, sizes[1:])):
            layers += [torch.nn.Linear(i, o)] + ([torch.nn.ReLU()] if l + 2 < len(sizes) else [])
        self.net = torch.nn.Sequential(*layers)
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=RATE, momentum=MOMENTUM)
        self.loss = torch.nn.CrossEntropyLoss()

    def step(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.net(x), y).backward()
        self.optimizer.step()

    def predict(self, x):
        with torch.no_grad():
            return self.net(x).argmax(dim=1)

    @staticmethod
    def gather(index):
        if "torch" not in kept:
            kept["torch"] = (torch.from_numpy(X), torch.from_numpy(Y))
        index = torch.from_numpy(index)
        return kept["torch"][0][index], kept["torch"][1][index]

    inputs = staticmethod(lambda: torch.from_numpy(X[:10000]))


class TorchByHand(TorchAutograd):
    """Forward, backward and update written out, in place where that is faster: what one can get out of PyTorch's kernels."""

    def __init__(self, sizes):
        self.W = [torch.from_numpy(w) for w in weights(sizes)]
        self.b = [torch.zeros(o) for o in sizes[1:]]
        self.VW, self.Vb = [torch.zeros_like(w) for w in self.W], [torch.zeros_like(v) for v in self.b]

    def step(self, x, y):
        with torch.no_grad():
            A, n = [x], len(self.W)
            for l in range(n):
                z = torch.addmm(self.b[l], A[-1], self.W[l])
                A.append(z.relu_() if l + 1 < n else z)
            d = torch.softmax(A[-1], 1)
            d[torch.arange(len(y)), y] -= 1
            d.mul_(1 / len(y))
            for l in reversed(range(n)):
                below = torch.mm(d, self.W[l].t()).mul_(A[l] > 0) if l > 0 else None
                self.VW[l].addmm_(A[l].t(), d, beta=MOMENTUM, alpha=-RATE)
                self.Vb[l].mul_(MOMENTUM).sub_(d.sum(0), alpha=RATE)
                self.W[l].add_(self.VW[l])
                self.b[l].add_(self.Vb[l])
                d = below

    def predict(self, x):
        with torch.no_grad():
            for l in range(len(self.W)):
                x = torch.addmm(self.b[l], x, self.W[l])
                if l + 1 < len(self.W):
                    x.relu_()
            return x.argmax(dim=1)


PROGRAMS = {"numpy": Numpy, "torch": TorchAutograd, "torch-by-hand": TorchByHand}


def find_openblas():
    """The OpenBLAS libraries of this process: PyTorch's and NumPy's thread settings do not reach them."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "blas" in line and ".so" in line}
    libraries = [ctypes.CDLL(path) for path in sorted(paths)]
    return [library for library in libraries if hasattr(library, "openblas_set_num_threads")]


def burst(job):
    if torch:
        torch.set_num_threads(job["threads"])
    for library in find_openblas():
        library.openblas_set_num_threads(job["threads"])
    key = (job["program"], tuple(job["sizes"]))
    if key not in kept:
        kept[key] = PROGRAMS[job["program"]](job["sizes"])
    net, count = kept[key], 0
    inputs = net.inputs()[:job["inputs"]]
    order = np.random.RandomState(2).permutation(len(X))
    start, start_cpu = time.perf_counter(), time.process_time()
    while True:
        if job["task"] == "predict":
            net.predict(inputs)
            count += len(inputs)
        else:
            at = count % (len(X) - job["batch"])
            net.step(*net.gather(order[at:at + job["batch"]]))
            count += job["batch"]
        spent = time.perf_counter() - start
        if spent >= job["seconds"]:
            return [count / spent, count / (time.process_time() - start_cpu)]


# Which of OpenBLAS's kernels: SkylakeX and later have AVX-512, Haswell and Zen AVX2.
cores = set()
for library in find_openblas():
    library.openblas_get_corename.restype = ctypes.c_char_p
    cores.add(f"OpenBLAS {library.openblas_get_corename().decode()}")
blas = ", ".join(["", *sorted(cores)])
versions = {"numpy": f"NumPy {np.__version__}{blas}"}
if torch:
    versions["torch"] = f"PyTorch {torch.__version__} (autograd{blas})"
    versions["torch-by-hand"] = f"PyTorch {torch.__version__} (hand-written loop{blas})"
print(json.dumps(versions), flush=True)
for line in sys.stdin:
    print(json.dumps(burst(json.loads(line))), flush=True)
