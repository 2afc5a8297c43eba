"""PyTorch's side of the step benchmark: the same outer steps written with torch.autograd. Answers the
same lines as steps-child.ts. Usage: steps_peer.py FOLDER THREADS"""
import json
import os
import resource
import sys
import time

try:
    import numpy
    import torch
    from torch.nn import functional
except ImportError as error:
    print(json.dumps({"error": str(error)}), flush=True)
    sys.exit(0)

folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
torch.set_num_interop_threads(1)
CLASSES = 10

with open(os.path.join(folder, "problem.json")) as file:
    problem = json.load(file)
numbers = numpy.fromfile(os.path.join(folder, "numbers.f32"), numpy.float32)
at = 0


def take(*shape):
    global at
    count = int(numpy.prod(shape))
    part = numbers[at : at + count].reshape(shape)
    at += count
    return part


def tensor(values):
    return torch.from_numpy(numpy.array(values, numpy.float32, order="C"))


width = problem["width"]
weights = []
for shape in problem["shapes"]:
    values = take(*shape)
    if len(shape) == 4:
        values = values.transpose(3, 2, 0, 1)
    elif len(shape) == 2:
        # Rows follow height, width, channels; torch flattens channels first.
        values = values.reshape(4, 4, width, CLASSES).transpose(3, 2, 0, 1).reshape(CLASSES, -1)
    weights.append(tensor(values))
real_per_class, made_per_class = problem["realPerClass"], problem["madePerClass"]
real = tensor(take(CLASSES * real_per_class, 1, 28, 28))
made = tensor(take(CLASSES * made_per_class, 1, 28, 28))


def features(parameters, x):
    for block in range(3):
        weight, bias, scale, shift = parameters[4 * block : 4 * block + 4]
        x = functional.conv2d(x, weight, bias, padding=3 if block == 0 else 1)
        x = functional.group_norm(x, width, scale, shift)
        x = functional.avg_pool2d(functional.relu(x), 2)
    return x.flatten(1)


def logits(parameters, x):
    return functional.linear(features(parameters, x), parameters[12], parameters[13])


def labels(per_class):
    return torch.arange(CLASSES).repeat_interleave(per_class)


def matching():
    x = made.clone().requires_grad_()
    with torch.no_grad():
        means = features(weights, real).reshape(CLASSES, real_per_class, -1).mean(1)
    own = features(weights, x).reshape(CLASSES, made_per_class, -1).mean(1)
    loss = (own - means).square().sum()
    (slope,) = torch.autograd.grad(loss, x)
    return loss, slope


def cosine_distance(a, b):
    a, b = a.flatten(1), b.flatten(1)
    lengths = a.norm(dim=1) * b.norm(dim=1) + 1e-6
    return (1 - (a * b).sum(1) / lengths).sum()


def gradients():
    compared = [0, 4, 8, 12]
    parameters = [w.clone().requires_grad_() for w in weights]
    wanted = [parameters[i] for i in compared]
    total, slopes = 0, []
    for c in range(CLASSES):
        own = real[c * real_per_class : (c + 1) * real_per_class]
        target = torch.full((real_per_class,), c)
        goal = torch.autograd.grad(functional.cross_entropy(logits(parameters, own), target), wanted)
        x = made[c * made_per_class : (c + 1) * made_per_class].clone().requires_grad_()
        target = torch.full((made_per_class,), c)
        loss = functional.cross_entropy(logits(parameters, x), target)
        got = torch.autograd.grad(loss, wanted, create_graph=True)
        distance = sum(cosine_distance(a, b) for a, b in zip(goal, got))
        slopes.append(torch.autograd.grad(distance, x)[0])
        total = total + distance.detach()
    return total, torch.cat(slopes)


def unrolled():
    """The reverse recursion with one step's graph at a time, as its authors do it."""
    rate, momentum, steps = problem["rate"], problem["momentum"], problem["innerSteps"]
    target = labels(made_per_class)
    theta = [w.clone() for w in weights]
    velocity = [torch.zeros_like(w) for w in weights]
    before = []
    for _ in range(steps):
        before.append(theta)
        now = [w.detach().requires_grad_() for w in theta]
        slopes = torch.autograd.grad(functional.cross_entropy(logits(now, made), target), now)
        velocity = [momentum * v + g for v, g in zip(velocity, slopes)]
        theta = [w - rate * v for w, v in zip(theta, velocity)]
    per_class = problem["outerItems"] // CLASSES
    chosen = real.reshape(CLASSES, real_per_class, 1, 28, 28)[:, :per_class].flatten(0, 1)
    now = [w.detach().requires_grad_() for w in theta]
    loss = functional.cross_entropy(logits(now, chosen), labels(per_class))
    d_theta = torch.autograd.grad(loss, now)
    d_velocity = [torch.zeros_like(w) for w in weights]
    total = torch.zeros_like(made)
    for past in reversed(before):
        # velocity' = mu velocity + g, theta' = theta - rate velocity'
        d_velocity = [dv - rate * dw for dv, dw in zip(d_velocity, d_theta)]
        now = [w.detach().requires_grad_() for w in past]
        x = made.clone().requires_grad_()
        inner = functional.cross_entropy(logits(now, x), target)
        slopes = torch.autograd.grad(inner, now, create_graph=True)
        product = sum((g * dv).sum() for g, dv in zip(slopes, d_velocity))
        back = torch.autograd.grad(product, [x, *now])
        total += back[0]
        d_theta = [dw + g for dw, g in zip(d_theta, back[1:])]
        d_velocity = [momentum * dv for dv in d_velocity]
    return loss, total


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


known = {"matching": matching, "gradients": gradients, "unrolled": unrolled}
warm = set()
print(json.dumps({"about": "PyTorch %s" % torch.__version__}), flush=True)
for line in sys.stdin:
    _, name, times = line.split()
    step = known[name]
    start = time.perf_counter()
    if name not in warm:
        step()
        warm.add(name)
    first = (time.perf_counter() - start) * 1000
    spent = []
    for _ in range(int(times)):
        start = time.perf_counter()
        loss, slope = step()
        value = float(loss)
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    answer = {
        "ms": spent[len(spent) // 2],
        "best": spent[0],
        "firstMs": first,
        "loss": value,
        "slope": float(slope.norm()),
        "peakMb": peak_mb(),
    }
    print(json.dumps(answer), flush=True)
