# The U-Net of src-main/core/networks/diffusion/unet.ts in PyTorch, one core: milliseconds of a training
# step and of a move of 16 grey pictures of 28 x 28.
import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
spec = json.loads(sys.argv[1])
channels, width, groups = spec["channels"], spec["time"], spec["groups"]


class Block(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.n1, self.n2 = nn.GroupNorm(groups, a), nn.GroupNorm(groups, b)
        self.c1, self.c2 = nn.Conv2d(a, b, 3, padding=1), nn.Conv2d(b, b, 3, padding=1)
        self.t = nn.Linear(width, b)
        self.s = nn.Identity() if a == b else nn.Conv2d(a, b, 1)

    def forward(self, x, t):
        h = self.c1(F.silu(self.n1(x))) + self.t(t)[:, :, None, None]
        return self.s(x) + self.c2(F.silu(self.n2(h)))


class Attention(nn.Module):
    def __init__(self, a):
        super().__init__()
        self.n, self.q, self.o = nn.GroupNorm(groups, a), nn.Linear(a, 3 * a), nn.Linear(a, a)

    def forward(self, x):
        b, c, h, w = x.shape
        q, k, v = self.q(self.n(x).flatten(2).transpose(1, 2)).chunk(3, 2)
        s = torch.softmax(q @ k.transpose(1, 2) / math.sqrt(c), 2) @ v
        return x + self.o(s).transpose(1, 2).reshape(b, c, h, w)


class Unet(nn.Module):
    def __init__(self):
        super().__init__()
        top = len(channels) - 1
        self.time = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU())
        self.first = nn.Conv2d(1, channels[0], 3, padding=1)
        self.down = nn.ModuleList(
            Block(channels[0] if i == 0 else channels[i - 1], c) for i, c in enumerate(channels)
        )
        self.attention = Attention(channels[top])
        self.middle = Block(channels[top], channels[top])
        self.up = nn.ModuleList(
            Block(channels[min(i + 1, top)] + channels[i], channels[i]) for i in range(top, -1, -1)
        )
        self.norm = nn.GroupNorm(groups, channels[0])
        self.last = nn.Conv2d(channels[0], 1, 3, padding=1)

    def forward(self, x, t):
        t = self.time(t)
        h, kept = self.first(x), []
        for i, block in enumerate(self.down):
            if i > 0:
                h = F.avg_pool2d(h, 2)
            h = block(h, t)
            kept.append(h)
        h = self.middle(self.attention(h), t)
        for i, block in enumerate(self.up):
            if i > 0:
                h = F.interpolate(h, scale_factor=2)
            h = block(torch.cat([h, kept[len(kept) - 1 - i]], 1), t)
        return self.last(F.silu(self.norm(h)))


net = Unet()
optimizer = torch.optim.AdamW(net.parameters(), 1e-3)
x, noise, t = torch.zeros(16, 1, 28, 28), torch.randn(16, 1, 28, 28), torch.zeros(16, width)


def step():
    optimizer.zero_grad()
    F.mse_loss(net(x, t), noise).backward()
    optimizer.step()


def move():
    with torch.no_grad():
        net(x, t)


def timed(work, runs):
    work()
    work()
    began = time.perf_counter()
    for _ in range(runs):
        work()
    return 1000 * (time.perf_counter() - began) / runs


print(json.dumps({"step": timed(step, 5), "move": timed(move, 5)}))
