"""PyTorch's side of the training benchmark: the network of a folder, as torch.nn has it. Answers the
same lines as training-child.ts. Usage: training_peer.py FOLDER THREADS [LAYOUT]"""
import json
import os
import resource
import sys
import time

try:
    import numpy
    import torch
    from torch import nn
except ImportError as error:
    print(json.dumps({"error": str(error)}), flush=True)
    sys.exit(0)

folder, threads = sys.argv[1], int(sys.argv[2])
# Memory with channels last ("channels-last" as a third word) was slower here.
layout = sys.argv[3] if len(sys.argv) > 3 else "channels-first"
torch.set_num_threads(threads)
torch.set_num_interop_threads(1)

with open(os.path.join(folder, "network.json")) as file:
    network = json.load(file)
numbers = numpy.fromfile(os.path.join(folder, "numbers.f32"), numpy.float32)
at = 0


def take(*shape):
    global at
    count = int(numpy.prod(shape))
    part = numbers[at : at + count].reshape(shape)
    at += count
    return part


def put(parameter, values):
    parameter.data = torch.from_numpy(numpy.array(values, numpy.float32, order="C"))


def dense(inputs, outputs, picture):
    layer = nn.Linear(inputs, outputs)
    weights = take(inputs, outputs)
    if picture is not None:
        # Rows of the weights follow height, width, channels; torch flattens channels first.
        weights = weights.reshape(*picture, outputs).transpose(2, 0, 1, 3).reshape(inputs, outputs)
    put(layer.weight, weights.T)
    put(layer.bias, take(outputs))
    return [layer]


def block(inputs, outputs, padding):
    convolution = nn.Conv2d(inputs, outputs, 3, padding=padding)
    put(convolution.weight, take(3, 3, inputs, outputs).transpose(3, 2, 0, 1))
    put(convolution.bias, take(outputs))
    norm = nn.GroupNorm(outputs, outputs)
    put(norm.weight, take(outputs))
    put(norm.bias, take(outputs))
    return [convolution, norm, nn.ReLU(inplace=True), nn.AvgPool2d(2)]


layers = []
shape = network["input"]
picture = list(shape[1:])
flat = None
for layer in network["layers"]:
    kind = layer["kind"]
    if kind == "dense":
        layers += dense(layer["inputs"], layer["outputs"], flat)
        flat = None
    elif kind == "relu":
        layers.append(nn.ReLU(inplace=True))
    elif kind == "block":
        layers += block(layer["inputs"], layer["outputs"], layer["padding"])
        side = (picture[0] + 2 * layer["padding"] - 2) // 2
        picture = [side, side, layer["outputs"]]
    else:
        layers.append(nn.Flatten())
        flat = picture

model = nn.Sequential(*layers)
x = take(*shape)
if len(shape) == 4:
    x = x.transpose(0, 3, 1, 2)
x = torch.from_numpy(numpy.array(x, order="C"))
labels = torch.from_numpy(take(shape[0]).astype(numpy.int64))
if layout == "channels-last" and x.dim() == 4:
    model = model.to(memory_format=torch.channels_last)
    x = x.contiguous(memory_format=torch.channels_last)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
losses = []


def step():
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.cross_entropy(model(x), labels)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(milliseconds, least):
    times = []
    cpu = time.process_time()
    start = time.perf_counter()
    while len(times) < least or (time.perf_counter() - start) * 1000 < milliseconds:
        begun = time.perf_counter()
        step()
        times.append((time.perf_counter() - begun) * 1000)
    cpu = (time.process_time() - cpu) * 1000
    times.sort()
    return {
        "steps": len(times),
        "ms": times[len(times) // 2],
        "best": times[0],
        "cpuMs": cpu / len(times),
    }


start = time.perf_counter()
step()
first = (time.perf_counter() - start) * 1000
about = "PyTorch %s, %s" % (torch.__version__, layout)
print(json.dumps({"about": about, "firstMs": first}), flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "run":
        answer = run(float(words[1]), int(words[2]))
    else:
        while len(losses) < 5:
            step()
        answer = {"losses": losses[:5]}
    print(json.dumps({**answer, "peakMb": peak_mb()}), flush=True)
