"""PyTorch's side of the grouping benchmark: one training step of the same tokenizer by labels, from the
same numbers. Prints the loss of the first step and the median milliseconds of the following ones.
Usage: step_peer.py FOLDER THREADS TIMES"""
import json
import os
import statistics
import sys
import time

try:
    import numpy
    import torch
    from torch.nn import functional
except ImportError as error:
    print(json.dumps({"error": str(error)}), flush=True)
    sys.exit(0)

folder, threads, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
with open(os.path.join(folder, "problem.json")) as file:
    problem = json.load(file)
numbers = torch.from_numpy(numpy.fromfile(os.path.join(folder, "numbers.f32"), numpy.float32))
spec, rounds, groups, batch = (problem[key] for key in ("spec", "rounds", "groups", "batch"))
heads, size, layers, patch = (spec[key] for key in ("heads", "headWidth", "layers", "patch"))
at = 0


def take(shape):
    global at
    count = 1
    for side in shape:
        count *= side
    part = numbers[at : at + count].reshape(shape).clone()
    at += count
    return part


weights = [take(shape).requires_grad_() for shape in problem["shapes"]]
pictures = take([batch, 28, 28, 1])
noise = [take([heads, batch, groups, size]) for _ in range(layers)]
labels = torch.arange(batch) % 10


def norm(x, scale, shift):
    mean = x.mean(-1, keepdim=True)
    spread = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) * torch.rsqrt(spread + 1e-5) * scale + shift


def logits_of():
    given = iter(weights)
    side = 28 // patch
    cut = pictures.reshape(batch, side, patch, side, patch).permute(0, 1, 3, 2, 4)
    x = cut.reshape(batch, side * side, patch * patch) @ next(given) + next(given)
    x = x + next(given)
    for layer in range(layers):
        seen = norm(x, next(given), next(given))

        def by_head(weight):
            return (seen @ weight).reshape(batch, side * side, heads, size).permute(2, 0, 1, 3)

        keys, values = by_head(next(given)), by_head(next(given))
        mean, spread = next(given), next(given)
        state = mean + torch.exp(spread) * noise[layer]
        own = [next(given) for _ in range(13)]

        def once(state):
            flat = state.reshape(heads, batch * groups, size)
            query = (norm(flat, own[0], own[1]) @ own[2]).reshape(state.shape)
            shares = torch.softmax(keys @ query.transpose(2, 3) / size**0.5, -1)
            won = shares / (shares.sum(2, keepdim=True) + 1e-8)
            gathered = (won.transpose(2, 3) @ values).reshape(flat.shape)
            new = gathered @ own[3] + own[4]
            old = flat @ own[5] + own[6]
            (xr, xz, xn), (hr, hz, hn) = new.chunk(3, -1), old.chunk(3, -1)
            fresh = torch.tanh(xn + torch.sigmoid(xr + hr) * hn)
            keep = torch.sigmoid(xz + hz)
            flat = fresh + keep * (flat - fresh)
            hidden = functional.gelu(norm(flat, own[7], own[8]) @ own[9] + own[10])
            return (flat + hidden @ own[11] + own[12]).reshape(state.shape), shares

        if rounds > 1:
            with torch.no_grad():
                held = state
                for _ in range(rounds - 1):
                    held, _ = once(held)
            state = state + (held - state).detach()
        state, shares = once(state)
        back = (shares @ state).permute(1, 2, 0, 3).reshape(batch, side * side, heads * size)
        x = x + back @ next(given) + next(given)
        refined = norm(x, next(given), next(given))
        hidden = functional.gelu(refined @ next(given) + next(given))
        x = x + hidden @ next(given) + next(given)
    x = norm(x, next(given), next(given)).reshape(batch, side, side, -1)
    # The mean of each of 3 x 3 cells, side by side.
    parts = [[at for at in range(side) if at * 3 // side == cell] for cell in range(3)]
    cells = [x[:, rows][:, :, columns].mean((1, 2)) for rows in parts for columns in parts]
    return torch.cat(cells, 1) @ next(given) + next(given)


optimizer = torch.optim.AdamW(weights, lr=1e-4, weight_decay=0.04)
spent, losses = [], []
for _ in range(times + 2):
    began = time.perf_counter()
    optimizer.zero_grad()
    loss = functional.cross_entropy(logits_of(), labels)
    loss.backward()
    for weight in weights:
        torch.nn.utils.clip_grad_norm_([weight], 3)
    optimizer.step()
    spent.append(1000 * (time.perf_counter() - began))
    losses.append(loss.item())
print(json.dumps({"loss": losses[0], "ms": statistics.median(spent[2:])}))
