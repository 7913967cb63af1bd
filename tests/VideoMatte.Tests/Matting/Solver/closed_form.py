"""The system of closed-form matting (Levin, Lischinski and Weiss 2008) put together with numpy and solved by scipy's own solvers (direct, for very
wide bands conjugate gradients to 1e-9):
the independent figures of ClosedFormProofTests. Needs numpy, scipy and Pillow.

    python3 closed_form.py GROUNDTRUTH_FOLDER NAME...

Prints for each pair: open pixels, the sum of absolute differences between solution and true alpha over them, and the same for 0.5.
"""
import sys
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sla
from PIL import Image


def read(folder, name, kind, mode):
    import glob
    (path,) = glob.glob(f"{folder}/{name}_{kind}.*")
    return np.asarray(Image.open(path).convert(mode)).astype(np.float64) / 255


def laplacian(image, touched, epsilon=1e-7):
    h, w, _ = image.shape
    index = np.arange(h * w).reshape(h, w)
    windows = np.lib.stride_tricks.sliding_window_view(index, (3, 3)).reshape(-1, 9)
    windows = windows[touched.reshape(-1)[windows].any(axis=1)]
    colours = image.reshape(-1, 3)[windows]
    mean = colours.mean(axis=1, keepdims=True)
    centred = colours - mean
    covariance = np.einsum("nki,nkj->nij", centred, centred) / 9
    inverse = np.linalg.inv(covariance + epsilon / 9 * np.eye(3))
    affinity = (1 + np.einsum("nki,nij,nlj->nkl", centred, inverse, centred)) / 9
    values = np.eye(9) - affinity
    rows = np.repeat(windows, 9, axis=1).ravel()
    columns = np.tile(windows, (1, 9)).ravel()
    return sp.coo_matrix((values.ravel(), (rows, columns)), (h * w, h * w)).tocsr()


for name in sys.argv[2:]:
    image = read(sys.argv[1], name, "image", "RGB")
    trimap = read(sys.argv[1], name, "trimap", "L").ravel()
    truth = read(sys.argv[1], name, "alpha", "L").ravel()
    inside, outside = trimap >= 0.95, trimap <= 0.05
    is_open = ~(inside | outside)
    matrix = laplacian(image, is_open.reshape(image.shape[:2]))
    unknown, known = np.flatnonzero(is_open), np.flatnonzero(~is_open)
    right = -matrix[unknown][:, known] @ inside[known].astype(np.float64)
    own = matrix[unknown][:, unknown].tocsc()
    if unknown.size < 150000:
        solution = sla.spsolve(own, right, permc_spec="MMD_AT_PLUS_A")
    else:  # factors of so many pixels fill the memory
        scale = sp.diags(1 / own.diagonal())
        solution, failed = sla.cg(own, right, x0=np.full(unknown.size, 0.5), tol=1e-9, maxiter=100000, M=scale)
        assert failed == 0
    error = np.abs(np.clip(solution, 0, 1) - truth[unknown]).sum()
    print(f"{name} {unknown.size} {error:.2f} {np.abs(0.5 - truth[unknown]).sum():.2f} {error / np.abs(0.5 - truth[unknown]).sum():.4f}", flush=True)
