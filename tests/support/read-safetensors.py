"""Reads a safetensors file as https://github.com/huggingface/safetensors#format describes it, with nothing but NumPy, and computes the
networks' probabilities. With PyTorch the same again, by nn.Linear layers that take the tensors by load_state_dict.

  read-safetensors.py MODEL.safetensors IMAGES     IMAGES: n x inputs bytes, 255 = ink
"""
import json
import struct
import sys
import numpy as np

DTYPES = {"F32": "<f4", "F16": "<f2"}
FUNCTIONS = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh, "logistic": lambda z: 1 / (1 + np.exp(-z))}

with open(sys.argv[1], "rb") as file:
    content = file.read()
(size,) = struct.unpack("<Q", content[:8])
assert content[8:9] == b"{" and size % 8 == 0
header = json.loads(content[8:8 + size].decode("utf-8"))
data = content[8 + size:]
metadata = header.pop("__metadata__")
assert all(type(value) is str for value in metadata.values())

tensors, covered = {}, 0
for name, entry in header.items():
    begin, end = entry["data_offsets"]
    assert begin == covered, "no gaps, in order"
    covered = end
    tensors[name] = np.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
assert covered == len(data)

networks = json.loads(metadata["networks"])
prefixes = ["layers."] if len(networks) == 1 else ["members.%d.layers." % m for m in range(len(networks))]
assert sorted(tensors) == sorted(
    "%s%d.%s" % (prefix, l, kind) for prefix, n in zip(prefixes, networks) for l in range(len(n["layers"]) - 1) for kind in ("weight", "bias"))
images = np.fromfile(sys.argv[2], np.uint8).reshape(-1, networks[0]["layers"][0]) / 255


def by_numpy(prefix, network):
    a, last = images, len(network["layers"]) - 2
    for l in range(last + 1):
        a = a @ tensors["%s%d.weight" % (prefix, l)].astype(float).T + tensors["%s%d.bias" % (prefix, l)].astype(float)
        if l < last:
            a = FUNCTIONS[network["activation"]](a)
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def by_torch(prefix, network):
    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = torch.nn.ModuleList(torch.nn.Linear(i, o) for i, o in zip(network["layers"], network["layers"][1:]))

        def forward(self, a):
            f = {"relu": torch.relu, "tanh": torch.tanh, "logistic": torch.sigmoid}[network["activation"]]
            for l, layer in enumerate(self.layers):
                a = layer(a) if l + 1 == len(self.layers) else f(layer(a))
            return torch.softmax(a, dim=1)

    module = Network()
    start = len(prefix) - len("layers.")
    module.load_state_dict({name[start:]: torch.from_numpy(t.copy()) for name, t in tensors.items() if name.startswith(prefix)})
    with torch.no_grad():
        return module(torch.from_numpy(images.astype(np.float32))).numpy()


def mean(predict):
    return np.mean([predict(prefix, network) for prefix, network in zip(prefixes, networks)], axis=0).ravel().tolist()


try:
    import torch
except ImportError:
    torch = None
print(json.dumps({"metadata": metadata, "numpy": mean(by_numpy), "torch": mean(by_torch) if torch else None}))
