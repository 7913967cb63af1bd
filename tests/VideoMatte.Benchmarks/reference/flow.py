"""OpenCV's DIS beside ours: makes the expected figures of the flow tests, and the table of times.

  dotnet VideoMatte.Benchmarks.dll flow pairs PAIRS     the pairs, and our flows
  python3 flow.py figures PAIRS TESTS                   opencv-drawn.csv, opencv-real.csv, opencv-masks.zip into TESTS
  python3 flow.py times PAIRS VideoMatte.Benchmarks.dll both programs in turn, five times, medians

Drawn pairs: mean distance to the true flow over pixels that stay in the picture. Real pairs: mean |from - to brought by the flow| over the pixels
that are consistent (there and back within one pixel) in OpenCV's flows, and over those that are so in both programs' flows; OpenCV's are
kept as bits, so that the test can take its own flow over the same pixels. Needs numpy and OpenCV."""
import subprocess, sys, time, zipfile
from pathlib import Path
import cv2
import numpy as np

PRESETS = ('ultrafast', 'fast', 'medium')


def at(plane, x, y):
    """Linear interpolation in double precision (remap has fixed steps of 1/32 pixel), the border repeated."""
    h, w = plane.shape
    x, y = np.clip(x, 0, w - 1), np.clip(y, 0, h - 1)
    left, top = np.minimum(x.astype(int), w - 2), np.minimum(y.astype(int), h - 2)
    a, b = x - left, y - top
    above = plane[top, left] + a * (plane[top, left + 1] - plane[top, left])
    below = plane[top + 1, left] + a * (plane[top + 1, left + 1] - plane[top + 1, left])
    return above + b * (below - above)


def ends(flow):
    h, w = flow.shape[:2]
    x, y = np.meshgrid(np.arange(w, dtype=float), np.arange(h, dtype=float))
    x, y = x + flow[..., 0], y + flow[..., 1]
    return x, y, (x >= 0) & (y >= 0) & (x <= w - 1) & (y <= h - 1)


def consistent(forward, back):
    x, y, inside = ends(forward)
    u, v = (forward[..., c].astype(float) + at(back[..., c].astype(float), x, y) for c in (0, 1))
    return inside & (u * u + v * v < 1)


def error(a, b, flow, pixels):
    x, y, _ = ends(flow)
    return np.abs(at(b.astype(float), x, y) - a)[pixels].mean()


def figures(pairs, tests):
    drawn, real = [['pair', 'preset', 'opencv', 'ours']], [['pair', 'preset', 'pixels', 'opencv', 'bothPixels', 'opencvOverBoth', 'oursOverBoth']]
    masks = zipfile.ZipFile(tests / 'opencv-masks.zip', 'w', zipfile.ZIP_DEFLATED, compresslevel=9)
    for path in sorted(pairs.glob('*.from.pgm')):
        name = path.name[:-len('.from.pgm')]
        a, b = (cv2.imread(str(pairs / f'{name}.{which}.pgm'), cv2.IMREAD_UNCHANGED) for which in ('from', 'to'))
        truth = pairs / f'{name}.true.flo'
        for n, preset in enumerate(PRESETS):
            dis = cv2.DISOpticalFlow_create(n)
            forward, back = dis.calc(a, b, None), dis.calc(b, a, None)
            ours, ours_back = (cv2.readOpticalFlow(str(pairs / f'{name}.{preset}.{way}.flo')) for way in ('forward', 'back'))
            if truth.exists():
                true = cv2.readOpticalFlow(str(truth))
                inside = ends(true)[2]
                drawn.append([name, preset] + [f'{np.linalg.norm(f - true, axis=2)[inside].mean():.4f}' for f in (forward, ours)])
                continue
            mask = consistent(forward, back)
            both = mask & consistent(ours, ours_back)
            real.append([name, preset, mask.sum(), f'{error(a, b, forward, mask):.4f}', both.sum(),
                         f'{error(a, b, forward, both):.4f}', f'{error(a, b, ours, both):.4f}'])
            masks.writestr(zipfile.ZipInfo(f'{name}.{preset}'), np.packbits(mask).tobytes(), zipfile.ZIP_DEFLATED, 9)
    masks.close()
    for name, rows in (('drawn', drawn), ('real', real)):
        (tests / f'opencv-{name}.csv').write_text(''.join(','.join(map(str, row)) + '\n' for row in rows))


def times(pairs, program):
    a, b = (cv2.imread(str(pairs / f'disc-7.{which}.pgm'), cv2.IMREAD_UNCHANGED) for which in ('from', 'to'))
    table = {}
    for _ in range(5):
        for line in subprocess.check_output(['dotnet', program, 'flow'], text=True).splitlines()[1:]:
            if line.startswith('what'):
                break
            w, h, preset, threads, whole = line.split()[:5]
            table.setdefault((int(w), int(h), preset, int(threads)), ([], []))[0].append(float(whole))
        for (w, h, preset, threads), (_, theirs) in table.items():
            rows, columns = np.arange(h) * a.shape[0] // h, np.arange(w) * a.shape[1] // w
            first, second = (np.ascontiguousarray(p[rows][:, columns]) for p in (a, b))
            cv2.setNumThreads(threads)
            dis, took = cv2.DISOpticalFlow_create(PRESETS.index(preset)), []
            for _ in range(50):
                start = time.perf_counter()
                dis.calc(first, second, None)
                took.append(time.perf_counter() - start)
            theirs.append(1e3 * float(np.median(took[25:])))
    for (w, h, preset, threads), (ours, theirs) in table.items():
        o, t = np.median(ours), np.median(theirs)
        print(f'{w}x{h} {preset:9} threads {threads}: ours {o:7.2f} ms, OpenCV {t:7.2f} ms, {o / t:.2f}')


if __name__ == '__main__':
    cv2.setNumThreads(1)
    figures(Path(sys.argv[2]), Path(sys.argv[3])) if sys.argv[1] == 'figures' else times(Path(sys.argv[2]), sys.argv[3])
