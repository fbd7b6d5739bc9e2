"""Reads an HDF5 file with h5py and prints what is in it as JSON."""
import json
import sys

import h5py


def plain(v, f):
    if isinstance(v, h5py.Reference):
        return "-> " + f[v].name
    if isinstance(v, bytes):
        return v.decode()
    if hasattr(v, "tolist"):
        return plain(v.tolist(), f)
    if isinstance(v, list):
        return [plain(x, f) for x in v]
    if isinstance(v, float):
        return repr(v)
    return v


def kind(t):
    if h5py.check_string_dtype(t):
        s = h5py.check_string_dtype(t)
        return f"text {s.encoding} {s.length}"
    if h5py.check_ref_dtype(t):
        return "reference"
    return str(t)


def attributes(o, f):
    return {
        k: {"type": kind(o.attrs.get_id(k).dtype), "value": plain(o.attrs[k], f)} for k in o.attrs
    }


def dump(o, f):
    out = {"attributes": attributes(o, f)}
    if isinstance(o, h5py.Dataset):
        out.update(type=kind(o.dtype), shape=list(o.shape), value=plain(o[()], f))
        return out
    out["members"] = {k: dump(o[k], f) for k in o}
    return out


with h5py.File(sys.argv[1], "r") as f:
    json.dump(dump(f, f), sys.stdout)
