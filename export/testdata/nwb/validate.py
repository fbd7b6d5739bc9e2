"""Validates an NWB file with hdmf: its tables against hdmf-common as hdmf ships
it, the rest against the facts of the core schema beside this script. Then reads
its tables with hdmf's own classes and with h5py, and prints them as JSON."""
import json
import os
import re
import sys
import uuid

import h5py
from hdmf.backends.hdf5 import HDF5IO
from hdmf.build import BuildManager, TypeMap
from hdmf.common import DynamicTable
from hdmf.spec import DatasetSpec, GroupSpec, NamespaceCatalog, SpecNamespace
from hdmf.validate import ValidatorMap
import hdmf.common


class Group(GroupSpec):
    """A group whose type is in the attribute that NWB has chosen."""

    @classmethod
    def type_key(cls):
        return "neurodata_type"

    @classmethod
    def dataset_spec_cls(cls):
        return Dataset


class Dataset(DatasetSpec):
    @classmethod
    def type_key(cls):
        return "neurodata_type"


def catalog():
    c = NamespaceCatalog(Group, Dataset, SpecNamespace)
    common = os.path.join(os.path.dirname(hdmf.common.__file__), "hdmf-common-schema", "common", "namespace.yaml")
    c.load_namespaces(common, resolve=True)
    c.load_namespaces(os.path.join(os.path.dirname(os.path.abspath(__file__)), "core.namespace.yaml"), resolve=True)
    return c


def problems(path):
    """What is wrong with the structure, after hdmf."""
    c = catalog()
    manager = BuildManager(TypeMap(c))
    with HDF5IO(path, manager=manager, mode="r") as io:
        return [str(e) for e in ValidatorMap(c.get_namespace("core")).validate(io.read_builder())]


def visit(f):
    """What the validator does not look at."""
    out, ids = [], set()

    def one(name, o):
        kind = o.attrs.get("neurodata_type")
        if kind is None:
            return
        for key in ("namespace", "object_id"):
            if not isinstance(o.attrs.get(key), str):
                out.append(f"{name}: no {key}")
        uuid.UUID(o.attrs["object_id"])
        if o.attrs["object_id"] in ids:
            out.append(f"{name}: object_id is there twice")
        ids.add(o.attrs["object_id"])
        if "colnames" not in o.attrs:
            return
        columns = list(o.attrs["colnames"])
        rows = len(o["id"])
        if sorted(columns + ["id"]) != sorted(o):
            out.append(f"{name}: colnames are not the columns")
        for c in columns:
            if o[c].shape != (rows,):
                out.append(f"{name}/{c}: {o[c].shape} in a table of {rows}")
        if list(o["id"][:]) != list(range(rows)):
            out.append(f"{name}: ids do not count")

    one("/", f)
    f.visititems(one)
    for c in ("session_start_time", "timestamps_reference_time"):
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00", f[c][()].decode()):
            out.append(f"{c}: {f[c][()]}")
    return out


def plain(v):
    if hasattr(v, "tolist"):
        v = v.tolist()
    if isinstance(v, bytes):
        return v.decode()
    if isinstance(v, float) and v != v:
        return "NaN"
    return [plain(x) for x in v] if isinstance(v, list) else v


def tables(f):
    out = {}

    def one(name, o):
        if "colnames" in o.attrs:
            out[name] = {c: plain(o[c][:]) for c in o.attrs["colnames"]}

    f.visititems(one)
    return out


def values(f):
    out = {}

    def one(name, o):
        if isinstance(o, h5py.Dataset) and o.shape == ():
            out[name] = plain(o[()])

    f.visititems(one)
    return out


path = sys.argv[1]
wrong = problems(path)
with h5py.File(path, "r") as f:
    wrong += visit(f)
    json.dump({"problems": wrong, "tables": tables(f), "values": values(f)}, sys.stdout)
